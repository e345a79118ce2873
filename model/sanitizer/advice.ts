//! advice: what to write so that a finding goes away: which semaphore, posted by whom, taken by whom.
import { byOpcode } from '../instructions/set.ts';
import { bitsOf, decodeHead, type Words } from '../isa/codec.ts';
import { operandPosition } from '../isa/instruction.ts';
import { SEMAPHORE_COUNT, UNIT_SEQ } from '../limits.ts';
import type { Clocks, Event } from './clocks.ts';
import { named, type ProgramText, type Site } from './finding.ts';

export class Advisor {
  /** Semaphores of which some advice says that a token shall be taken. */
  readonly suggested = new Set<number>();
  private readonly program: ProgramText;
  private readonly clocks: Clocks;
  private used: ReadonlySet<number> | undefined;
  constructor(program: ProgramText, clocks: Clocks) {
    this.program = program;
    this.clocks = clocks;
  }

  /** How to order two events: by tokens that are posted already and not taken, else by a semaphore that is free. */
  order(x: Event & { readonly site: Site }, y: Event & { readonly site: Site }, mayTake = true): string {
    const [first, second] = x.site.seq <= y.site.seq ? [x, y] : [y, x];
    if (first.site.pc < 0 || second.site.pc < 0) return '';
    if (second.unit === UNIT_SEQ) return `put \`fence ${first.site.unit}\` in front of ${named(second.site)}`;
    const semaphore = mayTake ? this.untaken(first, second) : undefined;
    if (semaphore !== undefined) {
      this.suggested.add(semaphore.number);
      return `${this.waitAt(second.site, semaphore.number)}: ${semaphore.isOwn ? named(first.site) : `${first.site.unit}, behind ${named(first.site)},`} posts m${semaphore.number}, and nobody takes that token`;
    }
    const number = this.free(), isBack = second.site.pc <= first.site.pc;
    const credit = isBack ? `; for the first time round, \`post m${number}, 1\` before, with a token for each buffer` : '';
    return `${this.postAt(first.site, number)}, ${this.waitAt(second.site, number)}${credit}`;
  }
  /** How to end a wait: the post that comes too late moved, or one made. */
  unblock(site: Site, semaphore: number, post: Site | undefined): string {
    return post ? `move ${named(post)} in front of ${named(site)}` : `post m${semaphore} on what ${named(site)} waits for, or do not wait`;
  }
  /** The lowest semaphore that the program does not mention. */
  free(): number {
    const used = this.used ??= new Set(this.program.words.flatMap((words) => {
      const { wait, post } = decodeHead(words), definition = byOpcode.get(words[0] & 255), m = definition?.fields['m'];
      return [wait, post, ...(m ? [bitsOf(words, m)] : [])];
    }));
    return Array.from({ length: SEMAPHORE_COUNT - 1 }, (_, i) => i + 1).find((m) => !used.has(m)) ?? 63;
  }
  /** Name of the operand at a position of an instruction. */
  operandAt(words: Words, position: number): string {
    const fields = Object.entries(byOpcode.get(words[0] & 255)?.fields ?? {});
    return fields.find(([, field]) => operandPosition(field) === position)?.[0] ?? '';
  }

  /** A semaphore with a token that the first unit posted when the event was over, and that the second may take. */
  private untaken(first: Event, second: Event & { readonly site: Site }): { readonly number: number; readonly isOwn: boolean } | undefined {
    const fits = this.clocks.used().flatMap((number) => {
      const taker = this.clocks.lastTaker(number), tokens = this.clocks.left(number).find(({ unit, clock }) => unit === first.unit && clock[unit]! > first.index);
      return tokens && (!taker || taker.unit === second.unit) ? [{ number, index: tokens.index }] : [];
    }).sort((a, b) => a.index - b.index);
    return fits[0] && { number: fits[0].number, isOwn: fits[0].index === first.index };
  }
  private postAt({ pc, unit, ...site }: Site, semaphore: number): string {
    const head = decodeHead(this.program.words[pc]!);
    return head.post === 0 ? `post m${semaphore} on ${named({ pc, unit, ...site })}` : `\`post ${unit} m${semaphore}, 1\` behind ${named({ pc, unit, ...site })}`;
  }
  private waitAt({ pc, unit, ...site }: Site, semaphore: number): string {
    const head = decodeHead(this.program.words[pc]!);
    return head.wait === 0 ? `wait m${semaphore} on ${named({ pc, unit, ...site })}` : `\`wait ${unit} m${semaphore}, 1\` in front of ${named({ pc, unit, ...site })}`;
  }
}
