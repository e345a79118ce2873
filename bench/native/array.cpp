//! array: the 16 x 16 array of rtl/ under Verilator, rows of activations in each clock, weights of 16 in 64, the measure for the clocked kernel.
// Usage: array CYCLES: so many clocks to a repetition; then see slice.h.
#include "Vsystole_array.h"
#include "verilated.h"
#include "slice.h"

static Vsystole_array *top;
static unsigned cycles, sum;

static void clocks() {
  for (unsigned e = 0; e < cycles; e++) {
    for (int i = 0; i < 4; i++) {
      top->row[i] = (e + i) * 2654435761u;
      top->load_weights[i] = (e + i) * 40503u;
    }
    top->load = e % 64 >= 31 && e % 64 < 47;
    top->row_first = e % 64 == 0;
    top->clk = 0, top->eval(), top->clk = 1, top->eval();
    sum += top->out_row[0];
  }
}

int main(int count, char **words) {
  if (count != 2) return 2;
  cycles = atoi(words[1]);
  top = new Vsystole_array;
  top->reset = 1, top->clk = 0, top->eval(), top->clk = 1, top->eval(), top->reset = 0;
  top->load_live = 0xffff, top->row_live = 0xffff, top->row_valid = 1;
  const int status = serve(clocks);
  fprintf(stderr, sum == 1 ? "\n" : "");
  return status;
}
