//! assist: what the threads build has beside the engine's exports: a helper's life, and where its work is told.
export { assist } from './crew';
export { JOB } from './memory';
