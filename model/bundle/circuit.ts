//! circuit: a circuit of modules, and what a fault that an input chooses changes in it, in the format AIGER.

/** Gates and registers, all of which are 0 at first. A literal is twice a variable, plus 1 where it is inverted; variable 0 is false. */
export interface Circuit {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly registers: readonly { readonly literal: number; readonly next: number }[];
  /** What is granted in every clock. */
  readonly assumptions: readonly number[];
  /** Reads of memories that are cut: a byte of `data` comes in the clock after that in which `row` was asked for. */
  readonly reads: readonly Read[];
  /** A variable's literal, and the two of which it is the conjunction; each behind those that it needs. */
  readonly gates: readonly Gate[];
}
interface Read { readonly row: readonly number[]; readonly data: readonly number[] }
interface Port { readonly name: string; readonly literal: number }
type Gate = readonly [number, number, number];

/** Reads what `write_aiger -ascii -symbols -zinit` of yosys writes. */
export function readCircuit(text: string): Circuit {
  const lines = text.split('\n'), head = lines[0]!.split(' ');
  if (head[0] !== 'aag') throw new Error(`a circuit begins with aag, not with ${head[0]}`);
  const [inputCount, registerCount, outputCount, gateCount, badCount = 0, assumptionCount = 0] = head.slice(2).map(Number) as [number, number, number, number, number?, number?];
  let at = 1;
  const rows = (count: number): number[][] => lines.slice(at, at += count).map((line) => line.split(' ').map(Number));
  const inputs = rows(inputCount), registers = rows(registerCount), outputs = rows(outputCount), bad = rows(badCount), assumptions = rows(assumptionCount), gates = rows(gateCount);
  if (bad.length > 0 || registers.some((row) => row[2])) throw new Error('a circuit to be made faulty has no properties, and registers that are 0 at first');
  const names = new Map<string, string>();
  for (; at < lines.length && lines[at] !== 'c'; at++) names.set(lines[at]!.slice(0, lines[at]!.indexOf(' ')), lines[at]!.slice(lines[at]!.indexOf(' ') + 1));
  const ports = (kind: string, of: readonly number[][]): readonly Port[] => of.map(([literal], i) => ({ name: names.get(`${kind}${i}`) ?? '', literal: literal! }));
  return {
    inputs: ports('i', inputs), outputs: ports('o', outputs), registers: registers.map(([literal, next]) => ({ literal: literal!, next: next! })),
    assumptions: assumptions.map(([literal]) => literal!), reads: [], gates: gates as unknown as readonly Gate[],
  };
}

/** A module of a netlist, cut from its instances: `INSTANCE.PORT` is an output for what goes into one, an input for what comes out of it. */
export interface Module { readonly circuit: Circuit; readonly instances: ReadonlyMap<string, string> }

/**
 * A module with its parts, as far as `isDissolved`: instances of others stay cut. A cut part with the ports `write`, `write_row`, `write_data`,
 * `read_rows` and `read_data` is a memory of bytes: where and what it writes counts only while it does, what it reads is told by `reads`.
 */
export function linked(modules: ReadonlyMap<string, Module>, top: string, isDissolved: (module: string) => boolean): Circuit {
  const inputs: Port[] = [], outputs: Port[] = [], registers: { literal: number; next: number }[] = [], assumptions: number[] = [], reads: Read[] = [], gates: Gate[] = [];
  let variables = 0;
  const variable = (): number => 2 * ++variables;
  interface Place { readonly value: (literal: number) => number; readonly output: (port: string) => number | undefined; readonly ends: () => void }
  // Gates of a place come to be when they are asked for, since ways lead through parts and back.
  const place = (name: string, prefix: string, driver: (port: string) => number | undefined): Place => {
    const { circuit, instances } = modules.get(name)!, known = new Map<number, number>([[0, 0]]), made = new Map(circuit.gates.map((gate) => [gate[0], gate])), drivers = new Map(circuit.outputs.map((port) => [port.name, port.literal]));
    const names = new Map(circuit.inputs.map((port) => [port.literal, port.name])), parts = new Map<string, Place>();
    const isPort = (port: string): boolean => !instances.has(port.slice(0, Math.max(0, port.lastIndexOf('.'))));
    const output = (port: string): number | undefined => (drivers.has(port) ? value(drivers.get(port)!) : undefined);
    const input = (port: string): number => {
      const dot = port.lastIndexOf('.'), found = isPort(port) ? driver(port) : parts.get(port.slice(0, dot))?.output(port.slice(dot + 1));
      if (found !== undefined) return found;
      const free = variable();
      inputs.push({ name: prefix + port, literal: free });
      return free;
    };
    const value = (literal: number): number => {
      const of = literal & ~1;
      let found = known.get(of);
      if (found === undefined) {
        const gate = made.get(of);
        if (gate === undefined) found = input(names.get(of)!);
        else {
          const [a, b] = [value(gate[1]), value(gate[2])];
          found = variable();
          gates.push([found, a, b]);
        }
        known.set(of, found);
      }
      return found ^ (literal & 1);
    };
    for (const { literal } of circuit.registers) known.set(literal, variable());
    for (const [instance, module] of instances) if (isDissolved(module)) parts.set(instance, place(module, `${prefix}${instance}.`, (port) => output(`${instance}.${port}`)));
    const bits = (port: string): readonly number[] => Array.from({ length: circuit.outputs.length }, (_, i) => output(`${port}[${i}]`)).filter((literal) => literal !== undefined);
    const cut = (part: string, port: string, literal: number): void => {
      const write = output(`${part}.write`);
      if (write === undefined) outputs.push({ name: prefix + port, literal: value(literal) });
      else if (port === `${part}.write`) {
        outputs.push({ name: prefix + port, literal: write });
        const rows = bits(`${part}.read_rows`), rowBits = bits(`${part}.write_row`).length;
        for (let i = 0; i * rowBits < rows.length; i++) reads.push({ row: rows.slice(i * rowBits, (i + 1) * rowBits), data: Array.from({ length: 8 }, (_, k) => circuit.inputs.find(({ name: of }) => of === `${part}.read_data[${8 * i + k}]`)).flatMap((of) => (of ? [value(of.literal)] : [])) });
      } else if (!port.startsWith(`${part}.read_rows[`)) {
        const written = variable();
        gates.push([written, write, value(literal)]);
        outputs.push({ name: prefix + port, literal: written });
      }
    };
    const ends = (): void => {
      for (const { literal, next } of circuit.registers) registers.push({ literal: value(literal), next: value(next) });
      for (const literal of circuit.assumptions) assumptions.push(value(literal));
      for (const { name: port, literal } of circuit.outputs) {
        const part = port.slice(0, port.lastIndexOf('.'));
        if (!isPort(port) && !parts.has(part)) cut(part, port, literal);
        else if (isPort(port) && prefix === '') outputs.push({ name: port, literal: value(literal) });
      }
      for (const part of parts.values()) part.ends();
    };
    return { value, output, ends };
  };
  place(top, '', () => undefined).ends();
  return { inputs, outputs, registers, assumptions, reads, gates };
}

/**
 * In the binary form of AIGER a circuit whose output tells that an output of `circuit` is another one where the input `selector` is `fault`
 * than where it is 0, under the assumptions of the latter; undefined where that is sure not to be.
 *
 * Both are in it, but what is the same to both only once: inputs, gates, and registers. A register is the same in every clock, since it is 0 in
 * the first, where it cannot take another value while all such registers are the same; which those are is found by leaving out those that can.
 * A memory is written the same as long as no output differs; then it reads the same where the same row is asked for, and anything elsewhere.
 * `zeros` are registers that are 0 in every clock without the fault.
 */
export async function difference(circuit: Circuit, selector: string, fault: number, zeros: readonly boolean[], areNever: Oracle): Promise<Uint8Array | undefined> {
  let same: Same = { registers: circuit.registers.map(() => true), reads: circuit.reads.map(() => true) };
  for (;;) {
    const pair = paired(circuit, selector, fault, same, zeros), { registers, reads } = pair.changes, questions = [...registers, ...reads, pair.differs], asked = questions.filter((literal) => literal > 0);
    const never = asked.length === 0 ? [] : await areNever(binary([...pair.inputs, ...pair.registers.map(([of]) => of)], [], asked.map(pair.granted), [], pair.gates));
    let next = 0;
    const is = questions.map((literal) => literal === 0 || never[next++] === true), stays = { registers: same.registers.map((so, i) => so && is[i]!), reads: same.reads.map((so, i) => so && is[registers.length + i]!) };
    // What may differ only where registers do that are not the same anyway is no reason to leave out another one.
    if (same.registers.every((so, i) => so === stays.registers[i]) && same.reads.every((so, i) => so === stays.reads[i])) return is.at(-1) ? undefined : binary(pair.inputs, pair.registers, [pair.differs], pair.assumptions, pair.gates);
    same = stays;
  }
}

/** Tells, of a circuit without registers, which of its outputs are sure to be never 1. */
export type Oracle = (circuit: Uint8Array) => Promise<readonly boolean[]>;

/** Registers that are 0 in every clock: those that cannot become 1 as long as all of them are 0, found by leaving out those that can. */
export async function zeroRegisters(circuit: Circuit, selector: string, areNever: Oracle): Promise<readonly boolean[]> {
  const all = { registers: circuit.registers.map(() => true), reads: circuit.reads.map(() => true) };
  let zeros: readonly boolean[] = all.registers;
  for (;;) {
    const { inputs, registers, gates, nexts, granted } = paired(circuit, selector, 0, all, zeros), asked = nexts.filter((literal, i) => zeros[i] && literal > 0);
    const never = asked.length === 0 ? [] : await areNever(binary([...inputs, ...registers.map(([of]) => of)], [], asked.map(granted), [], gates));
    let next = 0;
    const stays = nexts.map((literal, i) => zeros[i]! && (literal === 0 || never[next++] === true));
    if (stays.every((is, i) => is === zeros[i])) return zeros;
    zeros = stays;
  }
}

/** Of which registers, and of which reads of memories, both have the same. */
interface Same { readonly registers: readonly boolean[]; readonly reads: readonly boolean[] }
/** `changes` are true where a register that is the same takes different values, and where a read asks for different rows; `granted` is a literal while the assumptions hold. */
interface Pair {
  readonly inputs: readonly number[];
  readonly registers: readonly (readonly [number, number])[];
  readonly differs: number;
  readonly assumptions: readonly number[];
  readonly gates: readonly Gate[];
  /** What registers take without the fault. */
  readonly nexts: readonly number[];
  readonly changes: { readonly registers: readonly number[]; readonly reads: readonly number[] };
  readonly granted: (literal: number) => number;
}

function paired(circuit: Circuit, selector: string, fault: number, same: Same, zeros: readonly boolean[]): Pair {
  const gates: Gate[] = [], known = new Map<number, number>(), inputs: number[] = [], registers: [number, number][] = [];
  let variables = 0;
  const variable = (): number => 2 * ++variables;
  const and = (a: number, b: number): number => {
    const [low, high] = a < b ? [a, b] : [b, a];
    if (low === 0 || low === (high ^ 1)) return 0;
    if (low === 1 || low === high) return high;
    const key = high * 2 ** 26 + low;
    let made = known.get(key);
    if (made === undefined) {
      made = variable();
      gates.push([made, high, low]);
      known.set(key, made);
    }
    return made;
  };
  const or = (a: number, b: number): number => and(a ^ 1, b ^ 1) ^ 1, xor = (a: number, b: number): number => or(and(a, b ^ 1), and(a ^ 1, b));
  const sides = [0, fault].map((chosen) => ({ chosen, values: new Int32Array(1 + circuit.inputs.length + circuit.registers.length + circuit.gates.length) }));
  const of = (side: number, literal: number): number => sides[side]!.values[literal >> 1]! ^ (literal & 1);
  const free = (): number => {
    const made = variable();
    inputs.push(made);
    return made;
  };
  for (const { name, literal } of circuit.inputs) {
    const isSelector = name.startsWith(`${selector}[`), made = isSelector ? 0 : free();
    for (const { chosen, values } of sides) values[literal >> 1] = isSelector ? (chosen >> Number(/\[(\d+)\]$/.exec(name)![1])) & 1 : made;
  }
  for (const [i, { literal }] of circuit.registers.entries()) {
    sides[0]!.values[literal >> 1] = zeros[i] ? 0 : variable();
    sides[1]!.values[literal >> 1] = same.registers[i] ? of(0, literal) : variable();
  }
  const otherRow = circuit.reads.map(({ data }, i): number => {
    const other = same.reads[i] ? 0 : variable();
    if (other) for (const literal of data) sides[1]!.values[literal >> 1] = or(and(other, free()), and(other ^ 1, of(0, literal)));
    return other;
  });
  for (const side of [0, 1]) for (const [made, a, b] of circuit.gates) sides[side]!.values[made >> 1] = and(of(side, a), of(side, b));
  for (const [i, { literal, next }] of circuit.registers.entries()) for (const side of same.registers[i] ? [0] : [0, 1]) if (side === 1 || !zeros[i]) registers.push([of(side, literal), of(side, next)]);
  const anyDiffers = (literals: readonly number[]): number => literals.reduce((so, literal) => or(so, xor(of(0, literal), of(1, literal))), 0);
  for (const [i, { row }] of circuit.reads.entries()) if (otherRow[i]) registers.push([otherRow[i]!, anyDiffers(row)]);
  const changes = {
    registers: circuit.registers.map(({ next }, i) => (same.registers[i] ? xor(of(0, next), of(1, next)) : 0)), reads: circuit.reads.map(({ row }, i) => (same.reads[i] ? anyDiffers(row) : 0)),
  };
  // The selector of parts that are cut is an output too.
  const differs = anyDiffers(circuit.outputs.filter(({ name }) => !new RegExp(`\\b${selector}\\[`).test(name)).map(({ literal }) => literal));
  const assumptions = circuit.assumptions.map((literal) => of(0, literal)), all = assumptions.reduce((so, literal) => and(so, literal), 1);
  return { inputs, registers, differs, assumptions, gates, nexts: circuit.registers.map(({ next }) => of(0, next)), changes, granted: (literal) => and(literal, all) };
}

/** The binary form, whose variables are in the order of inputs, registers and gates. */
function binary(inputs: readonly number[], registers: Pair['registers'], outputs: readonly number[], assumptions: readonly number[], gates: readonly Gate[]): Uint8Array {
  const order = new Map<number, number>([[0, 0]]), bytes: number[] = [];
  for (const literal of [...inputs, ...registers.map(([of]) => of), ...gates.map(([of]) => of)]) order.set(literal >> 1, order.size);
  const of = (literal: number): number => 2 * order.get(literal >> 1)! + (literal & 1), distance = (value: number): void => {
    let rest = value;
    for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
  };
  for (const [made, a, b] of gates) {
    const [low, high] = [of(a), of(b)].sort((x, y) => x - y) as [number, number];
    distance(of(made) - high);
    distance(high - low);
  }
  const head = `aig ${order.size - 1} ${inputs.length} ${registers.length} ${assumptions.length > 0 ? `0 ${gates.length} ${outputs.length} ${assumptions.length}` : `${outputs.length} ${gates.length}`}`;
  const text = [head, ...registers.map(([, next]) => of(next)), ...outputs.map(of), ...assumptions.map(of)].join('\n');
  return Uint8Array.from([...new TextEncoder().encode(`${text}\n`), ...bytes]);
}

/** Which outputs of a circuit, in the binary form and without registers, are the constant 0. */
export function constantOutputs(circuit: Uint8Array): readonly boolean[] {
  const lines = new TextDecoder('latin1').decode(circuit).split('\n'), outputCount = Number(lines[0]!.split(' ')[4]);
  return lines.slice(1, 1 + outputCount).map((line) => line === '0');
}
