//! all: every work of the suite, in the order in which it runs.
import type { Work } from '../work.ts';
import { dmaWorks } from './dma.ts';
import { floatWorks } from './floats.ts';
import { fuzzWorks } from './fuzz.ts';
import { gemmWorks } from './gemm.ts';
import { peWorks } from './pe.ts';
import { smallWorks } from './small.ts';
import { startWorks } from './start.ts';
import { threadWorks } from './threads.ts';
import { tracingWorks } from './tracing.ts';
import { vectorWorks } from './vector.ts';

export const works: readonly Work[] = [...gemmWorks, ...floatWorks, ...smallWorks, ...fuzzWorks, ...dmaWorks, ...peWorks, ...threadWorks, ...startWorks, ...tracingWorks, ...vectorWorks];
