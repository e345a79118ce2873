//! wrong-device: an engine whose records of some instructions say that they did something else: what a campaign has to find.
import type { Device } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { byOpcode } from '../model/instructions/set.ts';
import type { Profile } from '../model/machine/profile.ts';
import { retirementLayout } from '../model/retirement.ts';

export function wrongIn(profile: Profile, ...mnemonics: readonly string[]): Device {
  return new Proxy(engine(profile), {
    get(target, name) {
      if (name === 'name') return 'wrong';
      const member: unknown = Reflect.get(target, name);
      if (name !== 'run') return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      return function* run(options: Parameters<Device['run']>[0]): ReturnType<Device['run']> {
        const running = target.run(options);
        for (let next = running.next(); ; next = running.next()) {
          if (next.done) return next.value;
          const record = next.value;
          if (mnemonics.includes(byOpcode.get(record.word(0) & 255)?.mnemonic ?? '') && record.status === 0) record.view.setUint32(record.at + retirementLayout.at.result, 0xbad, true);
          yield record;
        }
      };
    },
  });
}
