//! advice: what to write so that a finding goes away: which semaphore, posted by whom, taken by whom.
import { byOpcode } from '../instructions/set.ts';
import { bitsOf, decodeHead, type Words } from '../isa/codec.ts';
import { operandPosition } from '../isa/instruction.ts';
import { SEMAPHORE_COUNT, UNIT_SEQ } from '../limits.ts';
import type { Event, Untaken } from './clocks.ts';
import { named, type ProgramText, type Site } from './finding.ts';

export class Advisor {
  /** Semaphores of which some advice says that a token shall be taken. */
  readonly suggested = new Set<number>();
  private readonly program: ProgramText;
  private used: ReadonlySet<number> | undefined;
  constructor(program: ProgramText) { this.program = program; }

  /** How to order two events: by tokens that are posted already and not taken, else by a semaphore that is free. */
  order(first: Event & { readonly site: Site }, second: Event & { readonly site: Site }, untaken?: Untaken): string {
    if (first.site.pc < 0 || second.site.pc < 0) return '';
    if (second.unit === UNIT_SEQ) return `put \`fence ${first.site.unit}\` before ${named(second.site)}`;
    if (untaken) {
      const { semaphore, tokens } = untaken, poster = tokens.index === first.index ? named(first.site) : `${first.site.unit}, after ${named(first.site)},`;
      this.suggested.add(semaphore);
      return `${this.waitAt(second.site, semaphore)}: ${poster} posts m${semaphore}, and no wait takes that token`;
    }
    const number = this.free(), isBack = second.site.pc <= first.site.pc;
    const credit = isBack ? `; before the first iteration, \`post m${number}, 1\`, one token for each buffer` : '';
    return `${this.postAt(first.site, number)}, ${this.waitAt(second.site, number)}${credit}`;
  }
  /** How to end a wait: the post made that its bytes call for, or the one that comes too late moved. */
  unblock(site: Site, semaphore: number, post: Site | undefined, partner: { readonly site: Site; readonly isWrite: boolean } | undefined): string {
    if (partner) return `${this.postAt(partner.site, semaphore)}, which ${partner.isWrite ? 'writes what it reads' : 'reads what it writes'}`;
    if (!post) return `post m${semaphore} on what ${named(site)} waits for, or do not wait`;
    return `move ${named(post)} before it; if m${semaphore} counts free buffers, \`post m${semaphore}, 1\` first, one token for each`;
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

  private postAt({ pc, unit, ...site }: Site, semaphore: number): string {
    const head = decodeHead(this.program.words[pc]!);
    return head.post === 0 ? `post m${semaphore} on ${named({ pc, unit, ...site })}` : `\`post ${unit} m${semaphore}, 1\` after ${named({ pc, unit, ...site })}`;
  }
  private waitAt({ pc, unit, ...site }: Site, semaphore: number): string {
    const head = decodeHead(this.program.words[pc]!);
    return head.wait === 0 ? `wait m${semaphore} on ${named({ pc, unit, ...site })}` : `\`wait ${unit} m${semaphore}, 1\` before ${named({ pc, unit, ...site })}`;
  }
}
