//! all: every work of the suite, in the order in which it runs.
import type { Work } from '../work.ts';
import { gemmWorks } from './gemm.ts';

export const works: readonly Work[] = [...gemmWorks];
