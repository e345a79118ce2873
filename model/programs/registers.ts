//! registers: which tensor descriptors and numeric modes a program's registers hold, and the lines that set them.
import type { Rejected } from '../failure.ts';
import { TENSOR_COUNT } from '../limits.ts';
import type { View } from './view.ts';
import { rowMajor, widthOf } from './view.ts';

/** Fields of a numeric mode; absent ones are 0. `clamp` is [lowest, highest]. */
export interface Mode {
  readonly round?: 'rne' | 'rz' | 'rd' | 'ru' | 'rna' | 'rhu' | 'odd' | undefined;
  readonly round2?: 'rne' | 'rz' | 'rd' | 'ru' | 'rna' | 'rhu' | 'odd' | undefined;
  readonly scale?: 'none' | 'fixed' | 'gemmlowp' | 'tosa' | 'fp32mul' | 'fp32div' | undefined;
  readonly isat?: boolean | undefined;
  readonly fsat?: boolean | undefined;
  readonly order?: 'sequential' | 'pairs' | 'lanes' | 'exact' | undefined;
  readonly zpa?: number | undefined;
  readonly zpb?: number | undefined;
  readonly zpo?: number | undefined;
  readonly clamp?: readonly [number, number] | undefined;
  /** Number of a dot kernel. */
  readonly dot?: number | undefined;
  /** How special functions are computed. */
  readonly level?: 'exact' | 'lut' | undefined;
}

/** Descriptor registers by label. */
export interface Descriptors {
  /** The operand's text; the line that sets its register comes first where it does not hold the tensor, or one of its shape nearby. */
  operand(view: View): string;
  /** The same for a fourth operand, which takes no offset. */
  bare(view: View): string;
  /** What the registers hold is not known: a loop begins or ends here. */
  forget(): void;
  /** The lines that name the registers. */
  header(): string[];
}

export function descriptors(say: (text: string) => void, unfit: (message: string) => Rejected): Descriptors {
  const held = new Map<string, Held>(), named: string[] = [];
  /** A register for a new label: a fresh one, or that of the label not used for longest. */
  const register = (label: string): string => {
    let found = `t${held.size + 1}`;
    if (held.size + 1 >= TENSOR_COUNT) {
      const [oldest, { register: taken }] = [...held].reduce((least, entry) => (entry[1].used < least[1].used ? entry : least));
      held.delete(oldest);
      found = taken;
    }
    const line = `name ${label} = ${found}`;
    if (!named.includes(line)) named.push(line);
    return found;
  };
  let uses = 0;
  /** Elements from the held base to the view. */
  const offset = (view: View, reachable: boolean): number => {
    const width = widthOf(view.dtype), base = Math.floor(view.bit / 8) * 8, known = held.get(view.label);
    const shape = literal({ ...view, bit: 0 });
    const far = known?.shape === shape ? (view.bit - known.bit) / width : Number.NaN;
    if (known) known.used = uses++;
    if (Number.isInteger(far) && (reachable ? far >= -4096 && far <= 4095 : far === 0)) return far;
    const entry = { register: known?.register ?? register(view.label), shape, bit: base, used: uses++ };
    say(known?.shape === shape ? `${view.label}.base = ${hex(base / 8)}` : `${view.label} = ${literal(view)}`);
    held.set(view.label, entry);
    return (view.bit - base) / width;
  };
  return {
    operand(view) {
      const far = offset(view, true), sign = far < 0 ? '-' : '+';
      const inner = view.register && far ? `${view.register} ${sign} ${Math.abs(far)}` : view.register ?? (far || '');
      return inner === '' ? view.label : `${view.label}[${inner}]`;
    },
    bare(view) {
      if (offset(view, false) !== 0 || view.register) throw unfit(`${view.label} takes no offset as a fourth operand`);
      return view.label;
    },
    forget() { for (const entry of held.values()) entry.shape = ''; },
    header: () => named,
  };
}

interface Held { readonly register: string; shape: string; readonly bit: number; used: number }

const hex = (value: number): string => `0x${value.toString(16)}`;

/** A descriptor as the language writes it. */
function literal({ space, dtype, dims, strides, bit, pads }: View): string {
  const list = (values: readonly number[]): string => `[${values.join(',')}]`;
  const walk = list(strides) === list(rowMajor(dims)) ? '' : ` stride ${list(strides)}`;
  const side = (word: string, widths: readonly number[] = []): string => (widths.some((n) => n > 0) ? ` ${word} ${list(widths)}` : '');
  return `${space} ${dtype} ${list(dims)} at ${hex(Math.floor(bit / 8))}${walk}`
    + `${side('lo', pads?.low)}${side('hi', pads?.high)}${pads ? ` fill ${hex(pads.fill)}` : ''}`;
}

/** Modes n1 to n3, the one not used for longest reused; n0 stays 0 for all that name none. */
export interface ModeBook { use(mode: Mode): string; forget(): void }

export function modeBook(say: (text: string) => void): ModeBook {
  let known: { readonly name: string; text: string }[] = ['n1', 'n2', 'n3'].map((name) => ({ name, text: '' }));
  return {
    use(mode) {
      const text = modeText(mode), found = known.find((entry) => entry.text === text) ?? known.at(-1)!;
      if (found.text !== text) say(`${found.name} = ${text}`);
      found.text = text;
      known = [found, ...known.filter((entry) => entry !== found)];
      return found.name;
    },
    forget() { for (const entry of known) entry.text = ''; },
  };
}

/** At least one field of each of the first four words, so that all of them are written whole. */
function modeText(
  { round = 'rne', round2, scale = 'none', isat = true, fsat, order = 'sequential', zpa = 0, zpb = 0, zpo = 0, clamp, dot, level }: Mode,
): string {
  const second = round2 && round2 !== 'rne' ? `, round2: ${round2}` : '', limits = clamp ? `, clamp: [${clamp.join(', ')}]` : '';
  const flags = `${isat ? ' isat,' : ''}${fsat ? ' fsat,' : ''}${order === 'sequential' ? '' : ` order: ${order},`}`, kernel = `${dot ? `, dot: ${dot}` : ''}${level === 'lut' ? ', level: lut' : ''}`;
  return `{ round: ${round},${flags} scale: ${scale}${second}, zpa: ${zpa}, zpb: ${zpb}, zpo: ${zpo}${limits}${kernel} }`;
}
