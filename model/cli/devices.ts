//! devices: the machines that --device names, each loaded when it is asked for.
import type { Device } from '../device.ts';
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import type { Profile } from '../machine/profile.ts';

/** `threads`: for the engine alone. */
type Maker = (profile: Profile, threads?: number) => Device;
const makers = {
  engine: async (): Promise<Maker> => {
    const { engine } = await import('../engine.ts');
    return (profile, threads = 1) => engine(profile, { build: 'simd', threads });
  },
  'engine-scalar': async (): Promise<Maker> => {
    const { engine } = await import('../engine.ts');
    return (profile) => engine(profile, { build: 'scalar' });
  },
  // Without its fast lanes, none of which changes what happens.
  'engine-slow': async (): Promise<Maker> => {
    const { engine } = await import('../engine.ts');
    return (profile) => engine(profile, { lanes: 0 });
  },
  // Three threads that share all that can be shared, however small, which changes nothing either.
  'engine-threads': async (): Promise<Maker> => {
    const { engine } = await import('../engine.ts');
    return (profile) => engine(profile, { threads: 3, sharedWork: 1 });
  },
  specification: async (): Promise<Maker> => (await import('../specification.ts')).specification,
  systolic: async (): Promise<Maker> => {
    const { systolic } = await import('../systolic/device.ts');
    return (profile) => systolic(profile);
  },
} as const;
export type DeviceName = keyof typeof makers;
export const deviceNames = Object.keys(makers) as readonly DeviceName[];

/** A machine of the profile, powered on. Throws Rejected when the system has no memory for it. */
export const makeDevice = async (name: DeviceName, profile: Profile, threads?: number): Promise<Device> => (await deviceMaker(name))(profile, threads);

/** What makes machines of this kind. */
export async function deviceMaker(name: DeviceName): Promise<Maker> {
  const make = await makers[name]();
  return (profile, threads) => {
    try {
      return make(profile, threads);
    } catch (error) {
      if (!(error instanceof RangeError && /memory/i.test(error.message))) throw error;
      const message = 'the system gives no memory for the engine; a limit on the address space (ulimit -v) is too low';
      throw new Rejected([{ file: profile.name, line: 0, column: 0, message }]);
    }
  };
}

/** The name, or undefined with a diagnostic of the option that gives it; `others` are what it allows beside machines of this process. */
export function parseDevice(text: string, diagnostics: Diagnostic[], option = '--device', others: readonly string[] = []): DeviceName | undefined {
  const allowed = [...deviceNames, ...others],
    found = deviceNames.find((name) => name === text);
  if (!found)
    diagnostics.push({
      file: option,
      line: 0,
      column: 0,
      message: `'${text}' is not a device; the devices are ${allowed.join(', ')}${didYouMean(text, allowed)}`,
    });
  return found;
}
