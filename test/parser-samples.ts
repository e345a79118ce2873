//! parser-samples: what the parsers' tests begin with: records, snapshots and a small bundle of programs that were run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { caseOf } from '../model/bundle/kinds.ts';
import type { BundleFile } from '../model/bundle/files.ts';
import { makeBundle } from '../model/bundle/make.ts';
import { RetiredCursor } from '../model/cursor.ts';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import { readProfile } from '../model/machine/profile-file.ts';
import type { TraceHeader } from '../model/trace.ts';
import { observe } from '../model/verify/compare.ts';
import { generate } from '../model/verify/generate.ts';
import { knobs } from '../model/verify/record.ts';

export const root = join(import.meta.dirname, '..');
export const utf8 = (characters: string): Uint8Array => new TextEncoder().encode(characters);
export const latin1 = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

const machine = profile('systole-16');
const RECORDS = 24;

interface Gathered { readonly header: TraceHeader; readonly records: readonly RetiredCursor[]; readonly joined: Uint8Array; readonly snapshots: readonly Uint8Array[] }
let kept: Gathered | undefined;
/** Records of generated programs, and snapshots while instructions wait in queues and at the end. */
export function gathered(): Gathered {
  if (kept) return kept;
  const device = engine(machine), bytes: Uint8Array[] = [], snapshots: Uint8Array[] = [];
  for (const seed of [1, 2, 3, 4]) {
    const { program } = generate(seed, machine, knobs.smoke), run = observe(device, program);
    bytes.push(...run.records.slice(0, RECORDS / 4));
    snapshots.push(observe(device, program, { budget: Math.floor(run.steps / 2) }).snapshot);
  }
  const joined = new Uint8Array(bytes.reduce((sum, one) => sum + one.length, 0));
  bytes.reduce((at, one) => { joined.set(one, at); return at + one.length; }, 0);
  const records = bytes.map((one) => new RetiredCursor(new DataView(one.buffer, one.byteOffset, one.byteLength)));
  return (kept = { header: { profile: machine.name, hash: machine.hash }, records, joined, snapshots });
}

let bundle: readonly BundleFile[] | undefined;
/** A bundle of two small cases on a machine whose profile is short. */
export function smallBundle(): readonly BundleFile[] {
  if (bundle) return bundle;
  const machine = readProfile(readFileSync(join(root, 'test', 'profiles', 'odd-3x5.json'), 'utf8'), 'odd-3x5.json'), sources = (['vector', 'sync'] as const).map((kind, index) => caseOf(kind, machine, 1, index));
  const running = makeBundle(engine(machine), sources, { kinds: ['vector', 'sync'], count: sources.length, seed: 1, program: null }, { systole: '0', engine_sha256: '0'.repeat(64) }, new Map());
  for (;;) {
    const next = running.next();
    if (next.done) return (bundle = next.value);
  }
}
