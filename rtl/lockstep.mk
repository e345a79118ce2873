# lockstep: the example design in step with the engine, in Verilator and in Icarus: targets lockstep and lockstep-icarus.
ROOT := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))/..)
LOCKSTEP := $(ROOT)/build/rtl/lockstep
NATIVE := $(ROOT)/build/native
PROFILE ?= systole-int8
BUG ?= 0
# An image, or a case of a bundle; MODE 1 strict, 2 per unit, 3 final, 0 without the checker.
PROGRAM ?= $(LOCKSTEP)/case
MODE ?= 2
SEED ?= 0
DELAY ?= 0
PLUSARGS = +profile=$(LOCKSTEP)/$(PROFILE).bin +program=$(PROGRAM) +mode=$(MODE) +seed=$(SEED) +delay=$(DELAY)
PACKAGES := $(ROOT)/generated/systole_isa.sv $(ROOT)/generated/systole_profile.sv
DESIGN := $(wildcard $(ROOT)/rtl/systole_*.sv)

.PHONY: lockstep lockstep-icarus lockstep-build
lockstep: $(LOCKSTEP)/verilator-$(BUG)/lockstep $(LOCKSTEP)/$(PROFILE).bin $(PROGRAM)
	$< $(PLUSARGS)

lockstep-icarus: $(LOCKSTEP)/icarus-$(BUG).vvp $(LOCKSTEP)/$(PROFILE).bin $(PROGRAM)
	vvp -n -m $(NATIVE)/systole.vpi $< $(PLUSARGS)

$(NATIVE)/libsystole.a:
	cd $(ROOT) && npm run --silent build:native

$(LOCKSTEP)/$(PROFILE).bin: $(NATIVE)/libsystole.a
	mkdir -p $(LOCKSTEP)
	cd $(ROOT) && node bin/systole.cjs profile binary $(PROFILE) -o $@

# A program that uses every instruction of the unit, in the form of a bundle's case.
$(LOCKSTEP)/case: $(ROOT)/rtl/bench/lockstep.s
	mkdir -p $@
	cd $(ROOT) && node bin/systole.cjs assemble rtl/bench/lockstep.s -o $@/program.bin

$(LOCKSTEP)/verilator-$(BUG)/lockstep: $(DESIGN) $(PACKAGES) $(ROOT)/rtl/dpi/systole_pkg.sv $(ROOT)/rtl/bench/lockstep.sv $(ROOT)/rtl/bench/lockstep.cpp $(NATIVE)/libsystole.a
	mkdir -p $(LOCKSTEP)
	verilator --cc --exe --build -O3 --x-assign fast --x-initial fast -CFLAGS -DVL_USER_FATAL -MAKEFLAGS "OPT_FAST=-O2 OPT_GLOBAL=-O2" --top-module lockstep -GBUG=$(BUG) -Wno-fatal -Wno-WIDTH \
	  --Mdir $(LOCKSTEP)/verilator-$(BUG) -o lockstep $(PACKAGES) $(ROOT)/rtl/dpi/systole_pkg.sv $(DESIGN) $(ROOT)/rtl/bench/lockstep.sv $(ROOT)/rtl/bench/lockstep.cpp \
	  $(NATIVE)/libsystole.a -LDFLAGS -lm > $(LOCKSTEP)/verilator-$(BUG).log 2>&1 || { cat $(LOCKSTEP)/verilator-$(BUG).log; exit 1; }

$(LOCKSTEP)/icarus-$(BUG).vvp: $(DESIGN) $(PACKAGES) $(ROOT)/rtl/bench/lockstep.sv $(ROOT)/rtl/bench/lockstep_icarus.sv $(NATIVE)/libsystole.a
	mkdir -p $(LOCKSTEP)
	iverilog -g2012 -o $@ -s lockstep_icarus -Plockstep_icarus.BUG=$(BUG) $(PACKAGES) $(DESIGN) $(ROOT)/rtl/bench/lockstep.sv $(ROOT)/rtl/bench/lockstep_icarus.sv
