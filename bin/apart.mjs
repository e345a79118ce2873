//! apart: keeps functions of assembly/ that are decorated with @apart in one place of the binary: the transform that tells the optimiser not to inline them.
import binaryen from 'assemblyscript/binaryen';
import { NodeKind } from 'assemblyscript';

/**
 * A transform for asc. A function with many cases that callers know little of is copied into each of them otherwise, with cases that cannot occur
 * there; none of those copies would ever run.
 */
export function keepingApart() {
  const names = [];
  return {
    afterParse(parser) {
      for (const { normalizedPath, statements } of parser.sources) {
        for (const { kind, decorators, name } of statements) {
          if (kind === NodeKind.FunctionDeclaration && decorators?.some((one) => one.name.text === 'apart')) names.push(`${normalizedPath.replace(/\.ts$/, '')}/${name.text}`);
        }
      }
    },
    afterCompile(module) {
      for (const name of names) {
        binaryen.setPassArgument('no-inline', name);
        module.runPasses(['no-inline']);
      }
      binaryen.clearPassArguments();
    },
  };
}
