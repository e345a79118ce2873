//! counting: weaves a counter in front of each statement and each branch of the engine while it is compiled, to see what programs reach.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Node, NodeKind, newOptions, newProgram, parse, Source, SourceKind, Tokenizer } from 'assemblyscript';

/** Counters are bytes, and take so much of linear memory or a multiple of it: machines begin behind them. */
const ROOM = 0x1_0000;

/**
 * A transform for asc. Afterwards `places` has {file, line, column, in, text, part, called} for each counter: the function, with the case of a
 * switch, the text of the line, what of it is counted, or '' for what it begins with, and whether anything in the build calls the function. The
 * build exports HITS, where counter i has the byte i: 1 once it was reached.
 */
export function counting() {
  const places = [], functions = [], lines = new Map();
  let program;
  return {
    places,
    afterParse(parser) {
      const call = (node, within, declaration) => {
        const { source, start } = node.range, number = places.length, line = source.lineAt(start);
        if (!lines.has(source)) lines.set(source, source.text.split('\n'));
        const text = lines.get(source)[line - 1].trim(), part = node.range.toString().split('\n', 1)[0].trim();
        functions.push(declaration);
        places.push({ file: source.normalizedPath, line, column: source.columnAt(), in: within, text, part: text.startsWith(part) ? '' : part });
        return parser.parseExpression(new Tokenizer(new Source(SourceKind.User, source.normalizedPath, `hit(${number})`), parser.diagnostics));
      };
      for (const source of parser.sources) if (source.normalizedPath.startsWith('assembly/')) new Weaver(call).file(source.statements);
      const heap = heapOf(parser), room = Math.ceil(places.length / ROOM) * ROOM;
      parser.parseFile(`@global export const HITS: usize = ${heap.initializer.range};\n@global @inline function hit(i: usize): void { store<u8>(HITS + i, 1); }\n`, 'assembly/hits.ts', true);
      heap.initializer = parser.parseExpression(new Tokenizer(new Source(SourceKind.User, heap.range.source.normalizedPath, `${heap.initializer.range} + ${room}`), parser.diagnostics));
      // Globals are compiled in the order of the sources, and must be before whoever uses them.
      parser.sources.unshift(parser.sources.pop());
    },
    afterInitialize(initialised) { program = initialised; },
    /** What nobody calls the compiler makes no instance of. */
    afterCompile() {
      places.forEach((place, i) => { place.called = (program.elementsByDeclaration.get(functions[i])?.instances?.size ?? 0) > 0; });
    },
  };
}

/** The places of all sources of machines, compiled or not; none is `called`. What writes programs is no machine. */
export function allPlaces(root) {
  const { places, afterParse } = counting(), program = newProgram(newOptions());
  const files = readdirSync(join(root, 'assembly'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !/^(generator|scout)/.test(name)).map((name) => `assembly/${name.replaceAll('\\', '/')}`);
  for (const file of files.sort()) parse(program, readFileSync(join(root, file), 'utf8'), file, true);
  afterParse(program.parser);
  return places.map((place) => ({ ...place, called: false }));
}

/** The declaration of HEAP, behind which the host lays machines out. */
function heapOf({ sources }) {
  const memory = sources.find(({ normalizedPath }) => normalizedPath === 'assembly/memory.ts');
  const found = memory?.statements.flatMap(({ declarations = [] }) => declarations).find(({ name }) => name.text === 'HEAP');
  if (!found) throw new Error('assembly/memory.ts declares no HEAP, where the counters would lie');
  return found;
}

class Weaver {
  within = '';
  declaration;
  constructor(call) { this.call = (node) => call(node, this.within, this.declaration); }

  /** Functions and methods; constants of a file are computed by the compiler, and functions that are constants may stand where it needs one. */
  file(statements) {
    for (const one of statements) {
      if (one.kind === NodeKind.ClassDeclaration || one.kind === NodeKind.NamespaceDeclaration) this.file(one.members);
      if ((one.kind === NodeKind.FunctionDeclaration || one.kind === NodeKind.MethodDeclaration) && one.body && !isConstant(one)) {
        this.within = one.name.text;
        this.declaration = one;
        this.arm(one, 'body');
      }
    }
  }
  /** Each statement of a list gets a counter in front of it. */
  list(statements) {
    for (let i = 0; i < statements.length; i++) {
      const one = statements[i], counted = one.kind !== NodeKind.Block && one.kind !== NodeKind.Empty, counter = counted ? Node.createExpressionStatement(this.call(one)) : undefined;
      this.statement(one);
      if (counter) statements.splice(i++, 0, counter);
    }
  }
  /** What may be one statement becomes a block with a counter. */
  arm(parent, key) {
    const one = parent[key];
    if (!one) return;
    if (one.kind !== NodeKind.Block) parent[key] = Node.createBlockStatement([one], one.range);
    this.list(parent[key].statements);
  }
  statement(node) {
    switch (node.kind) {
      case NodeKind.Block: this.list(node.statements); return;
      case NodeKind.If: this.expression(node, 'condition'); this.arm(node, 'ifTrue'); this.arm(node, 'ifFalse'); return;
      case NodeKind.For: if (node.initializer) this.statement(node.initializer); this.expression(node, 'condition'); this.expression(node, 'incrementor'); this.arm(node, 'body'); return;
      case NodeKind.While: case NodeKind.Do: this.expression(node, 'condition'); this.arm(node, 'body'); return;
      case NodeKind.Switch: this.expression(node, 'condition'); for (const one of node.cases) this.case(one); return;
      case NodeKind.Return: this.expression(node, 'value'); return;
      case NodeKind.Expression: this.expression(node, 'expression'); return;
      case NodeKind.Variable: for (const one of node.declarations) this.expression(one, 'initializer'); return;
      default:
    }
  }
  /** A case of a switch has its own place: rules of many instructions have one text. */
  case({ label, statements }) {
    const { within } = this;
    this.within = `${within} ${label ? label.range : 'default'}`;
    this.list(statements);
    this.within = within;
  }
  /** Branches inside an expression: both ends of ?:, and what stands behind && and ||. */
  expression(parent, key) {
    const node = parent[key];
    if (!node) return;
    switch (node.kind) {
      case NodeKind.Ternary: this.expression(node, 'condition'); this.branch(node, 'ifThen'); this.branch(node, 'ifElse'); return;
      case NodeKind.Binary: this.expression(node, 'left'); if (node.operator === AND || node.operator === OR) this.branch(node, 'right'); else this.expression(node, 'right'); return;
      case NodeKind.Call: node.args.forEach((_, i) => { this.expression(node.args, i); }); return;
      case NodeKind.Comma: node.expressions.forEach((_, i) => { this.expression(node.expressions, i); }); return;
      case NodeKind.Parenthesized: case NodeKind.Assertion: case NodeKind.PropertyAccess: this.expression(node, 'expression'); return;
      case NodeKind.UnaryPrefix: case NodeKind.UnaryPostfix: this.expression(node, 'operand'); return;
      default:
    }
  }
  branch(parent, key) {
    const { range } = parent[key], counter = this.call(parent[key]);
    this.expression(parent, key);
    parent[key] = Node.createParenthesizedExpression(Node.createCommaExpression([counter, parent[key]], range), range);
  }
}

/** A function without parameters that returns names and numbers of its file, added up. */
function isConstant({ signature, body }) {
  const made = (node) => node.kind === NodeKind.Identifier || node.kind === NodeKind.Literal || (node.kind === NodeKind.Binary && made(node.left) && made(node.right));
  const [only, ...others] = body.kind === NodeKind.Block ? body.statements : [body];
  return signature.parameters.length === 0 && others.length === 0 && only?.kind === NodeKind.Return && only.value !== null && made(only.value);
}

/** The compiler's numbers of && and ||. */
const [AND, OR] = ['&&', '||'].map((text) => new Tokenizer(new Source(SourceKind.User, 'operators.ts', text), []).next());
