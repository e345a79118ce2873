//! campaign: the folder of a campaign on a farm: the file that its jobs read, the states of its shards.
import { quoted } from '../shell.ts';

/** What the shards of a campaign run. */
export interface Spread {
  /** The folder that relative paths of the words begin in. */
  readonly where: string;
  readonly shards: number;
  /** The command line of systole, and what follows `systole fuzz` there. */
  readonly systole: readonly string[];
  readonly words: readonly string[];
  /** What `systole merge` has to be told: a profile that is not built in. */
  readonly machine: readonly string[];
}

/** `campaign.sh`: assignments that bash reads. */
export const campaignText = ({ where, shards, systole, words, machine }: Spread): string => [
  '# campaign: what shard.sbatch and merge.sbatch run; written by `systole slurm submit`.', `where=${quoted(where)}`, `shards=${shards}`, `systole=(${systole.map(quoted).join(' ')})`, `words=(${words.map(quoted).join(' ')})`, `machine=(${machine.map(quoted).join(' ')})`, '',
].join('\n');

/** The number of shards that such a file has; undefined where it says none. */
export const shardsOf = (text: string): number | undefined => {
  const found = /^shards=(\d{1,7})$/m.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
};

/** The profile that it names. Whoever edits the file keeps the quotes. */
export function machineOf(text: string): string | undefined {
  const found = /^machine=\('--profile' '((?:[^']|'\\'')*)'\)$/m.exec(text)?.[1];
  return found?.replaceAll("'\\''", "'");
}

/** The profile among options of fuzz. */
export function profileIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => word === '-p' || word === '--profile');
  return at < 0 ? words.find((word) => word.startsWith('--profile='))?.slice('--profile='.length) : words[at + 1];
}

/** What squeue was asked for: a line of array job, task, state and node for each task. */
export const QUEUE_FORMAT = '%F %K %T %N';

/** By shard the state that Slurm tells, in small letters; of a task that is there twice the later one. Lines of other jobs, which have no task, are left out. */
export function queueStates(text: string): ReadonlyMap<number, string> {
  return new Map(text.split('\n').flatMap((line) => {
    const [, , task, state, node] = /^(\d+) (\d+) (\w+) ?(.*)$/.exec(line.trim()) ?? [];
    return task === undefined ? [] : [[Number(task), node ? `${state!.toLowerCase()} on ${node}` : state!.toLowerCase()] as const];
  }));
}

/** 0,1,2,5 as 0-2,5: the tasks of an array as sbatch reads them. */
export function tasksText(tasks: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const task of tasks) {
    const last = runs.at(-1);
    if (last && task === last[1] + 1) last[1] = task;
    else runs.push([task, task]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}
