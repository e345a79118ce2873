//! faults: weaves a catalogue of faults into the engine while it is compiled: each expression gets a wrong one beside it, and a number chooses.
import { Node, NodeKind, Source, SourceKind, Tokenizer } from 'assemblyscript';

/** Rounds of loops in one call of `run` after which it breaks down: some tenths of a second, thousands of times what a program of the harness needs. */
const ROUNDS = 2 ** 27;
/**
 * Exported by the fault build: the number of the fault that is on, 0 for none, and whether its expression was reached. With a fault in it a
 * loop may have no end, and nobody else can stop it: each round counts.
 */
const SWITCH = `@global export let FAULT: i32 = 0;
@global export let REACHED: i32 = 0;
@global let ROUNDS_LEFT: i32 = ${ROUNDS};
@global @inline function anotherRound(): void { if (--ROUNDS_LEFT < 0) { ROUNDS_LEFT = ${ROUNDS}; unreachable(); } }
`;

/**
 * A transform for asc. `faults`: {name, file, in, original, faulty, also}; numbers count from 1. In the function `in` of assembly/`file`.ts the
 * expression `original` becomes `(FAULT == n ? (REACHED = 1, faulty) : original)`; `also` lists more places of the same fault. Throws, naming
 * all of them, where an original does not stand there exactly once: the catalogue follows the sources, or the build fails.
 */
export function weaving(faults) {
  return {
    afterParse(parser) {
      const edits = faults.flatMap(({ name, also = [], ...edit }, i) => [edit, ...also].map((one) => ({ ...one, name, number: i + 1 })));
      const problems = [], places = edits.map((edit) => placeOf(parser, edit, problems));
      if (problems.length > 0) throw new Error(problems.join('\n'));
      edits.forEach((edit, i) => {
        const { parent, key } = places[i];
        parent[key] = chosen(parser, edit, parent[key]);
      });
      for (const source of parser.sources) if (source.normalizedPath.startsWith('assembly/')) bound(parser, source);
      parser.parseFile(SWITCH, 'assembly/fault-switch.ts', true);
      // Globals are compiled in the order of the sources, and must be before whoever uses them.
      parser.sources.unshift(parser.sources.pop());
    },
  };
}

/** The expression as it stands keeps its node, so that one fault may lie inside another or beside it. */
function chosen(parser, { number, file, faulty }, original) {
  // The compiler asks of each expression from which file it is.
  const text = `FAULT == ${number} ? (REACHED = 1, ${faulty}) : 0`, source = new Source(SourceKind.User, `assembly/${file}.ts`, text);
  const ternary = parser.parseExpression(new Tokenizer(source, parser.diagnostics));
  ternary.ifElse = original;
  return Node.createParenthesizedExpression(ternary, original.range);
}

/** Each round of a loop counts, and a run begins anew. */
function bound(parser, source) {
  const statement = (text) => parser.parseStatement(new Tokenizer(new Source(SourceKind.User, source.normalizedPath, text), parser.diagnostics));
  const loops = found(source, ({ kind }) => kind === NodeKind.While || kind === NodeKind.Do || kind === NodeKind.For).map(({ parent, key }) => parent[key]);
  for (const loop of loops) {
    loop.body = Node.createBlockStatement([statement('anotherRound();'), loop.body], loop.body.range);
  }
  if (source.normalizedPath !== 'assembly/run.ts') return;
  const [{ parent, key }] = found(source, (node) => node.kind === NodeKind.FunctionDeclaration && node.name.text === 'run');
  parent[key].body.statements.unshift(statement(`ROUNDS_LEFT = ${ROUNDS};`));
}

function placeOf(parser, { name, file, in: within, original }, problems) {
  const source = parser.sources.find(({ normalizedPath }) => normalizedPath === `assembly/${file}.ts`);
  const complain = (what) => void problems.push(`fault '${name}': ${what}`);
  if (!source) return complain(`assembly/${file}.ts does not exist, or the engine does not import it`);
  const functions = found(source, (node) => node.kind === NodeKind.FunctionDeclaration && node.name.text === within);
  if (functions.length !== 1) return complain(`assembly/${file}.ts has ${functions.length} functions ${within}`);
  const wanted = plain(original), { parent, key } = functions[0];
  const places = found(parent[key], (node) => isExpression(node) && plain(node.range.toString()) === wanted);
  if (places.length !== 1) return complain(`'${original}' occurs ${places.length} times in ${within} of assembly/${file}.ts; it must be once`);
  return places[0];
}

const plain = (text) => text.replace(/\s+/g, ' ').trim();
const isExpression = ({ kind }) => kind >= NodeKind.Identifier && kind <= NodeKind.Compiled;
const isNode = (value) => typeof value === 'object' && value !== null && typeof value.kind === 'number' && value.range !== undefined;

/** Where in the tree below a node the wanted ones hang. A declaration's own name and flags are no part of it. */
function found(root, wanted) {
  const places = [], visit = (parent) => {
    for (const [key, value] of Object.entries(parent)) {
      if (Array.isArray(value)) { if (value.some(isNode)) visitList(value); }
      else if (isNode(value) && key !== 'parent') look(parent, key, value);
    }
  };
  const visitList = (list) => { list.forEach((value, i) => { if (isNode(value)) look(list, i, value); }); };
  const look = (parent, key, node) => {
    if (wanted(node)) places.push({ parent, key });
    visit(node);
  };
  visit(root);
  return places;
}
