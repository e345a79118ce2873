//! bundle-proof: shows that a mutant of the example design is the design: same outputs in every clock, from the same state, for every legal instruction.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Circuit, constantOutputs, difference, linked, type Module, type Oracle, readCircuit, zeroRegisters } from '../bundle/circuit.ts';
import { tool } from './tool.ts';

/** Seconds that a search in a circuit has, how many times that all searches for a mutant have, and all its questions of one step: where it needs more, nothing is claimed. */
const SECONDS = 30, SEARCHES = 3, QUESTIONS = 10;

/** `command` is yosys' own, `module` its name of the module, `text` what people read. */
export interface Mutant { readonly number: number; readonly command: string; readonly module: string; readonly text: string }
export interface Proof { readonly mutant: Mutant; readonly why: string | undefined }

/**
 * Why mutants are equivalent, or undefined: shown for the faulty module alone, else with its parts, else for each module that has it, and so
 * on outwards. Instances of modules that do not belong to it are cut: what goes into them must be equal, what comes out of them may be
 * anything, the same for both. The contract of the modules is assumed.
 */
export function prover(mutants: readonly Mutant[], assuming: string, scratch: string, secondsEach = SECONDS): (mutant: Mutant) => Promise<Proof> {
  const instances = instancesOf(readFileSync(assuming, 'utf8')), circuits = new Map<string, Circuit>(), zeros = new Map<string, Promise<readonly boolean[]>>();
  const usersOf = (module: string): readonly string[] => [...instances].filter(([, parts]) => [...parts.values()].includes(module)).map(([user]) => user);
  let made: Promise<ReadonlyMap<string, Module>> | undefined;
  const circuit = async (top: string, inside: ReadonlySet<string>): Promise<Circuit> => {
    const key = [top, ...[...inside].sort()].join(' '), modules = await (made ??= gates(mutants, instances, assuming, scratch)), known = circuits.get(key) ?? linked(modules, top, (module) => inside.has(module));
    circuits.set(key, known);
    return known;
  };
  const abc = (words: string, seconds: number): Promise<string> => tool('yosys-abc', ['-c', words], scratch, seconds);
  let questions = 0;
  const askedUntil = (deadline: number): Oracle => async (question) => {
    const seconds = Math.round((deadline - Date.now()) / 1000);
    if (seconds <= 0) return [];
    const [asked, answered] = ['asked', 'answered'].map((name) => join(scratch, `${name}-${questions}.aig`)) as [string, string];
    questions++;
    writeFileSync(asked, question);
    await abc(`read_aiger ${asked}; ifraig -C 1000; write_aiger ${answered}`, seconds);
    const answer = existsSync(answered) ? constantOutputs(readFileSync(answered)) : [];
    for (const path of [asked, answered]) rmSync(path, { force: true });
    return answer;
  };
  const zerosOf = (key: string, known: Circuit): Promise<readonly boolean[]> => {
    const found = zeros.get(key) ?? zeroRegisters(known, 'mutant', askedUntil(Date.now() + 1000 * QUESTIONS * secondsEach));
    zeros.set(key, found);
    return found;
  };
  return async (mutant) => {
    // The prover knows one clock.
    if (/ -port (CLK|clk) /.test(mutant.command)) return { mutant, why: undefined };
    const areNever = askedUntil(Date.now() + 1000 * QUESTIONS * secondsEach), file = join(scratch, `difference-${mutant.number}.aig`), differences = new Map<string, Uint8Array | undefined>();
    const differenceOf = async (top: string, inside: ReadonlySet<string>): Promise<Uint8Array | undefined> => {
      const key = [top, ...[...inside].sort()].join(' ');
      if (!differences.has(key)) {
        const known = await circuit(top, inside);
        differences.set(key, await difference(known, 'mutant', mutant.number, await zerosOf(key, known), areNever));
      }
      return differences.get(key);
    };
    let searched = false, left = SEARCHES * secondsEach;
    const isEqual = async (top: string, inside: ReadonlySet<string>, most: number): Promise<boolean> => {
      const differs = await differenceOf(top, inside), seconds = Math.min(most, left), before = Date.now();
      if (differs === undefined) return true;
      if (seconds <= 0) return false;
      writeFileSync(file, differs);
      const said = await abc(`read_aiger ${file}; fold; strash; scleanup; pdr -T ${seconds}`, seconds + 2), isSo = /Property proved/.test(said);
      left -= Math.round((Date.now() - before) / 1000);
      rmSync(file);
      searched ||= isSo;
      return isSo;
    };
    const proved = async (top: string, inside: readonly string[], level: number, seconds: number): Promise<number | undefined> => {
      const own = new Set([...inside, ...below(mutant.module, instances)]), all = new Set(below(top, instances)), sets = [new Set(inside), own, all];
      for (const dissolved of sets.filter((set, i) => i === 0 || set.size > sets[i - 1]!.size)) if (await isEqual(top, dissolved, seconds)) return level;
      let deepest: number | undefined;
      for (const user of usersOf(top)) {
        const found = await proved(user, [...inside, top], level + 1, seconds);
        if (found === undefined) return undefined;
        deepest = Math.max(deepest ?? 0, found);
      }
      return deepest;
    };
    // One step everywhere, before a search anywhere.
    const level = await proved(mutant.module, [], 0, 0) ?? await proved(mutant.module, [], 0, secondsEach);
    return { mutant, why: level === undefined ? undefined : `${searched ? 'yosys-abc pdr' : 'induction, yosys-abc ifraig'}, ${level === 0 ? 'the module alone' : `with ${level} ${level === 1 ? 'level' : 'levels'} of modules around it`}` };
  };
}

/** Of each module of a netlist its instances, and of what module they are. */
function instancesOf(netlist: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const instances = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  for (const line of netlist.split('\n')) {
    const [word, type, name] = line.trim().split(' ').map((part) => part.replace(/^\\/, '')) as [string, string, string];
    if (word === 'module') instances.set(type, current = new Map());
    else if (word === 'cell' && type.includes('systole_')) current.set(name, type);
  }
  return instances;
}
/** All that a module is made of. Memories stay cut. */
const below = (module: string, instances: ReadonlyMap<string, ReadonlyMap<string, string>>): readonly string[] =>
  [...new Set([...instances.get(module)!.values()].filter((part) => !part.includes('systole_bank')).flatMap((part) => [part, ...below(part, instances)]))];

/** The modules in gates, with their assumptions, and an input that chooses one of the mutants. */
async function gates(mutants: readonly Mutant[], instances: ReadonlyMap<string, ReadonlyMap<string, string>>, assuming: string, scratch: string): Promise<ReadonlyMap<string, Module>> {
  const names = [...instances.keys()].filter((name) => !name.includes('systole_bank')), file = (i: number): string => join(scratch, `module-${i}.aag`), script = join(scratch, 'gates.ys');
  writeFileSync(script, `${[
    `read_rtlil ${assuming}`, 'add -global_input mutant 16', ...mutants.map(({ command, number }) => command.replace('mutate ', `mutate -ctrl mutant 16 ${number} `)),
    'blackbox *systole_bank*', 'select -set cut t:*systole_*', 'expose -evert @cut', 'memory_map', 'async2sync', 'dffunmap', 'zinit -all', 'techmap', 'setundef -zero', 'opt_expr', 'opt_merge', 'aigmap', 'opt_merge', 'opt_clean',
    ...names.flatMap((name, i) => ['setattr -mod -unset top *', `setattr -mod -set top 1 ${name}`, `write_aiger -zinit -ascii -symbols ${file(i)}`]),
  ].join('\n')}\n`);
  await tool('yosys', ['-q', script], scratch);
  return new Map(names.map((name, i) => [name, { circuit: readCircuit(readFileSync(file(i), 'utf8')), instances: instances.get(name)! }]));
}
