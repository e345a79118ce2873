# lockstep: the example design in step with the engine, in Verilator and in Icarus; `make -f lockstep.mk`, or included by the Makefile.
#
#   make lockstep            Verilator, the engine in the same process through DPI-C
#   make lockstep-icarus     Icarus, through VPI
# PROGRAM is an image or a case of a bundle; MODE 1 strict, 2 per unit, 3 final, 0 without the checker; SEED and DELAY shift the other
# units' writes; BUG=n builds a mistake of docs/rtl.md, PROFILE=NAME|FILE another size.
LOCKSTEP_ROOT := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))/..)
PROFILE ?= systole-int8
BUG ?= 0
MODE ?= 2
SEED ?= 0
DELAY ?= 0
LOCKSTEP := $(LOCKSTEP_ROOT)/build/rtl/lockstep
LOCKSTEP_NATIVE := $(LOCKSTEP_ROOT)/build/native
LOCKSTEP_WORK := $(LOCKSTEP)/$(basename $(notdir $(PROFILE)))
PROGRAM ?= $(LOCKSTEP)/every
LOCKSTEP_ARGS = +profile=$(LOCKSTEP_WORK)/profile.bin +program=$(PROGRAM) +mode=$(MODE) +seed=$(SEED) +delay=$(DELAY)
LOCKSTEP_PACKAGES := $(LOCKSTEP_ROOT)/generated/systole_isa.sv $(LOCKSTEP_WORK)/systole_profile.sv
LOCKSTEP_DESIGN := $(filter-out %/systole_player.sv,$(wildcard $(LOCKSTEP_ROOT)/rtl/systole_*.sv))
LOCKSTEP_BENCH := $(LOCKSTEP_ROOT)/rtl/bench
LOCKSTEP_SYSTOLE := node $(LOCKSTEP_ROOT)/bin/systole.cjs

.PHONY: lockstep lockstep-icarus lockstep-always
lockstep: $(LOCKSTEP_WORK)/verilator-$(BUG)/lockstep $(LOCKSTEP_WORK)/profile.bin $(PROGRAM)
	$< $(LOCKSTEP_ARGS)

lockstep-icarus: $(LOCKSTEP_WORK)/icarus-$(BUG).vvp $(LOCKSTEP_WORK)/profile.bin $(PROGRAM)
	vvp -n -m $(LOCKSTEP_NATIVE)/systole.vpi $< $(LOCKSTEP_ARGS)

# Whether it is older than its sources, those of the engine among them, its own build knows; what is up to date keeps its date, and nothing is linked anew.
$(LOCKSTEP_NATIVE)/libsystole.a: lockstep-always
	@cd $(LOCKSTEP_ROOT) && says=$$(npm run --silent build:native 2>&1) || { echo "$$says" >&2; exit 1; }

$(LOCKSTEP_WORK)/profile.bin: $(LOCKSTEP_NATIVE)/libsystole.a $(wildcard $(PROFILE))
	mkdir -p $(@D)
	$(LOCKSTEP_SYSTOLE) profile binary $(PROFILE) -o $@

# It is made each time, and replaced where it has changed.
$(LOCKSTEP_WORK)/systole_profile.sv: lockstep-always
	@mkdir -p $(@D)
	@$(LOCKSTEP_SYSTOLE) emit systemverilog-profile --profile $(PROFILE) -o $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# A program that uses every instruction of the unit.
$(LOCKSTEP)/every: $(LOCKSTEP_BENCH)/lockstep.s
	mkdir -p $(@D)
	$(LOCKSTEP_SYSTOLE) assemble $< -f bin -o $@

# Names of our own, since the parts of Verilator's folder are its own business; a new library is linked anew.
$(LOCKSTEP_WORK)/verilator-$(BUG)/lockstep: $(LOCKSTEP_PACKAGES) $(LOCKSTEP_ROOT)/rtl/dpi/systole_pkg.sv $(LOCKSTEP_DESIGN) $(LOCKSTEP_BENCH)/lockstep.sv $(LOCKSTEP_BENCH)/lockstep.cpp $(LOCKSTEP_NATIVE)/libsystole.a
	rm -f $@
	verilator --cc --exe --build -O3 --x-assign fast --x-initial fast -CFLAGS -DVL_USER_FATAL -MAKEFLAGS "OPT_FAST=-O2 OPT_GLOBAL=-O2" --top-module lockstep \
	  -GBUG=$(BUG) -Wno-fatal -Wno-WIDTH --Mdir $(@D) -o lockstep $^ -LDFLAGS -lm > $(@D).log 2>&1 || { cat $(@D).log; exit 1; }

$(LOCKSTEP_WORK)/icarus-$(BUG).vvp: $(LOCKSTEP_PACKAGES) $(LOCKSTEP_DESIGN) $(LOCKSTEP_BENCH)/lockstep.sv $(LOCKSTEP_BENCH)/lockstep_icarus.sv $(LOCKSTEP_NATIVE)/libsystole.a
	iverilog -g2012 -o $@ -s lockstep_icarus -Plockstep_icarus.BUG=$(BUG) $(filter %.sv,$^)
