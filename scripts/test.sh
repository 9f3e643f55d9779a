#!/usr/bin/env bash
# All tests, from a bare Debian 12 on: installs what is missing, then
#   1. GCC, warnings as errors: unit tests, case files, data checks, whole-program tests
#   2. Clang with address and undefined-behaviour sanitizers: the same tests
#   3. each fuzz target for a short time (the same build)
#   4. thread sanitizer: reading in parallel gives the same bytes
# scripts/test.sh quick   runs the first part alone.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
install_packages test
part=${1:-all}
fuzz_seconds=${DEMARCHE_FUZZ_SECONDS:-10}

echo "== 1. GCC"
cmake --preset dev -DDEMARCHE_WERROR=ON >/dev/null
cmake --build --preset dev
ctest --test-dir build/dev --output-on-failure -j2
[ "$part" = quick ] && exit 0

echo "== 2. Clang, address and undefined-behaviour sanitizers"
cmake --preset fuzz -DDEMARCHE_TESTS=ON -DDEMARCHE_WERROR=ON >/dev/null
cmake --build --preset fuzz
ctest --test-dir build/fuzz --output-on-failure -j2

echo "== 3. Fuzz targets, ${fuzz_seconds} s each"
for target in build/fuzz/fuzz/*_fuzz; do
  echo "-- $(basename "$target")"
  corpus=build/fuzz/corpus/$(basename "$target")
  mkdir -p "$corpus"
  "$target" -max_total_time="$fuzz_seconds" -rss_limit_mb=2048 -timeout=20 -verbosity=0 -print_final_stats=0 -print_funcs=0 "$corpus"
done

echo "== 4. Thread sanitizer"
cmake --preset tsan -DDEMARCHE_TESTS=OFF >/dev/null
cmake --build --preset tsan --target demarche
TSAN_OPTIONS=halt_on_error=1 build/tsan/app/demarche read --jobs 4 samples/*.html samples/*.txt >build/tsan/records.jsonl
build/dev/app/demarche read --jobs 1 samples/*.html samples/*.txt | cmp - build/tsan/records.jsonl

echo "== all parts passed; the tests of the first part once more, for the count"
ctest --test-dir build/dev -j2 | tail -n 5
