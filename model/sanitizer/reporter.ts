//! reporter: the findings of one run: each told once, with its places in program order, its bytes and what to write.
import type { RetiredCursor } from '../cursor.ts';
import { SEMAPHORE_MAX, spaceNames, TRAP_BOUNDS_ACC, TRAP_BOUNDS_DRAM, TRAP_OVERLAP, TRAP_PROTECTION, TRAP_STRIDE, trapName, unitNames } from '../limits.ts';
import type { Clocks, Dispute, Event, Late, Overflow, Untaken } from './clocks.ts';
import { type Bytes, type Finding, type FindingKind, named, type Part, type ProgramText, type Site, siteOf } from './finding.ts';
import { Footprint } from './footprint.ts';
import type { History, Past } from './history.ts';
import { Advisor } from './advice.ts';
import { HEAD_BYTES, operandLayout } from '../retirement.ts';

/** An event that touched bytes; the operand's name where it is known. */
export interface Access extends Event { readonly isWrite: boolean; readonly operand: string }
/** An operand that was read; `byte`: the first one that nothing has written. */
export interface Operand { readonly name: string; readonly descriptor: number; readonly space: number; readonly byte?: number }
interface Interval { readonly space: number; readonly low: number; readonly high: number }
type New = Omit<Finding, 'count' | 'severity'> & { readonly severity?: Finding['severity'] };

/** An instruction that is forgotten. */
const LONG_AGO = { pc: -1, seq: -1 };

/** Kinds of places in a loop that are told apart: beyond that only the first ones count. */
const FINDINGS_MAX = 200;

export class Reporter {
  readonly advisor: Advisor;
  /** What is told, and how often it was found. */
  private readonly found = new Map<string, { readonly made: Omit<Finding, 'count'>; count: number }>();
  private readonly program: ProgramText;
  private readonly kinds: ReadonlySet<FindingKind>;
  private readonly clocks: Clocks;
  private readonly history: History;

  constructor(program: ProgramText, kinds: readonly FindingKind[], clocks: Clocks, history: History) {
    this.program = program;
    this.kinds = new Set(kinds);
    this.clocks = clocks;
    this.history = history;
    this.advisor = new Advisor(program);
  }
  /** In the order in which they were found. */
  get findings(): readonly Finding[] { return Array.from(this.found.values(), ({ made, count }) => ({ ...made, count })); }

  /**
   * Two accesses that nothing orders, the second one now in hand. Where both change a float and that kind is looked for, it is told as such.
   * Gives tokens that would have ordered them.
   */
  race(x: Access, y: Access, interval: Interval, isFloat: boolean): Untaken | undefined {
    const kind = isFloat && this.kinds.has('float-order') ? 'float-order' : 'race', seq = this.past(y).seq, [a, b] = this.inProgramOrder(x, y);
    const untaken = this.past(x).seq < seq ? this.clocks.untaken(x, y.unit, seq) : undefined;
    const what = kind === 'race' ? 'nothing orders them' : 'nothing orders them, so the last bits of the sum are undefined';
    this.add(`${kind} ${this.past(a).pc} ${this.past(b).pc}`, () => {
      const [first, second] = [this.accessing(a), this.accessing(b)], bytes = bytesOf(interval);
      return {
        ...first, kind, other: second, bytes, ...this.operandOf(x, y),
        text: `${first.unit} ${first.does} ${bytesText(bytes)}, ${second.unit} ${second.does} it, and ${what}`,
        suggestion: this.advisor.order({ ...a, site: this.site(a) }, { ...b, site: this.site(b) }, untaken),
      };
    });
    return untaken;
  }
  /** Two updates of a float that semaphores keep apart, in either order. */
  eitherOrder(x: Access, y: Access, interval: Interval): void {
    const [a, b] = this.inProgramOrder(x, y);
    this.add(`float-order ${this.past(a).pc} ${this.past(b).pc}`, () => {
      const [first, second] = [this.accessing(a), this.accessing(b)], bytes = bytesOf(interval);
      return {
        ...first, kind: 'float-order', other: second, bytes, ...this.operandOf(x, y),
        text: `${first.unit} and ${second.unit} accumulate into ${bytesText(bytes)} one at a time, in either order, so the last bits of the sum are undefined`,
        suggestion: this.advisor.order({ ...a, site: this.site(a) }, { ...b, site: this.site(b) }),
      };
    });
  }
  uninitialised(unit: number, index: number, operand: Operand | undefined, slot: number | undefined): void {
    const site = this.site({ unit, index });
    if (operand) { this.undefined(site, operand); return; }
    this.add(`uninitialised ${site.pc} slot`, () => ({
      ...site, kind: 'uninitialised', does: `multiplies by slot ${slot}`, text: `the result depends on slot ${slot}, and a part of what it was loaded from was never written`,
      suggestion: `load or fill what slot ${slot} is loaded from first`,
    }));
  }
  undefined(site: Site, { name, descriptor, space, byte }: Operand): void {
    this.add(`uninitialised ${site.pc} ${name}`, () => {
      const bytes = byte === undefined ? undefined : bytesOf({ space, low: byte, high: byte + 1 });
      return {
        ...site, kind: 'uninitialised', does: `reads ${name}`, operand: name, ...(bytes ? { bytes } : {}),
        text: `the result depends on ${this.operandText(name, descriptor)}, of which ${bytes ? bytesText(bytes) : 'a part'} was never written`,
        suggestion: 'load or fill it first, or let dims and offset end where the data do',
      };
    });
  }
  /** A wait that the serial run would never get over, in a run that did something else first. */
  late(late: Late, unit: number, index: number): void {
    this.deadlock(this.site({ unit, index }), late.semaphore, this.part(late, `posts m${late.semaphore}`));
  }
  /** `other`: the next post to the semaphore, in a circle one that waits too; `partner`: what touched the bytes of the waiting instruction last, and is not known to be over. */
  deadlock(site: Site, semaphore: number, other: Part | undefined, { partner, isCircle = false }: { readonly partner?: Access | undefined; readonly isCircle?: boolean } = {}): void {
    const wait = `the serial run blocks: ${site.unit} waits for m${semaphore}, and`;
    this.add(`deadlock ${site.pc} m${semaphore}`, () => ({
      ...site, kind: 'deadlock', does: `waits for m${semaphore}`, ...(other ? { other } : {}),
      text: !other ? `${wait} nothing posts it` : isCircle ? `${wait} what posts it is itself waiting` : other.pc > site.pc ? `${wait} what posts it comes later in program order` : `${wait} its tokens are used up`,
      suggestion: isCircle ? `break the circle: remove one of its waits, or post m${semaphore} earlier` : this.advisor.unblock(site, semaphore, other && other.pc > site.pc ? other : undefined, partner && { site: this.site(partner), isWrite: partner.isWrite }),
    }));
  }
  disputed(dispute: Dispute, unit: number, index: number): void { this.disputedBy(dispute, this.site({ unit, index })); }
  /** A wait that is not over, at the end of a run that blocks. */
  disputedWait(semaphore: number, unit: number, site: Site): void {
    const before = this.clocks.lastTaker(semaphore);
    if (before && before.unit !== unit && !this.clocks.isOver(before, unit)) this.disputedBy({ semaphore, before, isPost: false }, { ...site, unit: unitNames[unit] ?? '' });
  }
  private disputedBy({ semaphore, before, isPost }: Dispute, site: Site): void {
    const does = `${isPost ? 'posts' : 'takes'} m${semaphore}`, sites = [this.part(before, does), { ...site, does }].sort((a, b) => a.seq - b.seq), [first, second] = sites as [Part, Part];
    this.add(`semaphore-order ${first.pc} ${second.pc} m${semaphore} ${isPost}`, () => ({
      ...first, kind: 'semaphore-order', other: second,
      text: `${first.unit} and ${second.unit} both ${isPost ? `post m${semaphore}` : `take tokens of m${semaphore}`}, in either order, so which ${isPost ? 'token' : 'of them'} comes first is undefined`,
      suggestion: `give ${named(second)} a semaphore of its own, such as m${this.advisor.free()}`,
    }));
  }
  /** A post that may come before what makes room for its tokens. */
  overflow({ semaphore, most, taker }: Overflow, unit: number, index: number): void {
    this.add(`overflow ${this.past({ unit, index }).pc} m${semaphore}`, () => {
      const site = this.site({ unit, index });
      return {
        ...site, kind: 'overflow', does: `posts m${semaphore}`,
        text: `m${semaphore} may then hold ${most} tokens, and at most ${SEMAPHORE_MAX} fit${taker ? `: nothing orders it after ${named(this.site(taker))}, which makes room` : ''}`,
        suggestion: taker ? this.advisor.order({ ...taker, site: this.site(taker) }, { unit, index, site }) : `post fewer, or take some of m${semaphore} first`,
      };
    });
  }
  /** Traps that say what these kinds are about; of other traps the report of the run tells. */
  trapped(record: RetiredCursor): void {
    const { trap, auxiliary, pc, unit } = record, isBounds = (trap >= TRAP_BOUNDS_DRAM && trap <= TRAP_BOUNDS_ACC) || trap === TRAP_PROTECTION;
    if (!isBounds && trap !== TRAP_OVERLAP && trap !== TRAP_STRIDE) return;
    const kind = isBounds ? 'bounds' : 'alias', operand = record.operand(auxiliary), footprint = new Footprint();
    if (!operand || !footprint.open(record.view, record.at + HEAD_BYTES + auxiliary * operandLayout.size)) return;
    let { low, high } = footprint;
    while (footprint.next()) { low = Math.min(low, footprint.low); high = Math.max(high, footprint.high); }
    const bytes = bytesOf({ space: operand.space, low, high }), site = siteOf(this.program, unit, pc, record.seqNumber, record.words), name = this.advisor.operandAt(record.words, auxiliary), at = hex(Number(record.address));
    const what = this.operandText(name, operand.t), [text, suggestion] = trap === TRAP_PROTECTION ? [`${what} covers ${bytesText(bytes)}, and ${at} must not be accessed this way: the image or a protected region`, 'move the tensor, or the image (imageBase)']
      : isBounds ? [`${what} covers ${bytesText(bytes)}, ${low < 0 ? `before ${bytes.space} begins` : `beyond ${bytes.space} from ${at} on`}`, low < 0 ? 'raise its base or offset' : 'shorten its dims, or lower its base or offset']
      : trap === TRAP_OVERLAP ? [`${what} covers ${bytesText(bytes)}, and another operand begins inside it at ${at}`, 'keep both apart, or give both the same base, dims and strides']
      : [`elements of ${what} share bytes of ${bytesText(bytes)}`, 'make each stride exceed the reach of all smaller ones'];
    this.add(`${kind} ${pc}`, () => ({ ...site, unit: unitNames[unit] ?? '', kind, does: `traps ${trapName(trap)}`, operand: name, bytes, text, suggestion }));
  }
  /** Tokens that are there when all is over, unless a finding has already said who should have taken them. */
  leftovers(): void {
    for (const semaphore of this.clocks.used()) {
      const left = this.clocks.left(semaphore), many = left.reduce((sum, tokens) => sum + tokens.left, 0), last = left.at(-1);
      if (!last || this.advisor.suggested.has(semaphore)) continue;
      const poster = this.part(last, `posts m${semaphore}`), taker = this.clocks.lastTaker(semaphore);
      this.add(`leftover m${semaphore}`, () => ({
        ...poster, kind: 'leftover', severity: 'warning', text: `m${semaphore} holds ${many} token${many === 1 ? '' : 's'} at the end, the last of ${poster.unit}: what runs next would start too early`,
        suggestion: `take ${many === 1 ? 'it' : 'them'} before halt: \`wait ${taker && taker.unit !== 0 ? `${unitNames[taker.unit]} ` : ''}m${semaphore}, ${many}\``,
      }));
    }
  }

  private add(key: string, make: () => New): void {
    const old = this.found.get(key);
    if (old) { old.count++; return; }
    if (this.found.size >= FINDINGS_MAX) return;
    const made = make();
    if (this.kinds.has(made.kind)) this.found.set(key, { made: { severity: 'error', ...made }, count: 1 });
  }
  /** Told again and again, a finding is only counted: its places are made into words once. */
  private past({ unit, index }: Event): Pick<Past, 'pc' | 'seq'> { return this.history.of(unit, index) ?? LONG_AGO; }
  private site(event: Event): Site {
    const { pc, seq } = this.past(event);
    return siteOf(this.program, event.unit, pc, seq);
  }
  private part(event: Event, does: string): Part { return { ...this.site(event), does }; }
  private accessing(one: Access): Part { return this.part(one, one.isWrite ? 'writes' : 'reads'); }
  private inProgramOrder(x: Access, y: Access): readonly [Access, Access] { return this.past(x).seq <= this.past(y).seq ? [x, y] : [y, x]; }
  private operandOf(x: Access, y: Access): { readonly operand?: string } {
    const operand = y.operand || x.operand;
    return operand ? { operand } : {};
  }
  /** `acc = t11 (C)`, or `w = t9` where the text gives no name, or the same name. */
  private operandText(name: string, descriptor: number): string {
    const given = this.program.nameOf?.(descriptor);
    return `${name} = t${descriptor}${given !== undefined && given !== name ? ` (${given})` : ''}`;
  }
}

const hex = (address: number): string => `${address < 0 ? '-' : ''}0x${Math.abs(address).toString(16)}`;
const bytesOf = ({ space, low, high }: Interval): Bytes => ({ space: spaceNames[space] ?? 'counters', low, high });
/** `spm:0x800..0x8ff`, both ends included. */
export const bytesText = ({ space, low, high }: Bytes): string => space === 'counters' ? `the counters of ${unitNames[low]}` : `${space}:${hex(low)}${high - low > 1 ? `..${hex(high - 1)}` : ''}`;
