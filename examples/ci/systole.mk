# systole: a campaign for make: `include systole.mk`, then `make -j4 systole-report`. What was done is not done again.
SYSTOLE ?= npx systole
SYSTOLE_SEED ?= 1
SYSTOLE_COUNT ?= 2000
SYSTOLE_SHARDS ?= 1 2 3 4
SYSTOLE_GOAL ?= 0
SYSTOLE_OUT ?= systole-out

systole_n := $(words $(SYSTOLE_SHARDS))
systole_shards := $(SYSTOLE_SHARDS:%=$(SYSTOLE_OUT)/%.done)

# Exit codes 1 and 2 are results, which the report tells; a shard that is interrupted goes on where it was.
$(SYSTOLE_OUT)/%.done:
	mkdir -p $(SYSTOLE_OUT)
	$(SYSTOLE) fuzz --seed $(SYSTOLE_SEED) --count $(SYSTOLE_COUNT) --failures 0 --shard $*/$(systole_n) --resume $(SYSTOLE_OUT)/$* || [ $$? -le 2 ]
	touch $@

$(SYSTOLE_OUT)/merged/results.json: $(systole_shards)
	$(SYSTOLE) merge $(SYSTOLE_SHARDS:%=$(SYSTOLE_OUT)/%) --replace --output $(SYSTOLE_OUT)/merged || [ $$? -le 2 ]

.PHONY: systole-report systole-clean
systole-report: $(SYSTOLE_OUT)/merged/results.json
	$(SYSTOLE) report $(SYSTOLE_OUT)/merged --goal $(SYSTOLE_GOAL) --junit $(SYSTOLE_OUT)/junit.xml --sarif $(SYSTOLE_OUT)/systole.sarif --html $(SYSTOLE_OUT)/report.html --chrome $(SYSTOLE_OUT)/trace.json

systole-clean:
	rm -rf $(SYSTOLE_OUT)
