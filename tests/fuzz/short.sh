#!/usr/bin/env bash
# Short fuzz runs, as part of `make test`: always the same way, so that a failure is the change's. `make fuzz` runs them longer,
# each time another way.
exec bash "$(dirname "$0")/run" short
