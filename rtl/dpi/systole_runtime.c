/* systole_runtime: the few functions that code made by wasm2c asks its host for. */
#include <stdlib.h>
#include "systole_internal.h"

_Thread_local jmp_buf systole_trap_target;

void wasm_rt_trap(wasm_rt_trap_t code) { longjmp(systole_trap_target, (int)code); }

bool wasm_rt_is_initialized(void) { return true; }

/* The engine calls nothing through a table, so types need no identity. */
uint32_t wasm_rt_register_func_type(uint32_t params, uint32_t results, ...) {
  (void)params;
  (void)results;
  return 1;
}

/* Zero pages of the system cost nothing until they are touched; a machine's DRAM may be gigabytes. */
void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint32_t initial_pages, uint32_t max_pages) {
  memory->data = calloc(initial_pages, 65536);
  if (memory->data == NULL) wasm_rt_trap(WASM_RT_TRAP_EXHAUSTION);
  memory->pages = initial_pages;
  memory->max_pages = max_pages;
  memory->size = initial_pages * 65536u;
}
void wasm_rt_free_memory(wasm_rt_memory_t *memory) { free(memory->data); }
