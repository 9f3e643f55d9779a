#!/usr/bin/env bash
# Train a spaCy pipeline (its usual small CNN: tok2vec, morphologizer, parser) for bench/engine/compare.py:
#   bench/engine/train_spacy.sh WORK_FOLDER DEV.conllu TRAIN.conllu...
# Needs `pip install spacy` (no model download). STEPS (default 4000) bounds the training; PYTHON names the interpreter.
set -euo pipefail
work=$1 dev=$2; shift 2
python=${PYTHON:-python3}
mkdir -p "$work/train" "$work/dev"
for file in "$@"; do "$python" -m spacy convert -n 10 -c conllu "$file" "$work/train" >/dev/null; done
"$python" -m spacy convert -n 10 -c conllu "$dev" "$work/dev" >/dev/null
"$python" -m spacy init config --lang en --pipeline morphologizer,parser --optimize efficiency --force "$work/config.cfg" >/dev/null
"$python" -m spacy train "$work/config.cfg" --output "$work/model" --paths.train "$work/train" --paths.dev "$work/dev" \
  --training.max_steps "${STEPS:-4000}" --training.eval_frequency 1000 --nlp.batch_size 64
