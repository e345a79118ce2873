//! vitest.config: how the tests run: plain Node processes, one for each core, with time for laws that try many cases.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Laws of what RTL teams get, many of which compile and simulate by tools of the system: npm run test:rtl. */
const rtl = 'test/**/*.rtl.test.ts', isRtl = process.env.SYSTOLE_TESTS === 'rtl';

// The loader of vitest takes the default export; everywhere else exports have names.
export default defineConfig({
  test: {
    include: [isRtl ? rtl : 'test/**/*.test.ts'],
    exclude: isRtl ? [] : [rtl],
    environment: 'node',
    pool: 'forks',
    maxWorkers: availableParallelism(),
    testTimeout: isRtl ? 600_000 : 120_000,
    hookTimeout: isRtl ? 600_000 : 120_000,
  },
});
