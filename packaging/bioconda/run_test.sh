#!/usr/bin/env bash
# The demo gives its expected files, byte for byte.
set -euo pipefail

hemoclone -q analyze -s testdata/demo/samples.csv -o out --formats default,mqc
for file in testdata/demo/expected/*; do
  cmp "$file" "out/$(basename "$file")"
done
