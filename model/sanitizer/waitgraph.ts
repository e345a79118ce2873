//! waitgraph: who waits for whom when nothing can go on: instructions, the tokens between them, and as lines, DOT or a picture.
import type { Device } from '../device.ts';
import { UNIT_SEQ, unitNames } from '../limits.ts';
import { type Finding, type ProgramText, type Site, siteOf } from './finding.ts';
import { type Waiting, waitingOf } from './waiting.ts';

/** `lines`: who, what, where. `missing`: what the program does not have. */
export interface WaitNode { readonly id: string; readonly lines: readonly string[]; readonly kind: 'waits' | 'later' | 'missing' }
export interface WaitEdge { readonly from: string; readonly to: string; readonly label: string }
export interface WaitGraph { readonly nodes: readonly WaitNode[]; readonly edges: readonly WaitEdge[] }

const numberOf = (unit: string): number => unitNames.indexOf(unit as (typeof unitNames)[number]);
const linesOf = ({ unit, pc, instruction, file, line }: Site): readonly string[] => [unit, instruction, file === undefined ? `pc ${pc}` : `pc ${pc}, ${file.replace(/^.*\//, '')}:${line}`];

/** The graph of a device that is blocked. */
export function waitGraph(device: Device, program: ProgramText, isSerial: boolean): WaitGraph {
  const nodes = new Map<string, WaitNode>(), edges: WaitEdge[] = [], waiting = waitingOf(device, program.words), pending = device.pending();
  const idOf = (pc: number): string => `pc${pc}`;
  const add = (unit: string, pc: number, kind: WaitNode['kind']): string => {
    const id = idOf(pc);
    if (!nodes.has(id)) nodes.set(id, { id, kind, lines: linesOf(siteOf(program, numberOf(unit), pc, 0)) });
    return id;
  };
  const link = (from: string, to: string, label: string): void => void edges.push({ from, to, label });
  const headOf = (unit: string): Waiting | undefined => waiting.find((one) => one.unit === unit);
  for (const { unit, pc } of waiting) add(unit, pc, 'waits');
  const next = pending.find(({ unit }) => unit === UNIT_SEQ);
  for (const { unit, pc, semaphore, tokens = 0, wanted = 1, busy = [], post } of waiting) {
    const id = idOf(pc);
    for (const other of busy) { const head = headOf(other); if (head) link(id, idOf(head.pc), `${other} must be empty`); }
    if (semaphore === undefined) continue;
    const label = `m${semaphore}: ${tokens} of ${wanted}`;
    if (!post) { nodes.set(`no m${semaphore}`, { id: `no m${semaphore}`, kind: 'missing', lines: ['nothing', `posts m${semaphore}`] }); link(id, `no m${semaphore}`, label); continue; }
    const to = add(post.unit, post.pc, 'later'), head = headOf(post.unit);
    link(id, to, label);
    if (to === id) continue;
    if (post.isQueued) { if (head && head.pc !== post.pc) link(to, idOf(head.pc), 'after it in the queue'); continue; }
    if (isSerial) link(to, id, 'the serial run finishes it first');
    else if (next && next.pc !== post.pc) link(to, add('seq', next.pc, 'later'), 'after it in the program');
    const full = next && headOf(unit);
    if (!isSerial && next && full && !waiting.some((one) => one.pc === next.pc)) link(idOf(next.pc), idOf(full.pc), 'a full queue');
  }
  const seen = new Set<string>();
  return { nodes: [...nodes.values()], edges: edges.filter(({ from, to, label }) => from !== to && !seen.has(`${from} ${to} ${label}`) && seen.add(`${from} ${to} ${label}`)) };
}

/** The graph of a deadlock of the serial run, found in a run that did something else first. */
export function graphOf({ other, does, ...site }: Finding): WaitGraph {
  const nodes: WaitNode[] = [{ id: 'wait', kind: 'waits', lines: linesOf(site) }];
  if (!other) return { nodes: [...nodes, { id: 'nobody', kind: 'missing', lines: ['nothing', does.replace('waits for', 'posts')] }], edges: [{ from: 'wait', to: 'nobody', label: does }] };
  nodes.push({ id: 'post', kind: 'later', lines: linesOf(other) });
  return { nodes, edges: [{ from: 'wait', to: 'post', label: does }, { from: 'post', to: 'wait', label: 'the serial run finishes it first' }] };
}

/** A line for each edge: `dmi load a, A (pc 5, x.s:12) -- m2: 0 of 1 --> mxu ...`. */
export function waitText({ nodes, edges }: WaitGraph): readonly string[] {
  const text = (id: string): string => {
    const [who, what, where] = nodes.find((node) => node.id === id)!.lines;
    return `${who} \`${what}\`${where ? ` (${where})` : ''}`;
  };
  return edges.map(({ from, to, label }) => `${text(from)} -- ${label} --> ${text(to)}`);
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"`;
const fills = { waits: '#f6c6c0', later: '#e8e8e8', missing: '#ffffff' } as const;
/** For Graphviz. */
export function waitDot({ nodes, edges }: WaitGraph): string {
  return [
    'digraph waits {', '  rankdir=LR;', '  node [shape=box, style=filled, fontname=monospace];', '  edge [fontname=monospace];',
    ...nodes.map(({ id, lines, kind }) => `  ${quoted(id)} [label=${quoted(lines.join('\n'))}, fillcolor="${fills[kind]}"];`),
    ...edges.map(({ from, to, label }) => `  ${quoted(from)} -> ${quoted(to)} [label=${quoted(label)}];`), '}', '',
  ].join('\n');
}

const CHARACTER = 7.3, LINE = 16, PAD = 10, GAP_X = 190, GAP_Y = 44, MARGIN = 24;
/** Columns by how far a node is from the first one; edges that go back pass below, those that leave a column out above. */
export function waitSvg({ nodes, edges }: WaitGraph): string {
  const column = new Map<string, number>();
  const walk = (id: string, depth: number): void => {
    if (column.has(id)) return;
    column.set(id, depth);
    for (const { from, to } of edges) if (from === id) walk(to, depth + 1);
  };
  for (const { id } of nodes) if (!edges.some(({ to }) => to === id)) walk(id, 0);
  for (const { id } of nodes) walk(id, 0);
  const width = Math.ceil(Math.max(...nodes.flatMap(({ lines }) => lines.map((line) => line.length)), 1) * CHARACTER) + 2 * PAD, height = 3 * LINE + 2 * PAD;
  const far = edges.filter(({ from, to }) => column.get(to)! > column.get(from)! + 1), top = MARGIN + 22 * far.length;
  const rows = new Map<number, number>(), place = new Map<string, { readonly x: number; readonly y: number }>();
  for (const { id } of nodes) {
    const at = column.get(id)!, row = rows.get(at) ?? 0;
    rows.set(at, row + 1);
    place.set(id, { x: MARGIN + at * (width + GAP_X), y: top + row * (height + GAP_Y) });
  }
  const right = MARGIN * 2 + (Math.max(...column.values(), 0) + 1) * width + Math.max(...column.values(), 0) * GAP_X;
  const bottom = Math.max(...[...place.values()].map(({ y }) => y + height), 0), isBack = (from: string, to: string): boolean => column.get(to)! <= column.get(from)!;
  const backs = edges.filter(({ from, to }) => isBack(from, to)), text = (x: number, y: number, line: string, more = ''): string => `<text x="${x}" y="${y}"${more}>${escaped(line)}</text>`;
  const arrow = (d: string, x: number, y: number, label: string): string => `<path d="${d}" fill="none" stroke="#333" marker-end="url(#tip)"/>${text(x, y, label, ' text-anchor="middle"')}`;
  const arrows = edges.map(({ from, to, label }) => {
    const a = place.get(from)!, b = place.get(to)!;
    const high = far.findIndex((one) => one.from === from && one.to === to && one.label === label);
    if (high >= 0) {
      const above = top - 8 - 22 * high, [x, u] = [a.x + width / 2, b.x + width / 2 + 12];
      return arrow(`M${x} ${a.y} V${above} H${u} V${b.y}`, (x + u) / 2, above - 5, label);
    }
    if (!isBack(from, to)) {
      const [x, y, u, v] = [a.x + width, a.y + height / 2, b.x, b.y + height / 2], middle = (x + u) / 2;
      return arrow(`M${x} ${y} C${middle} ${y} ${middle} ${v} ${u} ${v}`, middle, (y + v) / 2 - 6, label);
    }
    const below = bottom + 24 + backs.findIndex((one) => one.from === from && one.to === to && one.label === label) * 22, [x, u] = [a.x + width / 2, b.x + width / 2 - 12];
    return arrow(`M${x} ${a.y + height} V${below} H${u} V${b.y + height}`, (x + u) / 2, below - 5, label);
  });
  const total = bottom + MARGIN + (backs.length > 0 ? 12 + backs.length * 22 : 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${right}" height="${total}" viewBox="0 0 ${right} ${total}" font-family="monospace" font-size="12">`,
    '<title>Who waits for whom</title>',
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#333"/></marker></defs>',
    `<rect width="${right}" height="${total}" fill="#fff"/>`,
    ...nodes.map(({ id, lines, kind }) => {
      const { x, y } = place.get(id)!;
      return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" fill="${fills[kind]}" stroke="#333"${kind === 'missing' ? ' stroke-dasharray="4"' : ''}/>${lines.map((line, i) => text(x + PAD, y + PAD + 12 + i * LINE, line, i === 0 ? ' font-weight="bold"' : '')).join('')}`;
    }),
    ...arrows, '</svg>', '',
  ].join('\n');
}
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
