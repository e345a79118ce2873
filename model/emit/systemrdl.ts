//! systemrdl: the host's window as a SystemRDL 2.0 address map.
import { type Register, type RegisterField, registers, WINDOW } from '../machine/csr.ts';

/** Registers that repeat beside one another are members of one register file, so that no array lies between the elements of another. */
export const systemRdlText = (): string => [
  '// Made by model/emit/systemrdl.ts from model/machine/csr.ts; never edited (npm run emit).',
  '// Written by the grammar of SystemRDL 2.0 and read by a parser of the tests; no compiler of the language was at hand.',
  '// Registers whose value at power-on the profile says have no reset. A field `none_LOW` has no meaning and keeps what is written.',
  '', 'property systole_locked { component = reg; type = boolean; };', 'property systole_stopped { component = reg; type = boolean; };', '',
  'addrmap systole {', '  name = "systole";', `  desc = ${quoted('The host\'s window: 32-bit registers. What may not be read gives 0, what may not be written has no effect; both set HOSTERR. systole_locked: writable only while IDLE. systole_stopped: readable only in IDLE, BREAK and FAULT.')};`,
  '  default regwidth = 32;', '  default accesswidth = 32;', '  littleendian;', '  lsb0;', '',
  ...groups().flatMap((group) => (group.length > 1 ? file(group) : group[0]!.offset === WINDOW ? memory(group[0]!) : placed(group[0]!, '  ', group[0]!.name, 0))), '};', '',
].join('\n');

/** Runs of registers with the same repeat that share a step. */
function groups(): readonly (readonly Register[])[] {
  const found: Register[][] = [];
  for (const register of registers) {
    const group = found.at(-1), first = group?.[0];
    const beside = first?.repeat && register.repeat?.join() === first.repeat.join() && register.offset - first.offset < first.repeat[1];
    if (beside) group!.push(register);
    else found.push([register]);
  }
  return found;
}

function file(group: readonly Register[]): string[] {
  const [{ name, offset, repeat }] = group as [Register, ...Register[]], prefix = name.slice(0, name.lastIndexOf('_'));
  return [
    '  regfile {', ...group.flatMap((register) => placed({ ...register, repeat: undefined }, '    ', register.name.slice(prefix.length + 1), offset)),
    `  } ${prefix}[${repeat![0]}] @${hex(offset)} += ${hex(repeat![1])};`, '',
  ];
}
const memory = ({ name, offset, repeat, says }: Register): string[] => [
  '  external mem {', `    desc = ${quoted(`${says}; readable and writable only in IDLE, BREAK and FAULT`)};`, `    mementries = ${repeat![0]};`, '    memwidth = 32;', '    sw = rw;', `  } ${name} @${hex(offset)};`, '',
];

function placed(register: Omit<Register, 'repeat'> & { readonly repeat?: Register['repeat'] | undefined }, indent: string, name: string, base: number): string[] {
  const { offset, repeat, says, locked, stopped } = register;
  return [
    `${indent}reg {`, `${indent}  desc = ${quoted(says)};`,
    ...(locked ? [`${indent}  systole_locked = true;`] : []), ...(stopped ? [`${indent}  systole_stopped = true;`] : []),
    ...fieldsOf(register as Register).map((f) => `${indent}  field {${f.says ? ` desc = ${quoted(f.says)};` : ''} ${access(register as Register)} } ${f.name}[${f.low + f.width - 1}:${f.low}]${resetOf(register as Register, f)};`),
    `${indent}} ${name}${repeat ? `[${repeat[0]}]` : ''} @${hex(offset - base)}${repeat ? ` += ${hex(repeat[1])}` : ''};`, '',
  ];
}

/** The fields of a register, and where software writes freely the bits between them. */
function fieldsOf({ fields, access: of }: Register): readonly RegisterField[] {
  if (!fields) return [{ name: 'value', low: 0, width: 32, says: '' }];
  const all: RegisterField[] = [];
  let next = 0;
  const gap = (to: number): void => { if (to > next && of === 'rw') all.push({ name: `none_${next}`, low: next, width: to - next, says: '' }); };
  for (const field of [...fields].sort((a, b) => a.low - b.low)) {
    gap(field.low);
    all.push(field);
    next = field.low + field.width;
  }
  gap(32);
  return all;
}
/** What hardware may do: it makes what software only reads, and sets what software clears. */
function access({ access: of }: Register): string {
  switch (of) {
    case 'ro': return 'sw = r; hw = w;';
    case 'rw': return 'sw = rw; hw = r;';
    case 'wo': return 'sw = w; hw = r;';
    case 'w1c': return 'sw = rw; hw = w; onwrite = woclr;';
  }
}
function resetOf({ access: of, reset = 0 }: Register, { low, width }: RegisterField): string {
  return of === 'wo' || typeof reset !== 'number' ? '' : ` = ${hex(Math.floor(reset / 2 ** low) % 2 ** width)}`;
}
const hex = (value: number): string => `0x${value.toString(16)}`;
const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
