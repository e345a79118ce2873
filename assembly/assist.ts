//! assist: what a helper's instance of the threads build does beside the engine's exports.
export { assist } from './crew';
