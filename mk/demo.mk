# make demo: installs what is missing, builds, and runs a neighbourhood's week. make again so that pkg-config sees what is new.
.PHONY: demo bench
demo:
	@$(INSTALL_DEPS) build
	@$(SUBMAKE) MODE=release all
	@bash demo/run.sh

bench:
	@$(INSTALL_DEPS) build bench
	@$(SUBMAKE) MODE=release all tools
	@bash tests/bench/run
