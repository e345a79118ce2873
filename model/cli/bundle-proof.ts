//! bundle-proof: shows that a mutant of the example design is the design: same outputs in every clock, from the same state, for every legal instruction.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tool } from './tool.ts';

/** Seconds that the prover has for one pair of circuits, and in all for a mutant: where it needs more, nothing is claimed. */
const SECONDS = 20, SECONDS_IN_ALL = 90;
/** How many modules around the faulty one may help: what they never ask for need not be right. */
const LEVELS = 2;

/** `command` is yosys' own, `module` its name of the module, `text` what people read. */
export interface Mutant { readonly number: number; readonly command: string; readonly module: string; readonly text: string }
export interface Proof { readonly mutant: Mutant; readonly why: string | undefined }

/** Why the mutant is equivalent, or undefined: the faulty module alone, else each module that has it, and so on outwards. */
export async function proofOf(mutant: Mutant, plain: string, assuming: string, scratch: string): Promise<Proof> {
  const { users, parts: all } = instancesOf(readFileSync(plain, 'utf8')), folder = join(scratch, `proof-${mutant.number}`);
  // What the faulty module is made of: what such a part makes of a fault may not matter. Memories stay cut.
  const parts = below(mutant.module, all);
  mkdirSync(folder, { recursive: true });
  const deadline = Date.now() + 1000 * SECONDS_IN_ALL;
  const proved = async (top: string, inside: readonly string[], level: number): Promise<number | undefined> => {
    for (const dissolved of parts.length > 0 ? [inside, [...inside, ...parts]] : [inside]) if (Date.now() < deadline && await isEqual(mutant, plain, assuming, top, dissolved, folder)) return level;
    const around = [...(users.get(top) ?? [])];
    if (level === LEVELS || around.length === 0) return undefined;
    let deepest = 0;
    for (const user of around) {
      const found = await proved(user, [...inside, top], level + 1);
      if (found === undefined) return undefined;
      deepest = Math.max(deepest, found);
    }
    return deepest;
  };
  const level = await proved(mutant.module, [], 0);
  rmSync(folder, { recursive: true });
  return { mutant, why: level === undefined ? undefined : `yosys-abc pdr, ${['the module alone', 'with the modules around it', 'with two levels around it'][level]}` };
}

/** Which modules of a netlist use which, and are made of which. */
function instancesOf(netlist: string): { readonly users: ReadonlyMap<string, ReadonlySet<string>>; readonly parts: ReadonlyMap<string, ReadonlySet<string>> } {
  const users = new Map<string, Set<string>>(), parts = new Map<string, Set<string>>(), noted = (map: Map<string, Set<string>>, key: string, value: string): unknown => map.set(key, (map.get(key) ?? new Set()).add(value));
  let current = '';
  for (const line of netlist.split('\n')) {
    const [word, name] = line.trim().split(' ') as [string, string];
    if (word === 'module') current = name;
    else if (word === 'cell' && name.includes('systole_')) {
      noted(users, name, current);
      noted(parts, current, name);
    }
  }
  return { users, parts };
}
const below = (module: string, parts: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] =>
  [...(parts.get(module) ?? [])].filter((part) => !part.includes('systole_bank')).flatMap((part) => [part, ...below(part, parts)]);

/**
 * Design and mutant below `top`, with the modules `inside` dissolved in it; instances of all others are cut: what goes into them must be
 * equal, what comes out of them may be anything, the same for both. The contract of the modules is assumed.
 */
async function isEqual(mutant: Mutant, plain: string, assuming: string, top: string, inside: readonly string[], folder: string): Promise<boolean> {
  const side = async (name: string, netlist: string, fault: string): Promise<string> => {
    const file = join(folder, `${name}.il`);
    await yosys(folder, [
      `read_rtlil ${netlist}`, fault, 'setattr -mod -set keep_hierarchy 1 *', ...inside.map((module) => `setattr -mod -unset keep_hierarchy ${module}`), `hierarchy -top ${top}`, 'flatten', `cd ${top}`, 'select -set cut t:*systole_*',
      'expose -evert @cut', 'cd ..', `rename ${top} ${name}`, 'select -clear', `select * ${name} %d`, 'delete', 'select -clear', 'setattr -mod -unset keep_hierarchy *', `write_rtlil ${file}`,
    ]);
    return file;
  };
  const golden = await side('golden', assuming, ''), faulty = await side('faulty', plain, mutant.command), circuit = join(folder, 'pair.aig');
  await yosys(folder, [
    `read_rtlil ${golden}`, `read_rtlil ${faulty}`, 'miter -equiv -flatten golden faulty pair', 'hierarchy -top pair', 'proc', 'memory_map', 'opt -full', 'async2sync', 'dffunmap', 'zinit -all', 'techmap', 'opt_clean', 'setundef -zero', 'aigmap', `write_aiger ${circuit}`,
  ]);
  return /Property proved/.test(await tool('yosys-abc', ['-c', `read_aiger ${circuit}; fold; strash; scleanup; scorr; pdr`], folder, SECONDS));
}

function yosys(folder: string, lines: readonly string[]): Promise<string> {
  const script = join(folder, 'script.ys');
  writeFileSync(script, `${lines.join('\n')}\n`);
  return tool('yosys', ['-q', script], folder);
}
