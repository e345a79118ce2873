//! memory: where the engine's fixed records lie in linear memory; everything behind HEAP is placed by the host through `control`.
// Static tables of the compiler lie below STATE.
export const STATE: usize = 0x14000;
export const CONTROL: usize = 0x16000;
/** What threads that share the memory tell each other; where there are some, each has a record of control in its own room. */
export const JOB: usize = 0x16c00;
/** The sequencer's next instruction, captured: one retirement record. */
export const CLOSED: usize = 0x17000;
/** Results of more than one word, and small tables that kernels fill anew. */
export const SCRATCH: usize = 0x18000;
/** UNIT_COUNT x QUEUE_MAX closed instructions. */
export const QUEUES: usize = 0x1a000;
/** Two polynomials x 16 x 256 words, and behind them the bytes of a sum under way: crc.ts. */
export const CRC_TABLES: usize = 0x24000;
export const PROFILE: usize = 0x30000;
export const HEAP: usize = 0x40000;
