//! vitest.config: how the tests run: plain Node processes, one for each core, with time for laws that try many cases.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// The loader of vitest takes the default export; everywhere else exports have names.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: availableParallelism(),
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
