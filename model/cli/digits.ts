//! digits: the main job: a quantised network, as an ISA program, classifies digits and shows how sure one may be of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { heldOutCount, heldOutImage } from '../../examples/digits/images.ts';
import { type Network, readNetwork } from '../../examples/digits/network.ts';
import { readPgm } from '../../examples/digits/pgm.ts';
import { type DigitsRun, runDigits } from '../../examples/digits/run.ts';
import type { Device } from '../device.ts';
import { Rejected } from '../failure.ts';
import type { Profile } from '../machine/profile.ts';
import { sha256 } from '../sha256.ts';
import { coloursWhere } from './colours.ts';
import { grouped } from './report.ts';

export interface DigitsOptions {
  /** The example's folder and the folder of goldens. */
  readonly folder: string;
  readonly goldenFolder: string;
  readonly profile: Profile;
  readonly device: Device;
  /** Makes the device that the first images are compared on; undefined: no comparison. */
  readonly specification?: (profile: Profile) => Device;
  /** Path of a 28x28 PGM image to classify instead of the held-out images; - for standard input. */
  readonly input?: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly colour: boolean;
  /** Wall time in seconds. */
  readonly now: () => number;
  readonly out: (text: string) => void;
  readonly between: () => boolean;
}

/** Images that the specification classifies too: it takes about a second for each. */
const COMPARED = 2, SHOWN = 10;

interface Golden { readonly images: number; readonly outputs_sha256: string; readonly first: readonly (readonly number[])[] }

/** Runs the example and prints its report. The exit code: 0, 1 when outputs differ from the golden or between devices, 4 when it did not halt. */
export function digits(options: DigitsOptions): number {
  const network = load(join(options.folder, 'network.json'));
  return options.input === undefined ? heldOut(network, options) : own(network, options.input, options);
}

function heldOut(network: Network, options: DigitsOptions): number {
  const golden = JSON.parse(readFileSync(join(options.goldenFolder, 'digits.json'), 'utf8')) as Golden;
  const drawn = Array.from({ length: heldOutCount }, (_, i) => heldOutImage(i)), images = drawn.map(({ pixels }) => pixels);
  const started = options.now(), run = runDigits(network, options.device, images, options.between), wall = options.now() - started;
  if (run.status !== 'halted') return stopped(run, options);
  const outputs = sha256(new Uint8Array(run.logits.buffer)), match = outputs === golden.outputs_sha256;
  const right = run.digits.filter((digit, i) => digit === drawn[i]!.digit).length, accuracy = right / images.length;
  const compared = options.specification && runDigits(network, options.specification(options.profile), images.slice(0, COMPARED), options.between);
  const equal = compared === undefined || compared.logits.every((value, i) => value === run.logits[i]);
  if (options.json) {
    options.out(`${JSON.stringify({
      outputs_sha256: outputs, golden_match: match, accuracy, images: images.length, instructions: run.instructions, macs: run.macs, bytes: run.bytes,
      specification: compared ? { images: COMPARED, equal } : null, device: options.device.name, profile: options.profile.name, wall_s: wall,
    })}\n`);
  } else report(options, run, { drawn, right, outputs, match, equal, compared: compared !== undefined, wall });
  return match && equal ? 0 : 1;
}

interface Findings {
  readonly drawn: readonly { readonly pixels: Uint8Array; readonly digit: number }[];
  readonly right: number; readonly outputs: string; readonly match: boolean; readonly equal: boolean; readonly compared: boolean; readonly wall: number;
}
function report({ out, quiet, colour, device, profile }: DigitsOptions, run: DigitsRun, found: Findings): void {
  const ink = coloursWhere(() => colour), { drawn, right, outputs, match, equal, compared, wall } = found;
  const verdict = (good: boolean, yes: string, no: string): string => (good ? ink.green(yes) : ink.red(no));
  if (!quiet) {
    for (let at = 0; at < SHOWN; at += SHOWN / 2) {
      const some = [...drawn.slice(at, at + SHOWN / 2).keys()].map((i) => at + i);
      out(`${sideBySide(some.map((i) => braille(drawn[i]!.pixels)))}\n`);
      out(`${some.map((i) => {
        const good = run.digits[i] === drawn[i]!.digit, text = `${run.digits[i]} ${good ? '✓' : `✗ (${drawn[i]!.digit})`}`;
        return ' '.repeat(6) + verdict(good, text, text) + ' '.repeat(Math.max(0, 10 - text.length));
      }).join('').trimEnd()}\n\n`);
    }
  }
  const rows = [
    ['network', '9 layers, int8: convolution, depthwise, residual add, pooling, fully connected; per-channel requantisation'],
    ['accuracy', `${right} of ${drawn.length} held-out images (${(100 * right / drawn.length).toFixed(1)} %), fonts that training never saw`],
    ['instructions', `${grouped(run.instructions)} on ${device.name}, profile ${profile.name}`],
    ['MACs', `${grouped(run.macs)}, ${(run.macs / wall / 1e9).toFixed(2)} G a second in ${wall.toFixed(2)} s`],
    ['bytes moved', Object.entries(run.bytes).map(([space, bytes]) => `${space} ${(bytes / 1e6).toFixed(1)} MB`).join(', ')],
    ['outputs', `sha256 ${outputs}`],
    ['golden', verdict(match, 'equal, bit for bit', 'DIFFERENT from golden/digits.json')],
    ...(compared ? [['specification', verdict(equal, `equal, bit for bit, on the first ${COMPARED} images`, 'DIFFERENT')]] : []),
  ];
  for (const [name, text] of rows) out(`${name!.padEnd(14)}${text}\n`);
  if (!quiet) {
    out(`\nTry next:\n  npx systole run examples/digits --input examples/digits/samples/5-chisel.pgm\n`
      + '  npx systole run examples/hello.s --dump dram:0x40:8:s32=-\n  npx systole profile show systole-16\n');
  }
}

function own(network: Network, path: string, options: DigitsOptions): number {
  const { pixels, diagnostics } = readPgm(readFileSync(path === '-' ? 0 : path));
  if (!pixels) throw new Rejected(diagnostics.map((message) => ({ file: path, line: 0, column: 0, message })));
  const run = runDigits(network, options.device, [pixels], options.between);
  if (run.status !== 'halted') return stopped(run, options);
  if (options.json) options.out(`${JSON.stringify({ digit: run.digits[0], logits: [...run.logits], instructions: run.instructions, macs: run.macs })}\n`);
  else {
    if (!options.quiet) options.out(`${braille(pixels).join('\n')}\n\n`);
    options.out(`${run.digits[0]}\n`);
    if (!options.quiet) options.out(`logits ${[...run.logits].map((value, digit) => `${digit}: ${value}`).join('  ')}\n`);
  }
  return 0;
}

function stopped(run: DigitsRun, { out, json }: DigitsOptions): number {
  out(json ? `${JSON.stringify({ status: run.status })}\n` : `the program did not end: ${run.status}\n`);
  return 4;
}
function load(path: string): Network {
  const { network, diagnostics } = readNetwork(readFileSync(path, 'utf8'));
  if (!network) throw new Rejected(diagnostics.map((message) => ({ file: path, line: 0, column: 0, message })));
  return network;
}

/** 28 x 28 pixels as 7 lines of 14 characters, eight dots each. */
function braille(pixels: Uint8Array): string[] {
  const dots = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], lit = (y: number, x: number): boolean => pixels[28 * y + x]! >= 112;
  return Array.from({ length: 7 }, (_, row) => Array.from({ length: 14 }, (_unused, column) => String.fromCharCode(
    0x2800 + dots.reduce((sum, pair, dy) => pair.reduce((inner, dot, dx) => (lit(4 * row + dy, 2 * column + dx) ? inner + dot : inner), sum), 0),
  )).join(''));
}
const sideBySide = (pictures: readonly (readonly string[])[]): string =>
  pictures[0]!.map((_, line) => pictures.map((picture) => picture[line]).join('  ')).join('\n');
