// main: a clock for the Verilated bench, and an end that tells whether it passed.
#include <cstdio>
#include <cstdlib>
#include "Vbench.h"
#include "verilated.h"
#if VM_TRACE
#include "verilated_vcd_c.h"
#endif

// The last line is the player's own.
void vl_finish(const char*, int, const char*) { Verilated::threadContextp()->gotFinish(true); }

// $stop of the player: what went wrong has been printed.
void vl_stop(const char*, int, const char*) {
  std::fflush(stdout);
  std::_Exit(1);
}

int main(int count, char** arguments) {
  VerilatedContext context;
  context.commandArgs(count, arguments);
  Vbench bench{&context};
#if VM_TRACE
  context.traceEverOn(true);
  VerilatedVcdC trace;
  bench.trace(&trace, 99);
  const char* file = context.commandArgsPlusMatch("vcd=");
  trace.open(*file ? file + 5 : "systole.vcd");
#endif
  for (vluint64_t edge = 0; !context.gotFinish(); ++edge) {
    bench.clk = edge & 1;
    bench.eval();
    context.timeInc(1);
#if VM_TRACE
    trace.dump(edge);
#endif
  }
#if VM_TRACE
  trace.close();
#endif
  bench.final();
  return 0;
}
