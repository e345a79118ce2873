// lockstep: a clock for the Verilated lock-step bench, the engine in the same process, and how fast it goes.
#include <chrono>
#include <cstdio>
#include <cstdlib>
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
  const auto started = std::chrono::steady_clock::now();
  vluint64_t edge = 0;
  for (; !context.gotFinish(); ++edge) {
    bench.clk = edge & 1;
    bench.eval();
    context.timeInc(1);
  }
  bench.final();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  std::printf("seconds=%.6f cycles_per_second=%.0f\n", seconds, static_cast<double>(edge / 2) / seconds);
  return 0;
}
