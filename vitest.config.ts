//! vitest.config: how the tests run: plain Node processes, one for each core, with time for laws that try many cases.
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Laws of what RTL teams get, many of which compile and simulate by tools of the system: npm run test:rtl. */
const rtl = 'test/**/*.rtl.test.ts', isRtl = process.env.SYSTOLE_TESTS === 'rtl';
/** Where laws are tried more often, only the files are run whose laws have a count: npm run test:long. */
const isLong = process.env.SYSTOLE_RUNS !== undefined;
const counted = (): string[] =>
  readdirSync('test').map((name) => `test/${name}`).filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes("from './runs.ts'"));

/** What was a bug once is tried before all else. */
class RegressionsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files), isFirst = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('/laws-regressions.test.ts');
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))];
  }
}

// The loader of vitest takes the default export; everywhere else exports have names.
export default defineConfig({
  test: {
    include: isRtl ? [rtl] : isLong ? counted() : ['test/**/*.test.ts'],
    exclude: isRtl ? [] : [rtl],
    environment: 'node',
    pool: 'forks',
    // As many workers as cores: helpers of a collector only take turns with the other worker, and a small young generation is collected too often.
    execArgv: ['--single-threaded-gc', '--min-semi-space-size=16', '--max-semi-space-size=32'],
    // Imports of the model take seconds, and no test leaves anything behind that another one would meet.
    isolate: isRtl,
    sequence: { sequencer: RegressionsFirst },
    maxWorkers: availableParallelism(),
    testTimeout: isRtl || isLong ? 600_000 : 120_000,
    hookTimeout: isRtl || isLong ? 600_000 : 120_000,
  },
});
