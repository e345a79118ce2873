//! slurm-cluster: a Slurm of four nodes on this machine, in a folder of its own: nothing below the system's own folders is touched.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';

export const nodeNames = ['n1', 'n2', 'n3', 'n4'] as const;
export interface Cluster {
  /** What commands of Slurm have to find in their environment. */
  readonly env: Readonly<Record<string, string>>;
  /** A command of Slurm; its stdout. Throws what it complains about. */
  readonly run: (command: string, ...words: readonly string[]) => string;
  /** The node is gone, and everything that ran on it: nobody had time to say goodbye. */
  readonly crash: (node: string) => void;
  readonly revive: (node: string) => void;
  /** Ends when the last daemon has: what they write as they leave is in the folder. */
  readonly stop: () => Promise<void>;
}

/** Daemons are found where Debian puts them, also when the user's path leaves these folders out. */
const path = `${process.env.PATH}:/usr/sbin:/sbin`;

/** Undefined where Slurm is not installed. Under CI it has to be. */
export function hasSlurm(): boolean {
  const missing = ['munged', 'slurmctld', 'slurmd', 'sbatch'].filter((name) => spawnSync('sh', ['-c', `command -v ${name}`], { env: { ...process.env, PATH: path } }).status !== 0);
  const install = 'apt-get install --no-install-recommends slurmctld slurmd slurm-client munge';
  if (missing.length > 0 && process.env.CI === 'true') throw new Error(`${missing.join(' and ')} missing: ${install}`);
  if (missing.length > 0) console.log(`skipped: ${missing.join(' and ')} missing (${install})`);
  return missing.length === 0;
}

export async function startCluster(folder: string): Promise<Cluster> {
  const munge = join(folder, 'munge'), socket = join(munge, 'socket'), file = join(folder, 'slurm.conf'), env = { ...process.env, PATH: path, SLURM_CONF: file } as Record<string, string>;
  for (const name of ['munge', 'state', 'log', ...nodeNames]) mkdirSync(join(folder, name), { recursive: true });
  chmodSync(munge, 0o711);
  writeFileSync(join(munge, 'key'), randomBytes(128), { mode: 0o400 });
  writeFileSync(file, configuration(folder, socket));
  const run = (command: string, ...words: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(command, words, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command} ${words.join(' ')}: ${stderr || stdout}`);
    return stdout;
  };
  const start = (node: string): string => run('slurmd', '-f', file, '-N', node);
  run('munged', '--force', `--key-file=${join(munge, 'key')}`, `--socket=${socket}`, `--pid-file=${join(folder, 'munged.pid')}`, `--log-file=${join(folder, 'log', 'munged')}`, `--seed-file=${join(munge, 'seed')}`);
  run('slurmctld', '-f', file);
  for (const node of nodeNames) start(node);
  const cluster: Cluster = {
    env, run,
    crash(node) {
      for (const pid of [...pidIn(join(folder, `slurmd-${node}.pid`)), ...processesOf(file, node)]) killQuietly(pid, 'SIGKILL');
      run('scontrol', 'update', `NodeName=${node}`, 'State=DOWN', 'Reason=crash');
    },
    revive: start,
    async stop() {
      const daemons = [...nodeNames.map((node) => `slurmd-${node}`), 'slurmctld', 'munged'].flatMap((name) => pidIn(join(folder, `${name}.pid`)));
      for (const pid of daemons) killQuietly(pid, 'SIGTERM');
      for (const node of nodeNames) for (const pid of processesOf(file, node)) killQuietly(pid, 'SIGKILL');
      await until('the daemons have ended', 60, () => !daemons.some(isRunning));
    },
  };
  await until('all nodes are idle', 30, () => cluster.run('sinfo', '--noheader', '--Node', '--format=%T').trim().split('\n').every((state) => state === 'idle'));
  return cluster;
}

/** One core for each node, so that four shards are on four nodes; ports by process, so that two such clusters do not meet. */
function configuration(folder: string, socket: string): string {
  const port = 17_000 + (process.pid % 2000) * 6, { username } = userInfo(), host = hostname().split('.')[0]!;
  return `${[
    'ClusterName=systole', `SlurmctldHost=${host}(127.0.0.1)`, `SlurmUser=${username}`, `SlurmdUser=${username}`, `SlurmctldPort=${port}`, 'AuthType=auth/munge', `AuthInfo=socket=${socket},cred_expire=5`, 'CredType=cred/munge',
    'ProctrackType=proctrack/pgid', 'TaskPlugin=task/none', 'JobAcctGatherType=jobacct_gather/none', 'AccountingStorageType=accounting_storage/none', 'JobCompType=jobcomp/none', 'SwitchType=switch/none', 'MpiDefault=none',
    'SchedulerType=sched/backfill', 'SchedulerParameters=sched_min_interval=0,batch_sched_delay=0,sched_interval=1', 'SelectType=select/cons_tres', 'SelectTypeParameters=CR_Core', 'ReturnToService=2', 'SlurmdParameters=config_overrides',
    `StateSaveLocation=${join(folder, 'state')}`, `SlurmdSpoolDir=${join(folder, '%n')}`, `SlurmctldPidFile=${join(folder, 'slurmctld.pid')}`, `SlurmdPidFile=${join(folder, 'slurmd-%n.pid')}`,
    `SlurmctldLogFile=${join(folder, 'log', 'slurmctld')}`, `SlurmdLogFile=${join(folder, 'log', '%n')}`, 'KillWait=2', 'MinJobAge=5', 'SlurmctldTimeout=30', 'SlurmdTimeout=30',
    `NodeName=n[1-4] NodeHostname=${host} NodeAddr=127.0.0.1 Port=[${port + 1}-${port + 4}] CPUs=1 RealMemory=2000 State=UNKNOWN`, 'PartitionName=all Nodes=n[1-4] Default=YES MaxTime=INFINITE State=UP',
  ].join('\n')}\n`;
}

/** Processes of jobs on a node of this cluster, by what Slurm left in their environment. */
function processesOf(conf: string, node: string): readonly number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid).filter((pid) => {
    try {
      const words = readFileSync(join('/proc', pid, 'environ'), 'utf8').split('\0');
      return words.includes(`SLURM_CONF=${conf}`) && words.includes(`SLURMD_NODENAME=${node}`);
    } catch {
      // It has ended meanwhile, or belongs to somebody else.
      return false;
    }
  }).map(Number);
}

function pidIn(file: string): readonly number[] {
  return existsSync(file) ? [Number(readFileSync(file, 'utf8'))] : [];
}
/** A daemon that has ended and that nobody waited for is a zombie, and runs no more. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(join('/proc', String(pid), 'status'), 'utf8'));
  } catch {
    return false;
  }
}
function killQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

export async function until(what: string, seconds: number, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 1000 * seconds; Date.now() < end;) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`after ${seconds} s it is not true that ${what}`);
}
