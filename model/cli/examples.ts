//! examples: folders that `run` takes in place of a program file, each with a command of its own.
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { didYouMean, Rejected } from '../failure.ts';
import { type ExampleRequest, packageRoot } from './example.ts';
import { isFolder } from './host.ts';
import { folderOf } from './program.ts';

/** Runs to the end and gives the exit code. */
type Example = (request: ExampleRequest) => Promise<number>;

/** By the name of the folder below examples/. A new example is a line here. */
const examples: Readonly<Record<string, Example>> = {
  digits: async (request) => (await import('./digits-command.ts')).digitsCommand(request),
};

export interface FoundExample {
  readonly name: string;
  readonly folder: string;
  readonly run: Example;
}

/** The example of a folder, also of one that is not here but comes with the package; undefined for a path that is no folder, or one of ours that is told as what it is. */
export function findExample(path: string): FoundExample | undefined {
  const name = basename(resolve(path)),
    run = examples[name],
    known = Object.keys(examples).map((one) => `examples/${one}`);
  if (isFolder(path)) {
    if (run) return { name, folder: path, run };
    if (folderOf(path) !== undefined) return undefined;
    throw new Rejected([
      {
        file: path,
        line: 0,
        column: 0,
        message:
          `is a folder, and none of the examples${didYouMean(path, known)}; ` + `'run' takes a program file, or one of ${known.join(', ')}`,
      },
    ]);
  }
  if (!run || existsSync(path) || (path !== name && path !== `examples/${name}`)) return undefined;
  return { name, folder: join(packageRoot(), 'examples', name), run };
}
