//! threads: two threads on one large product, against two machines of one thread each at the same moment.
import type { Work } from '../work.ts';

/** The engine has one thread; these figures are null until it has more. */
const absent = (name: string): { readonly name: string; readonly why: string } => ({ name, why: 'the engine has one thread' });
export const threadWorks: readonly Work[] = [{ name: 'threads', prepare: () => ({ contenders: [absent('two threads'), absent('two machines')] }) }];
