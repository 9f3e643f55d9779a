#!/usr/bin/env bash
# Runs the evaluation scorers over the release program and prints their figures.
#
#   tools/evaluate.sh EVALUATION_FOLDER [JOB ...]
#
# EVALUATION_FOLDER holds measure.py and the development sets that it names (they are not part of this repository: their texts
# belong to their publishers). Without a JOB all of them run. Figures that are kept stand in docs/accuracy.md.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2; }
eval_folder=$(realpath "$1"); shift
cd "$(dirname "$0")/.."
cmake --preset release -DDEMARCHE_TESTS=OFF >/dev/null
cmake --build --preset release --target demarche >&2
python3 "$eval_folder/measure.py" "$PWD/build/release/app/demarche" "${@:-all}"
