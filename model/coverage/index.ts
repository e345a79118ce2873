//! index: coverage of the library: what programs have been through, and what not yet.
export { Coverage, type CoverageJson } from './coverage.ts';
export { type Aim, type Covergroup, covergroup, type Ignore, type Point } from './group.ts';
export { type Cover, coverageOf, type CoverageModel, type Unreachable } from './model.ts';
