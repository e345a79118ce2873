// matrix: the Verilated matrix unit behind functions of C, as koffi calls them.
#include <cstdint>
#include "Vsystole_matrix.h"
#include "verilated.h"

namespace {
struct Matrix {
  VerilatedContext context;
  Vsystole_matrix design{&context};
  uint64_t clocks = 0;
  uint32_t retired = 0;

  // What the design drives depends on what it is given, so outputs are looked at before the edge.
  void edge() {
    design.eval();
    if (design.retire_valid) retired++;
    design.clk = 1;
    design.eval();
    design.clk = 0;
    design.eval();
    clocks++;
  }
  void reset() {
    design.reset = 1;
    design.mem_valid = design.cmd_valid = 0;
    edge();
    edge();
    design.reset = 0;
    retired = 0;
  }
  bool access(bool write, uint32_t space, uint32_t address, uint32_t data, uint32_t strobe, uint32_t limit) {
    design.mem_valid = 1;
    design.mem_write = write;
    design.mem_space = space;
    design.mem_address = address;
    design.mem_wdata = data;
    design.mem_strobe = strobe;
    for (design.eval(); !design.mem_ready; design.eval()) {
      if (limit-- == 0) return false;
      edge();
    }
    edge();
    design.mem_valid = 0;
    design.eval();
    return true;
  }
};
constexpr uint32_t PATIENCE = 100000;
}  // namespace

extern "C" {
Matrix* matrix_new() {
  Matrix* matrix = new Matrix;
  matrix->reset();
  return matrix;
}
void matrix_free(Matrix* matrix) { delete matrix; }
void matrix_reset(Matrix* matrix) { matrix->reset(); }

// Words at an address that is a multiple of 4; each bit of `strobes[i]` picks a byte. 0: the design does not answer.
int matrix_write(Matrix* matrix, uint32_t space, uint32_t address, const uint32_t* words, const uint8_t* strobes, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (!matrix->access(true, space, address + 4 * i, words[i], strobes[i], PATIENCE)) return 0;
  return 1;
}
int matrix_read(Matrix* matrix, uint32_t space, uint32_t address, uint32_t* words, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (!matrix->access(false, space, address + 4 * i, 0, 0, PATIENCE)) return 0;
    words[i] = matrix->design.mem_rdata;
  }
  return 1;
}

// A closed instruction, word by word; it is accepted and need not have retired. 0: the design does not take it.
int matrix_command(Matrix* matrix, const uint32_t* words, uint32_t count) {
  Vsystole_matrix& design = matrix->design;
  for (uint32_t i = 0, patience = PATIENCE; i < count;) {
    design.cmd_valid = 1;
    design.cmd_data = words[i];
    design.cmd_last = i + 1 == count;
    design.eval();
    const bool accepted = design.cmd_ready;
    matrix->edge();
    if (accepted) i++;
    else if (patience-- == 0) return 0;
  }
  design.cmd_valid = 0;
  design.eval();
  return 1;
}
// Until so many instructions have retired since the reset and the design is idle.
int matrix_settle(Matrix* matrix, uint32_t retired) {
  for (uint32_t patience = PATIENCE; matrix->retired < retired || !matrix->design.idle; matrix->edge())
    if (patience-- == 0) return 0;
  return 1;
}
uint64_t matrix_clocks(Matrix* matrix) { return matrix->clocks; }
}
