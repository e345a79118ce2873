//! checker-traces: what the inputs of systole_assertions see, edge by edge, made from retirements or by hand.
import type { RetiredCursor } from '../model/cursor.ts';
import { byOpcode } from '../model/instructions/set.ts';
import { bitsOf, decodeHead } from '../model/isa/codec.ts';
import { PHASE_DRAIN, PHASE_FAULT, PHASE_IDLE, PHASE_RUN, RETIRED_DONE, RETIRED_TRAPPED, SEMAPHORE_COUNT, SEMAPHORE_MAX, UNIT_COUNT, UNIT_SEQ } from '../model/limits.ts';

/** The inputs in the order of a vector, lowest first. */
export const ports = [
  ['reset', 1], ['launch', 1], ['keep_tokens', 1], ['semaphore_counts', 16 * SEMAPHORE_COUNT], ['post', 7], ['post_semaphore', 42], ['post_tokens', 112], ['take', 7],
  ['take_semaphore', 42], ['take_tokens', 112], ['overflow_fault', 1], ['push', 6], ['push_seq', 64], ['pop', 6], ['depth', 48], ['retire', 6], ['retire_seq', 384],
  ['retire_order', 192], ['fence', 1], ['fence_units', 32], ['trap', 1], ['trap_code', 8], ['phase', 3],
] as const;
export const HOST = UNIT_COUNT;

export interface Tokens { readonly agent: number; readonly semaphore: number; readonly tokens: number }
/** What happens at one edge. The states before it, counts and depths, follow from the edges before, unless something is wrong on purpose. */
export interface Edge {
  readonly launch?: boolean;
  readonly posts?: readonly Tokens[];
  readonly takes?: readonly Tokens[];
  readonly overflowFault?: boolean;
  readonly push?: { readonly units: readonly number[]; readonly seq: number };
  readonly pop?: readonly number[];
  readonly retire?: readonly { readonly unit: number; readonly seq: number; readonly order: number }[];
  readonly fence?: number;
  readonly trap?: number;
  readonly phase?: number;
  /** Shown instead of the true count or depth. */
  readonly wrongCount?: { readonly semaphore: number; readonly tokens: number };
  readonly wrongDepth?: { readonly unit: number; readonly depth: number };
}

/** Vectors of one trace: a reset, then its edges, then one that shows the states behind the last. */
export function vectorsOf(edges: readonly Edge[]): string[] {
  const counts = Array.from({ length: SEMAPHORE_COUNT }, () => 0), depths = Array.from({ length: UNIT_COUNT }, () => 0);
  const lines = [pack({ reset: 1n })];
  for (const edge of [...edges, { phase: edges.at(-1)?.phase ?? PHASE_RUN }]) {
    const wrong = (edge as Edge).wrongCount, depth = (edge as Edge).wrongDepth;
    if (wrong) counts[wrong.semaphore] = wrong.tokens;
    if (depth) depths[depth.unit] = depth.depth;
    lines.push(pack(inputs(edge, counts, depths)));
    advance(edge, counts, depths);
  }
  return lines;
}

function inputs(edge: Edge, counts: readonly number[], depths: readonly number[]): Partial<Record<string, bigint>> {
  const bit = (units: readonly number[]): bigint => units.reduce((mask, unit) => mask | (1n << BigInt(unit)), 0n);
  const items = (width: number, entries: readonly (readonly [number, number])[]): bigint => entries.reduce((sum, [i, value]) => sum | (BigInt(value) << BigInt(width * i)), 0n);
  const tokens = (of: readonly Tokens[] = []): readonly [bigint, bigint, bigint] => [
    bit(of.map(({ agent }) => agent)), items(6, of.map(({ agent, semaphore }) => [agent, semaphore])), items(16, of.map(({ agent, tokens: k }) => [agent, k])),
  ];
  const [post, post_semaphore, post_tokens] = tokens(edge.posts), [take, take_semaphore, take_tokens] = tokens(edge.takes), retire = edge.retire ?? [];
  return {
    launch: edge.launch ? 1n : 0n, semaphore_counts: items(16, counts.map((count, i) => [i, count])), post, post_semaphore, post_tokens, take, take_semaphore, take_tokens,
    overflow_fault: edge.overflowFault ? 1n : 0n, push: bit(edge.push?.units ?? []), push_seq: BigInt(edge.push?.seq ?? 0), pop: bit(edge.pop ?? []),
    depth: items(8, depths.map((depth, i) => [i, depth])), retire: bit(retire.map(({ unit }) => unit)), retire_seq: items(64, retire.map(({ unit, seq }) => [unit, seq])),
    retire_order: items(32, retire.map(({ unit, order }) => [unit, order])), fence: edge.fence === undefined ? 0n : 1n, fence_units: BigInt(edge.fence ?? 0),
    trap: edge.trap === undefined ? 0n : 1n, trap_code: BigInt(edge.trap ?? 0), phase: BigInt(edge.phase ?? PHASE_RUN),
  };
}
function pack(values: Partial<Record<string, bigint>>): string {
  let sum = 0n, at = 0n;
  for (const [name, width] of ports) {
    sum |= (values[name] ?? 0n) << at;
    at += BigInt(width);
  }
  return sum.toString(16);
}
/** As the machine does: what would exceed the limit gives nothing, what is not there is not taken. */
function advance({ launch, posts = [], takes = [], push, pop = [] }: Edge, counts: number[], depths: number[]): void {
  const gain = new Map<number, number>();
  const add = (semaphore: number, tokens: number): void => { gain.set(semaphore, (gain.get(semaphore) ?? 0) + tokens); };
  for (const { semaphore, tokens } of posts) add(semaphore, tokens);
  for (const [semaphore, tokens] of gain) {
    const taken = takes.reduce((sum, one) => (one.semaphore === semaphore ? sum + one.tokens : sum), 0);
    if (counts[semaphore]! + tokens - taken <= SEMAPHORE_MAX) counts[semaphore]! += tokens;
  }
  for (const { semaphore, tokens } of takes) counts[semaphore] = Math.max(0, counts[semaphore]! - tokens);
  for (const unit of push?.units ?? []) depths[unit]!++;
  for (const unit of pop) if (depths[unit]! > 0) depths[unit]!--;
  if (launch) counts.fill(0);
}

export interface Step { readonly unit: number; readonly seq: number; readonly order: number; readonly status: number; readonly trap: number; readonly posts: Tokens[]; readonly takes: Tokens[]; readonly fence: number | undefined }
/** What a checker needs of a record. */
export function stepOf(record: RetiredCursor): Step {
  const { words, unit, trap, status } = record, { wait, post } = decodeHead(words), definition = byOpcode.get(words[0] & 255)!, done = status === RETIRED_DONE;
  const own = done && definition.unit === 'agent' ? [{ agent: unit, semaphore: bitsOf(words, definition.fields.m!), tokens: (record.scalar(0) + bitsOf(words, definition.fields.imm!)) >>> 0 }] : [];
  const ofHead = (semaphore: number): Tokens[] => (done && semaphore !== 0 ? [{ agent: unit, semaphore, tokens: 1 }] : []);
  return {
    unit, seq: Number(record.seq), order: record.order, status, trap, takes: [...ofHead(wait), ...(definition.mnemonic === 'wait' ? own : [])],
    posts: [...ofHead(post), ...(definition.mnemonic === 'post' ? own : [])], fence: done && definition.mnemonic === 'fence' ? bitsOf(words, definition.fields.units!) : undefined,
  };
}
/** The edges of a run: each instruction is dispatched before it, or a later one, acts; started with the tokens it takes, then retired with those it posts. */
export function edgesOf(steps: readonly Step[]): Edge[] {
  const edges: Edge[] = [{ phase: PHASE_IDLE, launch: true }], queued = steps.filter(({ unit }) => unit !== UNIT_SEQ).sort((a, b) => a.seq - b.seq);
  let dispatched = 0;
  const dispatchTo = (seq: number): void => {
    for (; dispatched < queued.length && queued[dispatched]!.seq <= seq; dispatched++) edges.push({ push: { units: [queued[dispatched]!.unit], seq: queued[dispatched]!.seq } });
  };
  let phase = PHASE_RUN;
  for (const step of steps) {
    if (step.status === RETIRED_TRAPPED) {
      dispatchTo(step.seq);
      edges.push({ retire: [step], trap: step.trap });
      phase = PHASE_DRAIN;
      continue;
    }
    dispatchTo(step.seq);
    // An agent gives and takes one kind of token at a time.
    for (const take of step.takes.slice(1)) edges.push({ phase, takes: [take] });
    edges.push({ phase, takes: step.takes.slice(0, 1), ...(step.unit === UNIT_SEQ ? {} : { pop: [step.unit] }) });
    edges.push({ phase, retire: [step], posts: step.posts.slice(0, 1), ...(step.fence === undefined ? {} : { fence: step.fence }) });
    for (const post of step.posts.slice(1)) edges.push({ phase, posts: [post] });
  }
  edges.push({ phase: phase === PHASE_DRAIN ? PHASE_FAULT : PHASE_IDLE });
  return edges;
}
