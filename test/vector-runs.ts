//! vector-runs: a tree of vectors, or a part of it, replayed on a device as `systole vectors check` does.
import { assembled } from '../model/assembler/assembler.ts';
import type { Device } from '../model/device.ts';
import { engine } from '../model/engine.ts';
import { profile, type Profile } from '../model/machine/profile.ts';
import { specification } from '../model/specification.ts';
import { type Bench, checkVectors, type FolderReport, type Progress } from '../model/vectors/check.ts';
import type { VectorTree } from '../model/vectors/tree.ts';

export function part(tree: VectorTree, keep: (path: string) => boolean): VectorTree {
  return { ...tree, paths: tree.paths.filter(keep) };
}

/** All of the tree on the device, samples on the second one too; where a vector names its machine, on that profile of the same kind. */
export function replaying(tree: VectorTree, device: Device, second?: Device): Generator<Progress, readonly FolderReport[]> {
  return checkVectors(tree, { ...benchOf(device), second: second && benchOf(second) });
}

export function run(tree: VectorTree, device: Device, second?: Device): readonly FolderReport[] {
  const running = replaying(tree, device, second);
  for (;;) {
    const next = running.next();
    if (next.done) return next.value;
  }
}

type Machine = { readonly device: Device; readonly profile: Profile };
const machines = new Map<string, Machine>();

function benchOf(device: Device): Bench {
  const make = device.name === 'specification' ? specification : engine;
  const named = (name: string): Machine => {
    const key = `${device.name} ${name}`, one = machines.get(key) ?? { device: make(profile(name)), profile: profile(name) };
    machines.set(key, one);
    return one;
  };
  return { device, profile: device.profile, named, assemble: (file, source) => assembled(source, { file }).program.image };
}
