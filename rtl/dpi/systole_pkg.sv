// systole_pkg: the reference and its checker as functions of SystemVerilog, through DPI-C; rtl/dpi/systole_drive.h says what each does.
package systole_pkg;
  import "DPI-C" function int systole_sim_open(input string profile, input string image, input int mode, input int unit, input int seed, input int most_delay);
  import "DPI-C" function int systole_sim_digests(input int handle);
  import "DPI-C" function int systole_sim_clock(input int handle);
  import "DPI-C" function int systole_sim_command(input int handle);
  import "DPI-C" function int systole_sim_command_data(input int handle);
  import "DPI-C" function int systole_sim_command_last(input int handle);
  import "DPI-C" function int systole_sim_command_taken(input int handle);
  import "DPI-C" function int systole_sim_port(input int handle);
  import "DPI-C" function int systole_sim_port_space(input int handle);
  import "DPI-C" function int systole_sim_port_address(input int handle);
  import "DPI-C" function int systole_sim_port_data(input int handle);
  import "DPI-C" function int systole_sim_port_strobe(input int handle);
  import "DPI-C" function int systole_sim_port_taken(input int handle);
  import "DPI-C" function int systole_sim_wrote(input int handle, input int space, input int address, input int data, input int strobe);
  import "DPI-C" function int systole_sim_retired(input int handle, input int order);
  import "DPI-C" function int systole_sim_finish(input int handle);
  import "DPI-C" function int systole_sim_count(input int handle);
  import "DPI-C" function int systole_sim_close(input int handle);
endpackage
