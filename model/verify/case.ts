//! case: a trial as a file: everything that is needed to run it again anywhere, as text that a person can read and change.
import { assembled } from '../assembler/assembler.ts';
import { printDescriptor } from '../assembler/descriptor.ts';
import { disassemble } from '../assembler/disassembler.ts';
import { type Diagnostic, didYouMean, Rejected } from '../failure.ts';
import { type JsonNode, placeOf, readJson, shown } from '../json.ts';
import { DESCRIPTOR_WORDS, MODE_WORDS, SLOT_MAX, spaceNames, type StatusName, statusNames } from '../limits.ts';
import type { Profile } from '../machine/profile.ts';
import { slotLayout } from '../machine/state.ts';
import type { Segment } from '../device.ts';
import type { SlotContents } from '../snapshot.ts';
import { type Start, startWords, type Trial } from './trial.ts';

export const CASE_SCHEMA = 'systole-case/2';

/** What a case says beside its trial. */
export interface CaseInfo {
  /** In words: what differed. */
  readonly why: string;
  readonly signature: string;
  readonly profile: string;
  readonly profile_hash: string;
  /** SHA-256 of the engine's WebAssembly that made it. */
  readonly model: string;
  /** Where it was found; null for one that a person wrote. */
  readonly origin: { readonly knobs: string; readonly seed: number; readonly index: number } | null;
  /** How the reference ends: status, records, digest of records and state. */
  readonly ends: { readonly status: StatusName; readonly records: number; readonly digest: string };
  /** The command that runs it again, typed where the file lies, wherever that is by now. */
  readonly replay: string;
}
export interface Case { readonly info: CaseInfo; readonly trial: Trial }

// ---- written
/** The file. */
export function caseText({ program, start, options, debug, unread, expected }: Trial, info: CaseInfo): string {
  const { image, imageBase, memory, arguments: values = [] } = program, { why, signature, profile, profile_hash, model, origin, ends, replay } = info;
  return `${JSON.stringify({
    schema: CASE_SCHEMA, why, signature, profile, profile_hash, model, origin, ends, replay, program: disassemble(image).split('\n').filter((line) => line !== ''), image_base: imageBase ?? null, arguments: values,
    memory: memory.map(({ space, address, bytes }) => ({ space: spaceNames[space], address, bytes: hex(bytes) })),
    start: start ? startJson(start) : null, run: { schedule: options.schedule ? hex(options.schedule) : null, queue_depth: options.queueDepth ?? null, debug: debug ?? false, ...(unread ? { unread } : {}) },
    expected: expected ?? null,
  }, null, 1)}\n`;
}
function startJson(start: Start): unknown {
  const words = (all: Uint32Array, letter: string, size: number): Record<string, unknown> => Object.fromEntries(Array.from({ length: all.length / size }, (_, i) => [i, all.subarray(i * size, (i + 1) * size)] as const)
    .filter(([, part]) => part.some((word) => word !== 0))
    .map(([i, part]) => [`${letter}${i}`, size === 1 ? part[0]! : size === DESCRIPTOR_WORDS ? { says: printDescriptor([...part]) ?? 'no descriptor', words: [...part] } : [...part]]));
  const slots = start.contents.flatMap((contents, i) => (contents
    ? [[i, { words: [...start.slots.subarray(i * SLOT_WORDS, (i + 1) * SLOT_WORDS)], elements: hex(contents.elements), known: hex(contents.known) }]] : []));
  return {
    registers: words(start.registers, 's', 1), predicates: start.predicates, tensors: words(start.tensors, 't', DESCRIPTOR_WORDS),
    modes: words(start.modes, 'n', MODE_WORDS), semaphores: words(start.semaphores, 'm', 1), slots: Object.fromEntries(slots),
  };
}
const SLOT_WORDS = slotLayout.size / 4;
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

// ---- read
/** Throws Rejected with everything that is wrong with the text. */
export function readCase(text: string, file: string): Case {
  const { root, faults } = readJson(text), reader = new Reader(text, file);
  for (const { at, message } of faults) reader.say(at, message);
  if (!root || reader.diagnostics.length > 0) throw new Rejected(reader.diagnostics);
  const found = reader.read(root);
  if (reader.diagnostics.length > 0 || !found) throw new Rejected(reader.diagnostics);
  return found;
}

const members = ['schema', 'why', 'signature', 'profile', 'profile_hash', 'model', 'origin', 'ends', 'replay', 'program', 'image_base', 'arguments', 'memory', 'start', 'run', 'expected'];
const WORD_MAX = 0xffff_ffff, LENGTH_MAX = 2 ** 26, MISTAKES_MAX = 20;

class Reader {
  readonly diagnostics: Diagnostic[] = [];
  private readonly text: string;
  private readonly file: string;
  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
  }
  say(at: number, message: string): void { if (this.diagnostics.length < MISTAKES_MAX) this.diagnostics.push({ file: this.file, ...placeOf(this.text, at), message }); }

  read(root: JsonNode): Case | undefined {
    const schema = root.members?.get('schema')?.node.value;
    if (!root.members || schema !== CASE_SCHEMA) { this.say(root.at, `not a case: "schema" is ${shown(JSON.stringify(schema) ?? 'missing')}; allowed: "${CASE_SCHEMA}"`); return undefined; }
    this.only(root, members);
    const texts = Object.fromEntries((['why', 'signature', 'profile', 'profile_hash', 'model', 'replay'] as const).map((name) => [name, this.string(root, name)])) as Record<'why' | 'signature' | 'profile' | 'profile_hash' | 'model' | 'replay', string>;
    const base = this.member(root, 'image_base'), run = this.member(root, 'run'), start = this.member(root, 'start'), expected = this.member(root, 'expected'), origin = this.member(root, 'origin');
    const image = this.image(this.member(root, 'program')), imageBase = base && base.value !== null ? this.whole(base, 2 ** 53 - 1) : undefined;
    const memory = this.items(this.member(root, 'memory')).map((item) => this.segment(item));
    const values = this.items(this.member(root, 'arguments')).map((item) => this.whole(item, WORD_MAX));
    const schedule = this.member(run, 'schedule'), depth = this.member(run, 'queue_depth'), ends = this.member(root, 'ends');
    const trial: Trial = {
      program: { image, memory, arguments: values, ...(imageBase === undefined ? {} : { imageBase }) },
      ...(start && start.value !== null ? { start: this.start(start) } : {}),
      options: { ...(schedule && schedule.value !== null ? { schedule: this.bytes(schedule) } : {}), ...(depth && depth.value !== null ? { queueDepth: this.whole(depth, 16) } : {}) },
      debug: this.member(run, 'debug')?.value === true, ...(run?.members?.get('unread')?.node.value === true ? { unread: true } : {}),
      ...(expected && expected.value !== null ? {
        expected: { status: this.status(expected), trap: this.whole(this.member(expected, 'trap'), 255), pc: this.whole(this.member(expected, 'pc'), WORD_MAX), breaks: this.string(expected, 'breaks'), debug: this.member(expected, 'debug')?.value === true },
      } : {}),
    };
    const info: CaseInfo = {
      ...texts, ends: { status: this.status(ends), records: this.whole(this.member(ends, 'records'), WORD_MAX), digest: this.string(ends, 'digest') },
      origin: origin && origin.value !== null ? { knobs: this.string(origin, 'knobs'), seed: this.whole(this.member(origin, 'seed'), 2 ** 53 - 1), index: this.whole(this.member(origin, 'index'), 2 ** 53 - 1) } : null,
    };
    return { info, trial };
  }

  private only(node: JsonNode | undefined, allowed: readonly string[]): void {
    for (const [name, { keyAt }] of node?.members ?? []) if (!allowed.includes(name)) this.say(keyAt, `'${shown(name)}' is not a member of it${didYouMean(name, allowed)}; allowed: ${allowed.join(' ')}`);
  }
  private member(node: JsonNode | undefined, name: string): JsonNode | undefined {
    const found = node?.members?.get(name)?.node;
    if (!found && node) this.say(node.at, node.members ? `"${name}" is missing` : `found ${shown(this.text.slice(node.at, node.end))}; an object with "${name}" is needed`);
    return found;
  }
  private items(node: JsonNode | undefined): readonly JsonNode[] {
    if (node && !node.items) this.say(node.at, `found ${shown(this.text.slice(node.at, node.end))}; a list is needed`);
    return node?.items ?? [];
  }
  private string(node: JsonNode | undefined, name: string): string {
    const found = this.member(node, name);
    if (found && typeof found.value !== 'string') this.say(found.at, `"${name}" is ${shown(this.text.slice(found.at, found.end))}; a text is needed`);
    return typeof found?.value === 'string' ? found.value : '';
  }
  private whole(node: JsonNode | undefined, most: number): number {
    if (node && !(Number.isSafeInteger(node.value) && (node.value as number) >= 0 && (node.value as number) <= most)) { this.say(node.at, `found ${shown(this.text.slice(node.at, node.end))}; allowed: 0 to ${most}`); return 0; }
    return (node?.value as number | undefined) ?? 0;
  }
  private bytes(node: JsonNode | undefined, multiple = 1): Uint8Array {
    const text = node?.value;
    if (node && (typeof text !== 'string' || text.length % (2 * multiple) !== 0 || !/^[\da-fA-F]*$/.test(text) || text.length > LENGTH_MAX)) { this.say(node.at, `found ${shown(this.text.slice(node.at, node.end))}; an even number of hexadecimal digits is needed`); return new Uint8Array(0); }
    const digits = (text as string | undefined) ?? '';
    return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
  }
  private status(node: JsonNode | undefined): StatusName {
    const name = this.string(node, 'status'), found = statusNames.find((one) => one === name);
    if (!found && node) this.say(this.member(node, 'status')?.at ?? node.at, `'${shown(name)}' is not a status${didYouMean(name, statusNames)}; allowed: ${statusNames.join(' ')}`);
    return found ?? 'halted';
  }
  private image(node: JsonNode | undefined): Uint8Array {
    const lines = this.items(node).map(({ value, at }) => { if (typeof value !== 'string') this.say(at, 'a line of the program is a text'); return typeof value === 'string' ? value : ''; });
    if (!node || this.diagnostics.length > 0) return new Uint8Array(0);
    try {
      return assembled(lines.join('\n'), { file: this.file }).program.image;
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      // A line of the text is an item of the list.
      for (const { line, message } of error.diagnostics) this.say(node.items![Math.max(0, line - 1)]?.at ?? node.at, message);
      return new Uint8Array(0);
    }
  }
  private segment(node: JsonNode): Segment {
    const name = this.string(node, 'space'), space = spaceNames.indexOf(name as (typeof spaceNames)[number]);
    if (node.members && ![1, 2, 3].includes(space)) this.say(node.at, `'${shown(name)}' is not a space; allowed: dram spm acc`);
    return { space: Math.max(1, space), address: this.whole(this.member(node, 'address'), 2 ** 53 - 1), bytes: this.bytes(this.member(node, 'bytes')) };
  }
  private start(node: JsonNode): Start {
    this.only(node, ['registers', 'predicates', 'tensors', 'modes', 'semaphores', 'slots']);
    const filled = (name: 'registers' | 'tensors' | 'modes' | 'semaphores', letter: string, size: number): Uint32Array => {
      const all = new Uint32Array(startWords[name]), part = this.member(node, name);
      for (const [key, { keyAt, node: item }] of part?.members ?? []) {
        const index = this.index(key, letter, all.length / size, keyAt), words = item.members ? this.member(item, 'words') : item;
        if (index !== undefined) (size === 1 ? [item] : this.exactly(words, size)).forEach((word, i) => { all[index * size + i] = this.whole(word, WORD_MAX); });
      }
      return all;
    };
    const slots = new Uint32Array(startWords.slots), contents: (SlotContents | undefined)[] = Array.from({ length: SLOT_MAX }, () => undefined);
    for (const [key, { keyAt, node: item }] of this.member(node, 'slots')?.members ?? []) {
      const index = this.index(key, '', SLOT_MAX, keyAt);
      if (index === undefined) continue;
      this.exactly(this.member(item, 'words'), SLOT_WORDS).forEach((word, i) => { slots[index * SLOT_WORDS + i] = this.whole(word, WORD_MAX); });
      contents[index] = { elements: this.bytes(this.member(item, 'elements')), known: this.bytes(this.member(item, 'known')) };
    }
    return {
      registers: filled('registers', 's', 1), predicates: this.whole(this.member(node, 'predicates'), 255), tensors: filled('tensors', 't', DESCRIPTOR_WORDS),
      modes: filled('modes', 'n', MODE_WORDS), semaphores: filled('semaphores', 'm', 1), slots, contents,
    };
  }
  private index(key: string, letter: string, count: number, at: number): number | undefined {
    const index = key.startsWith(letter) && /^\d{1,3}$/.test(key.slice(letter.length)) ? Number(key.slice(letter.length)) : Number.NaN;
    if (index < count) return index;
    this.say(at, `'${shown(key)}'; allowed: ${letter}0 to ${letter}${count - 1}`);
    return undefined;
  }
  private exactly(node: JsonNode | undefined, count: number): readonly JsonNode[] {
    const items = this.items(node);
    if (node?.items && items.length !== count) { this.say(node.at, `${items.length} words; ${count} are needed`); return []; }
    return items;
  }
}

/** A case of another machine is the user's mistake. */
export function requireProfile({ info }: Case, profile: Profile, file: string): void {
  if (info.profile_hash === profile.hash) return;
  const message = `is a case of profile '${info.profile}' with hash ${info.profile_hash.slice(0, 12)}; '${profile.name}' has ${profile.hash.slice(0, 12)}; --profile FILE names another one`;
  throw new Rejected([{ file, line: 0, column: 0, message }]);
}
