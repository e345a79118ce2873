//! doctor: versions, the engine's binaries, a self-test on every device, and which optional tools are there.
import { spawn } from 'node:child_process';
import { availableParallelism, totalmem } from 'node:os';
import { version } from '#built/version';
import { assembled } from '../assembler/assembler.ts';
import { engineBytes, engineHash } from '../engine/binary.ts';
import { VERSION_MAJOR, VERSION_MINOR } from '../limits.ts';
import { profile } from '../machine/profile.ts';
import { sha256 } from '../sha256.ts';
import { type DeviceName, deviceNames, makeDevice } from './devices.ts';
import { EXIT_MISMATCH, EXIT_PASS, EXIT_USAGE } from './exit.ts';
import { bytesText } from './host.ts';
import { DEFAULT_PROFILE } from './profiles.ts';
import { outColours, print, printJson, table } from './terminal.ts';

/** Touches every unit: DMI, MXU, VPU, DMO. Y = X x W + Y for s8 X [5,16], W [16,7] and s32 Y [5,7]. */
const SELF_TEST = `
X = dram s8 [5,16] at 0x1000    W = dram s8 [16,7] at 0x1100    Y = dram s32 [5,7] at 0x1200
x = spm s8 [5,16] at 0x0        w = spm s8 [16,7] at 0x100      y = spm s32 [5,7] at 0x200
a = acc s32 [5,7] at 0 stride [16,1]
    load x, X
    load w, W
    load y, Y             post m1
    ainit.zero a          wait m1
    wload slot 0, w
    mm.add a, x, slot 0   post m2
    binary.add y, a, y    wait m2 post m3
    store Y, y            wait m3
    halt 7
`;
const RESULT = { address: 0x1200, bytes: 5 * 7 * 4 } as const;

/** Tools that some commands' outputs are for; none is needed to run programs. */
const tools: readonly (readonly [command: string, what: string, how: string])[] = [
  ['verilator', 'lints and simulates the SystemVerilog', 'Debian: apt-get install verilator'],
  ['iverilog', 'simulates the SystemVerilog', 'Debian: apt-get install iverilog'],
  ['yosys', 'synthesises the SystemVerilog', 'Debian: apt-get install yosys'],
  ['wasm2c', 'the engine as plain C', 'Debian: apt-get install wabt'],
  ['gcc', 'compiles the C header and the benchmarks', 'Debian: apt-get install gcc'],
];
/** A tool that says nothing for so long is there, but not well. */
const PATIENCE_MS = 5000;
/** Icarus knows no --version. */
const flagOf: Readonly<Record<string, string>> = { iverilog: '-V' };

interface Tested {
  readonly device: DeviceName;
  readonly sha256: string | null;
  readonly says: string;
}

export async function doctor(isJson: boolean): Promise<number> {
  const engines = (['simd', 'scalar'] as const).map((build) => ({ build, bytes: engineBytes(build).length, sha256: engineHash(build) }));
  const tests: Tested[] = [];
  for (const device of deviceNames) tests.push(await selfTest(device));
  const isEqual = new Set(tests.map((one) => one.sha256)).size === 1,
    isWhole = tests.every((one) => one.sha256 !== null);
  const found = await Promise.all(tools.map(async ([command, what, how]) => ({ command, what, how, version: await versionOf(command) })));
  const exitCode = !isWhole ? EXIT_USAGE : isEqual ? EXIT_PASS : EXIT_MISMATCH;
  if (isJson) {
    printJson({
      systole: version,
      isa: `${VERSION_MAJOR}.${VERSION_MINOR}`,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      engines,
      self_test: { equal: isEqual && isWhole, devices: tests },
      tools: found.map(({ command, version: at, how }) => ({ command, version: at ?? null, how })),
      exit_code: exitCode,
    });
    return exitCode;
  }
  const verdict = (good: boolean, yes: string, no: string): string => (good ? outColours.green(yes) : outColours.red(no));
  for (const line of table([
    ['systole', `${version}, instruction set ${VERSION_MAJOR}.${VERSION_MINOR}`],
    ['node', `${process.version} on ${process.platform}-${process.arch}, ${availableParallelism()} cores, ${bytesText(totalmem())}`],
    ...engines.map(({ build, bytes, sha256: hash }) => [`engine ${build}`, `${bytes} bytes, sha256 ${hash}`]),
    ...tests.map(({ device, says }) => [`self-test`, `${device}: ${says}`]),
    ['', verdict(isEqual && isWhole, 'equal on every device', 'DIFFERENT')],
    ...found.map(({ command, what, how, version: at }) => [command, at ?? outColours.yellow(`not found (${what}); ${how}`)]),
  ]))
    print(line);
  return exitCode;
}

/** The digest of what the small program leaves in memory. */
async function selfTest(name: DeviceName): Promise<Tested> {
  try {
    const device = await makeDevice(name, profile(DEFAULT_PROFILE)),
      { program } = assembled(SELF_TEST, { file: 'self-test.s' });
    const bytes = (count: number, step: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => (i * step) & 255);
    device.load({
      ...program,
      memory: [
        { space: 1, address: 0x1000, bytes: bytes(80, 37) },
        { space: 1, address: 0x1100, bytes: bytes(112, 91) },
        { space: 1, address: RESULT.address, bytes: bytes(RESULT.bytes, 13) },
      ],
    });
    const { status } = device.execute({ budget: 1000 });
    if (status !== 'halted') return { device: name, sha256: null, says: `did not halt: ${status}` };
    const digest = sha256(device.read(1, RESULT.address, RESULT.bytes));
    return { device: name, sha256: digest, says: `halted, result sha256 ${digest.slice(0, 16)}…` };
  } catch (error) {
    return { device: name, sha256: null, says: error instanceof Error ? error.message : String(error) };
  }
}

/** The first line that the tool says about itself; undefined when it is not there. */
function versionOf(command: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, [flagOf[command] ?? '--version'], { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    setTimeout(() => child.kill(), PATIENCE_MS).unref();
    child.stdout.on('data', (piece: Buffer) => {
      text += piece.toString();
    });
    child.on('error', () => resolve(undefined));
    child.on('close', () => resolve(text.split('\n')[0]?.trim() || 'found'));
  });
}
