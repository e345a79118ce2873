//! report: how a run ended, as data for --json and in words for people.
import { printInstruction } from '../assembler/disassembler.ts';
import type { Device } from '../device.ts';
import type { Words } from '../isa/codec.ts';
import {
  FAULT_LINK_PROTOCOL,
  FAULT_SEMAPHORE,
  SEMAPHORE_COUNT,
  FAULT_WATCHDOG,
  TRAP_ALIGNMENT,
  TRAP_BOUNDS_ACC,
  TRAP_BREAK,
  TRAP_DTYPE,
  TRAP_FEATURE,
  TRAP_PC,
  TRAP_OVERLAP,
  TRAP_PROTECTION,
  TRAP_SOFTWARE,
  TRAP_VERSION,
  trapName,
  unitNames,
} from '../limits.ts';
import { countsOf, instructionsOf } from '../counts.ts';
import type { Driven } from './drive.ts';
import { EXIT_PASS, EXIT_PROGRAM } from './exit.ts';
import { hexText } from './place.ts';
import { type LoadedProgram, placeOf } from './program.ts';
import { outColours, outIsTerminal, table } from './terminal.ts';
import { type Operand, trappedOf, undefinedOf, waitingOf } from '../sanitizer/waiting.ts';

/** Where in the program: pc, source place if known, and the instruction as text. */
export interface Site {
  readonly pc: number;
  readonly at?: string;
  readonly text: string;
  readonly source?: string;
}
export interface Report {
  readonly format: 'systole-run/1';
  readonly status: Driven['status'];
  readonly exit_code: number;
  readonly value?: number;
  readonly instructions: number;
  readonly macs: number;
  readonly bytes: { readonly dram: number; readonly spm: number; readonly acc: number };
  readonly retired: Readonly<Record<string, number>>;
  readonly device: string;
  readonly profile: { readonly name: string; readonly hash: string };
  readonly schedule: string;
  /** One sentence. */
  readonly says: string;
  readonly trap?: {
    readonly code: number;
    readonly name: string;
    readonly unit: string;
    readonly seq: number;
    readonly address?: string;
    readonly operand?: string;
    readonly rule?: string;
    readonly operands?: readonly string[];
    readonly auxiliary: number;
    readonly later: number;
  } & Partial<Site>;
  readonly tokens_left?: Readonly<Record<string, number>>;
  readonly waiting?: readonly object[];
  readonly undefined?: object;
}

/** Everything about the end of a run; `says` is for people and editors, the rest for tools. */
export function reportOf(device: Device, loaded: LoadedProgram, { status }: Driven, schedule: string): Report {
  const counts = countsOf(device),
    [dram, spm, acc] = counts.bytes.map(Number) as [number, number, number];
  const retired = Object.fromEntries(
    [...unitNames.map((name, i) => [name, Number(counts.retired[i])] as const), ['nullified', Number(counts.nullified)] as const].filter(
      ([, many]) => many > 0,
    ),
  );
  const base = {
    format: 'systole-run/1',
    status,
    exit_code: status === 'halted' ? EXIT_PASS : EXIT_PROGRAM,
    instructions: Number(instructionsOf(counts)),
    macs: Number(counts.macs),
    bytes: { dram, spm, acc },
    retired,
    device: device.name,
    profile: { name: device.profile.name, hash: device.profile.hash },
    schedule,
  } as const;
  if (status === 'halted') {
    const tokens = tokensLeft(device);
    return { ...base, value: haltValue(device, loaded), ...(Object.keys(tokens).length ? { tokens_left: tokens } : {}), says: 'halted' };
  }
  if (status === 'trapped') return { ...base, ...trapOf(device, loaded) };
  if (status === 'break') return { ...base, ...trapOf(device, loaded), says: 'stopped at a break' };
  if (status === 'blocked') return { ...base, ...blocked(device, loaded, schedule) };
  if (status === 'uninitialised') return { ...base, ...uninitialised(device, loaded) };
  return { ...base, says: status === 'max-instructions' ? `stopped by --max-instructions after ${base.instructions}` : status };
}

/** Semaphores that hold tokens: what was posted and not taken would let the next program go too early. */
function tokensLeft(device: Device): Readonly<Record<string, number>> {
  const all = Array.from({ length: SEMAPHORE_COUNT }, (_, m) => [`m${m}`, device.csrRead(0x400 + 4 * m)] as const);
  return Object.fromEntries(all.filter(([, tokens]) => tokens > 0));
}

/** Lines for people, results only. */
export function reportLines(report: Report): string[] {
  const { status, value, instructions, macs, bytes } = report,
    isGood = status === 'halted';
  const moved = Object.entries(bytes)
    .map(([space, many]) => `${space} ${grouped(many)}`)
    .join('  ');
  return table([
    ['status', (isGood ? outColours.green : outColours.red)(status)],
    ...(value === undefined ? [] : [['value', valueWords(value)]]),
    ['instructions', grouped(instructions)],
    ['macs', grouped(macs)],
    ['bytes moved', moved],
  ]);
}

/** Thousands apart for people; as they are for what reads a log. */
export const grouped = (value: number): string => (outIsTerminal() ? String(value).replace(/\B(?=(\d{3})+$)/g, ' ') : String(value));
/** `1 case`, `20 cases`. */
export const counted = (count: number, what: string): string => `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;
const valueWords = (value: number): string => (value < 10 ? String(value) : `${value | 0} (${hexText(value)})`);

export function siteOf(loaded: LoadedProgram, pc: number, words: readonly number[]): Site {
  const at = placeOf(loaded, pc),
    place = loaded.assembly?.places[pc],
    source = place && loaded.lineOf(place.file, place.line)?.trim();
  return { pc, ...(at ? { at } : {}), text: printInstruction(words as Words), ...(source ? { source } : {}) };
}
export const siteWords = ({ pc, at, text }: Site): string => `pc ${pc}${at ? ` (${at})` : ''} \`${text}\``;

/** The host's window shows no halt value: the instruction in front of the pc has it, or the last one of the loop that begins there. */
function haltValue(device: Device, { image }: LoadedProgram): number {
  const pc = device.csrRead(0x884),
    depth = device.csrRead(0x894),
    start = depth ? device.csrRead(0x8c0 + 16 * (depth - 1)) : -1;
  const halt = image.words[start === pc ? device.csrRead(0x8c4 + 16 * (depth - 1)) : pc - 1];
  return halt?.[2] ?? 0;
}

// ---- traps
function trapOf(device: Device, loaded: LoadedProgram): Pick<Report, 'trap' | 'says'> {
  const [
    code = 0,
    unit = 0,
    pc = 0,
    low = 0,
    high = 0,
    w0 = 0,
    w1 = 0,
    w2 = 0,
    w3 = 0,
    addressLow = 0,
    addressHigh = 0,
    auxiliary = 0,
    later = 0,
  ] = Array.from({ length: 13 }, (_, i) => device.csrRead(0x200 + 4 * i));
  const words: Words = [w0, w1, w2, w3],
    address = addressLow + addressHigh * 2 ** 32,
    isFetched = words.some((word) => word !== 0);
  const site = isFetched ? siteOf(loaded, pc, words) : undefined,
    { rule, operands } = isFetched && code < FAULT_LINK_PROTOCOL ? trappedOf(device, words, code) : { operands: [] };
  // Where the rule is about one operand the record says which; elsewhere all of them explain it.
  const isBlamed = code >= TRAP_DTYPE && code <= TRAP_PROTECTION,
    isAlone = isBlamed && (rule?.operands.length ?? 0) <= 1;
  const shown = operandWords(isAlone ? operands.filter(({ position }) => position === auxiliary) : operands, loaded);
  const operand = isBlamed
    ? operandWords(
        operands.filter(({ position }) => position === auxiliary),
        loaded,
      )[0]
    : undefined;
  const hasAddress = (code >= TRAP_ALIGNMENT && code <= TRAP_BOUNDS_ACC) || code === TRAP_OVERLAP || code === TRAP_PROTECTION;
  const where = site ? ` at ${siteWords(site)}` : pc === 0xffff_ffff ? '' : ` at pc ${pc}`;
  const details = [
    rule && code !== TRAP_SOFTWARE && `the rule is that ${rule.says}`,
    hasAddress && `byte ${hexText(address)}`,
    ...(isBlamed || code === TRAP_FEATURE ? shown : []),
    explanation(code, { auxiliary, pc, count: loaded.image.words.length }),
  ].filter(Boolean);
  return {
    says:
      `trap ${trapName(code)} (${hexByte(code)})${where}${details.length ? `: ${details.join('; ')}` : ''}` +
      (later ? ` (and ${later} later)` : ''),
    trap: {
      code,
      name: trapName(code),
      unit: unitNames[unit] ?? String(unit),
      seq: low + high * 2 ** 32,
      auxiliary,
      later,
      pc,
      ...site,
      ...(hasAddress ? { address: hexText(address) } : {}),
      ...(operand ? { operand } : {}),
      ...(rule ? { rule: rule.says } : {}),
      ...(shown.length ? { operands: shown } : {}),
    },
  };
}

/** `acc = t12 (C): spm s32 [8] at 0x0`, for the operand at a position or for all. */
function operandWords(operands: readonly Operand[], { assembly }: LoadedProgram): readonly string[] {
  return operands.map(({ name, register, descriptor }) => {
    const given = [...(assembly?.names ?? [])].find(([, value]) => value === `t${register}`)?.[0];
    return `${name} = t${register}${given ? ` (${given})` : ''}${descriptor ? `: ${descriptor}` : ''}`;
  });
}

function explanation(
  code: number,
  { auxiliary, pc, count }: { readonly auxiliary: number; readonly pc: number; readonly count: number },
): string {
  if (code === TRAP_SOFTWARE) return `the program's own, code ${auxiliary}`;
  if (code === TRAP_PC && pc >= count) return `the program has ${counted(count, 'instruction')}; is a halt missing?`;
  if (code === TRAP_VERSION) return 'the image needs another version of the machine, or features that the profile lacks';
  if (code === FAULT_WATCHDOG) return 'the program did not end within --watchdog';
  if (code === FAULT_SEMAPHORE) return 'a semaphore would hold more than 65535 tokens';
  if (code === TRAP_BREAK) return 'debugging is enabled';
  return '';
}
const hexByte = (code: number): string => `0x${code.toString(16).padStart(2, '0')}`;

// ---- rests
function blocked(device: Device, loaded: LoadedProgram, schedule: string): Pick<Report, 'waiting' | 'says'> {
  const all = waitingOf(device, loaded.image.words).map((waiting) => ({ ...waiting, site: siteOf(loaded, waiting.pc, waiting.words) }));
  const sentences = all.map(({ unit, semaphore, tokens = 0, wanted = 1, busy = [], post, site }) => {
    const who = `${unit} waits at ${siteWords(site)}`;
    if (semaphore === undefined) return `${who} for ${busy.join(' ')}`;
    const next = post && siteOf(loaded, post.pc, loaded.image.words[post.pc]!);
    const then = !next
      ? `no instruction of the program posts to m${semaphore}`
      : post.isQueued
        ? `the next post to it is ${siteWords(next)}, which waits itself`
        : `the next post to it is ${siteWords(next)}, which has not been dispatched`;
    return `${who} for ${wanted === 1 ? 'a token' : `${wanted} tokens`} of m${semaphore}, which holds ${tokens}; ${then}`;
  });
  const isAhead = schedule === 'default' && all.some(({ post }) => post && !post.isQueued);
  const hint = isAhead ? '. The serial run does one instruction after the other; with --schedule random:1 others may go first' : '';
  const waiting = all.map(({ words: _words, operands: _operands, ...rest }) => rest);
  return { says: `deadlock: ${sentences.join('. ') || 'nothing can act'}${hint}`, waiting };
}

function uninitialised(device: Device, loaded: LoadedProgram): Pick<Report, 'undefined' | 'says'> {
  const found = undefinedOf(device);
  if (!found) return { says: 'an instruction would decide something from UNKNOWN bytes' };
  const { pc, words, operand, register, space, address, index } = found,
    site = siteOf(loaded, pc, words);
  const given = [...(loaded.assembly?.names ?? [])].find(([, value]) => value === `t${register}`)?.[0];
  return {
    says:
      `UNKNOWN data at ${siteWords(site)}: operand ${operand} = t${register}${given ? ` (${given})` : ''} would read ` +
      `${space}:${hexText(address)}, element [${index.join(', ')}], which nothing has written`,
    undefined: { ...site, operand, register: `t${register}`, space, address: hexText(address), index },
  };
}
