// lockstep: a clock for the Verilated lock-step bench, the engine in the same process, and how fast it goes.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include "Vlockstep.h"
#include "verilated.h"

// $fatal of the bench: what went wrong has been printed.
void vl_fatal(const char*, int, const char*, const char*) {
  std::fflush(stdout);
  std::_Exit(1);
}

int main(int count, char** arguments) {
  VerilatedContext context;
  context.commandArgs(count, arguments);
  Vlockstep bench{&context};
  const std::clock_t started = std::clock();
  vluint64_t edge = 0;
  for (; !context.gotFinish(); ++edge) {
    bench.clk = edge & 1;
    bench.eval();
    context.timeInc(1);
  }
  bench.final();
  // Of the processor, which other work on the machine does not add to.
  const double seconds = static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
  std::printf("seconds=%.6f cycles_per_second=%.0f\n", seconds, static_cast<double>(edge / 2) / seconds);
  return 0;
}
