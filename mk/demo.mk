# make demo: installs what is missing, builds, and runs a neighbourhood's week. make again so that pkg-config sees what is new.
.PHONY: demo bench
demo:
	@sh mk/deps.sh build
	@$(SUBMAKE) MODE=release all
	@bash demo/run.sh

bench:
	@sh mk/deps.sh build bench
	@$(SUBMAKE) MODE=release all tools
	@bash tests/bench/run
