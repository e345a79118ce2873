//! homes: gives every thread that shares the engine's memory a room of its own for what is static in the sources: the transform of the threads build.
import { NodeKind, Tokenizer, Source, SourceKind } from 'assemblyscript';

/**
 * A transform for asc. `const X: usize = memory.data(bytes, align)` of assembly/ becomes a place behind HOME, which each instance imports, and so
 * do the records CONTROL and SCRATCH of memory.ts: kernels keep their sources and scratch, and two instances in one memory do not meet. Tables with contents
 * stay where they are; all instances lay down the same bytes there. HOME_BYTES is the size of a room.
 */
export function housing() {
  return {
    afterParse(parser) {
      const own = parser.sources.filter(({ normalizedPath }) => normalizedPath.startsWith('assembly/'));
      const declarations = own.flatMap((source) => source.statements.filter(({ kind }) => kind === NodeKind.Variable).flatMap(({ declarations }) => declarations));
      let bytes = 0;
      for (const declaration of declarations) {
        const room = roomOf(declaration, declarations);
        if (room === undefined) continue;
        bytes = Math.ceil(bytes / room.align) * room.align;
        const source = new Source(SourceKind.User, declaration.range.source.normalizedPath, `HOME + ${bytes}`);
        declaration.initializer = parser.parseExpression(new Tokenizer(source, parser.diagnostics));
        bytes += room.bytes;
      }
      const text = `@global @external('env', 'home') declare const HOME: usize;\nexport const HOME_BYTES: usize = ${Math.ceil(bytes / 4096) * 4096};\n`;
      parser.parseFile(text, 'assembly/home.ts', true);
      // Globals are compiled in the order of the sources, and must be before whoever uses them.
      parser.sources.unshift(parser.sources.pop());
    },
  };
}

/** Records of memory.ts that kernels fill anew, and their sizes there. */
const RECORDS = { CONTROL: { bytes: 0x400, align: 64 }, SCRATCH: { bytes: 0x2000, align: 64 } };

/** Bytes and alignment of a static that threads may not share; undefined for anything else. */
function roomOf({ name, initializer }, declarations) {
  if (Object.hasOwn(RECORDS, name.text)) return RECORDS[name.text];
  if (initializer?.kind !== NodeKind.Call || initializer.expression.range.toString() !== 'memory.data') return undefined;
  const [bytes, align] = initializer.args;
  return align === undefined || bytes.kind === NodeKind.Literal && bytes.range.toString().startsWith('[') ? undefined : { bytes: numberOf(bytes, declarations), align: numberOf(align, declarations) };
}

/** A number that stands there, or that a constant of the sources is. */
function numberOf(expression, declarations) {
  const text = expression.range.toString().replace(/^<i32>/, '');
  if (/^\d+$/.test(text)) return Number(text);
  const constants = declarations.filter(({ name }) => name.text === text);
  if (constants.length !== 1) throw new Error(`threads: '${text}' is no number and ${constants.length} constants have the name`);
  return numberOf(constants[0].initializer, declarations);
}
