//! racy-programs: small programs drawn at random whose units touch the same bytes, with tokens between them that may be wrong.
import { random } from '../model/verify/random.ts';

const declarations = `a = spm s8 [4] at 0x0   b = spm s8 [4] at 0x2   c = spm s8 [4] at 0x10   w = spm s32 [1] at 0x10
A = dram s8 [4] at 0x100   B = dram s8 [4] at 0x102   v = acc s32 [1] at 0x0   u = spm s32 [1] at 0x20`;
const data = '.data spm 0x0\n.s8 1, 2, 3, 4, 5, 6, 7, 8\n.data spm 0x10\n.s8 9, 10, 11, 12\n.data spm 0x20\n.s32 77\n.data dram 0x100\n.s8 21, 22, 23, 24, 25, 26, 27, 28\n.data acc 0x0\n.s32 5';
/** One of each unit, two of some. */
const kinds = ['load a, A', 'load c, B', 'fill b, 7', 'store A, a', 'store.add B, c', 'store A, b', 'binary.add a, a, c', 'binary.sub c, b, c', 'move b, a', 'ainit.zero v', 'drain u, v', 's1 = ld w', 'st u, s1', 's1 = s1 + 3'] as const;

/** The same with bytes that nothing has written: what decides something from them stops the run. */
const less = data.replace('.data spm 0x10\n.s8 9, 10, 11, 12\n', '');
/** `lines` instructions and a halt. Tokens: none, or of two semaphores, posted and taken at random. */
export function racyProgram(seed: number, lines: number): string {
  const next = random(seed), tokens = next() % 3;
  const token = (word: string): string => (tokens > 0 && next() % 3 === 0 ? ` ${word} m${1 + (next() % tokens)}` : '');
  const body = Array.from({ length: lines }, () => {
    const kind = kinds[next() % kinds.length]!;
    return kind.startsWith('s1 =') || kind.startsWith('st ') ? kind : `${kind}${token('wait')}${token('post')}`;
  });
  const credits = tokens > 0 && next() % 2 ? ['post m1, 1'] : [];
  return [declarations, ...credits, ...body, next() % 2 ? 'halt 0' : 'fence dmi vpu\ns2 = ld w\nhalt 0', seed % 5 === 4 ? less : data].join('\n');
}

/** `lines` posts and waits: heaps of tokens of two semaphores, single ones of two more, each posted by one unit and taken by another. The serial run gets through, if they fit. */
export function heapingProgram(seed: number, lines: number): string {
  const next = random(seed), pick = <Item>(items: readonly Item[]): Item => items[next() % items.length]!, units = ['seq', 'dmi', 'vpu', 'mxu'];
  const all = [20_000, 33_000, 65_000, 1, 1].map((many, i) => ({ name: `m${i + 1}`, many, from: pick(units), to: pick(units), left: 0 }));
  /** Behind an instruction of the unit, single tokens. */
  const head = (word: 'wait' | 'post', unit: string, other: string): string => {
    const one = all.find(({ name, many, from, to, left }) => many === 1 && name !== other && (word === 'post' ? from === unit : to === unit && left > 0));
    if (!one || next() % 2) return '';
    one.left += word === 'post' ? 1 : -1;
    return ` ${word} ${one.name}`;
  };
  return [...Array.from({ length: lines }, () => {
    const full = all.filter(({ left }) => left > 0), one = next() % 2 && full.length > 0 ? pick(full) : pick(all), word = one.left === 0 || next() % 3 === 0 ? 'post' : 'wait', unit = word === 'post' ? one.from : one.to;
    one.left += word === 'post' ? 1 : -1;
    return `${word} ${unit} ${one.name}, ${one.many}${head('wait', unit, one.name)}${head('post', unit, one.name)}`;
  }), 'halt 0'].join('\n');
}
