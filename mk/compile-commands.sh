#!/bin/sh
# compile-commands.sh COMMAND FILE…: prints compile_commands.json for editors and linters.
command=$1; shift
escaped=$(printf '%s' "$command" | sed 's/\\/\\\\/g; s/"/\\"/g')
printf '[\n'
first=1
for file; do
  [ $first = 1 ] || printf ',\n'
  first=0
  printf '{"directory": "%s", "file": "%s", "command": "%s -c %s"}' "$PWD" "$file" "$escaped" "$file"
done
printf '\n]\n'
