//! digits-command: the digits example as `systole run examples/digits` starts it.
import { join } from 'node:path';
import { specification } from '../specification.ts';
import { makeDevice } from './devices.ts';
import { digits } from './digits.ts';
import { inTurns } from './drive.ts';
import { type ExampleRequest, packageRoot } from './example.ts';
import { hostFailure } from './host.ts';
import { outHasColours, printBytes } from './terminal.ts';

export async function digitsCommand({ folder, profile, device, input, json, quiet }: ExampleRequest): Promise<number> {
  const machine = await makeDevice(device, profile);
  const act = (): number =>
    digits({
      folder,
      goldenFolder: join(packageRoot(), 'golden'),
      profile,
      device: machine,
      ...(device === 'specification' ? {} : { specification }),
      ...(input === undefined ? {} : { input }),
      json,
      quiet,
      colour: outHasColours(),
      now: () => performance.now() / 1000,
      out: printBytes,
      between: () => true,
    });
  try {
    return await inTurns(act);
  } catch (error) {
    throw hostFailure(error, (error as { readonly path?: string }).path ?? input ?? folder, 'read');
  }
}
