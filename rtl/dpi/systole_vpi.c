/* systole_vpi: the same functions for simulators without DPI-C, as $systole_open and so on: a module that vvp loads with -m. */
#include <stdint.h>
#include <stdlib.h>
#include <vpi_user.h>
#include "systole_drive.h"

enum { MOST_ARGUMENTS = 6 };

/* Numbers and strings of a call. */
struct call {
  int number[MOST_ARGUMENTS];
  char *string[MOST_ARGUMENTS];
};
struct function {
  const char *name;
  const char *shape; /* s a string, i a number, for each argument */
  int (*run)(const struct call *call);
};

#define ONE(what) \
  static int run_##what(const struct call *c) { return systole_sim_##what(c->number[0]); }
static int run_open(const struct call *c) { return systole_sim_open(c->string[0], c->string[1], c->number[2], c->number[3], c->number[4], c->number[5]); }
static int run_wrote(const struct call *c) { return systole_sim_wrote(c->number[0], c->number[1], c->number[2], c->number[3], c->number[4]); }
static int run_retired(const struct call *c) { return systole_sim_retired(c->number[0], c->number[1]); }
ONE(digests)
ONE(clock)
ONE(command)
ONE(command_data)
ONE(command_last)
ONE(command_taken)
ONE(port)
ONE(port_space)
ONE(port_address)
ONE(port_data)
ONE(port_strobe)
ONE(port_taken)
ONE(finish)
ONE(count)
ONE(close)

static const struct function functions[] = {
  {"$systole_sim_open", "ssiiii", run_open}, {"$systole_sim_digests", "i", run_digests}, {"$systole_sim_clock", "i", run_clock}, {"$systole_sim_command", "i", run_command},
  {"$systole_sim_command_data", "i", run_command_data}, {"$systole_sim_command_last", "i", run_command_last}, {"$systole_sim_command_taken", "i", run_command_taken},
  {"$systole_sim_port", "i", run_port}, {"$systole_sim_port_space", "i", run_port_space}, {"$systole_sim_port_address", "i", run_port_address},
  {"$systole_sim_port_data", "i", run_port_data}, {"$systole_sim_port_strobe", "i", run_port_strobe}, {"$systole_sim_port_taken", "i", run_port_taken},
  {"$systole_sim_wrote", "iiiii", run_wrote}, {"$systole_sim_retired", "ii", run_retired}, {"$systole_sim_finish", "i", run_finish},
  {"$systole_sim_count", "i", run_count}, {"$systole_sim_close", "i", run_close},
};

static PLI_INT32 called(PLI_BYTE8 *data) {
  const struct function *function = (const struct function *)(const void *)data;
  struct call call = {{0}, {NULL}};
  vpiHandle self = vpi_handle(vpiSysTfCall, NULL), arguments = vpi_iterate(vpiArgument, self);
  for (int i = 0; function->shape[i] != 0; i++) {
    vpiHandle argument = arguments == NULL ? NULL : vpi_scan(arguments);
    s_vpi_value value = {.format = function->shape[i] == 's' ? vpiStringVal : vpiIntVal};
    if (argument == NULL) {
      vpi_printf("systole: %s takes %s\n", function->name, function->shape);
      vpi_control(vpiFinish, 1);
      return 0;
    }
    vpi_get_value(argument, &value);
    if (function->shape[i] == 'i') call.number[i] = value.value.integer;
    else {
      /* The simulator's string is overwritten by the next one. */
      const size_t size = 1024;
      call.string[i] = calloc(size, 1);
      for (size_t at = 0; call.string[i] != NULL && at + 1 < size && value.value.str[at] != 0; at++) call.string[i][at] = value.value.str[at];
    }
  }
  s_vpi_value result = {.format = vpiIntVal};
  result.value.integer = function->run(&call);
  vpi_put_value(self, &result, NULL, vpiNoDelay);
  for (int i = 0; i < MOST_ARGUMENTS; i++) free(call.string[i]);
  return 0;
}

static void register_functions(void) {
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    s_vpi_systf_data data = {.type = vpiSysFunc, .sysfunctype = vpiIntFunc, .tfname = (PLI_BYTE8 *)functions[i].name, .calltf = called, .user_data = (PLI_BYTE8 *)(uintptr_t)&functions[i]};
    vpi_register_systf(&data);
  }
}
void (*vlog_startup_routines[])(void) = {register_functions, NULL};
