#!/usr/bin/env bash
# Short fuzz runs, as part of `make test`; `make fuzz` runs them longer.
exec bash "$(dirname "$0")/run" "${FUZZ_SHORT_SECONDS:-6}"
