#!/usr/bin/env bash
# Trains the shipped models anew from the treebanks: reproduce.sh FOLDER OUT
#   FOLDER holds ewt-train, ewt-dev, gumstrict-train and gum-dev (.conllu.xz) and, for silver text, news.txt (paragraphs apart by blank lines).
# Needs requirements.txt, WordNet (Debian: wordnet-base) and a built demarche (DEMARCHE=path). README.md tells what it takes and what it reached.
set -euo pipefail
[ $# = 2 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd); data=$1; out=$2
demarche=${DEMARCHE:-$here/../build/release/app/demarche}
wordnet=${WORDNET:-/usr/share/wordnet}
mkdir -p "$out"
corpora=(--train "$data/ewt-train.conllu.xz" --train-entities "$data/gumstrict-train.conllu.xz" --dev "$data/ewt-dev.conllu.xz" "$data/gum-dev.conllu.xz" --evaluate-every 6)

python3 "$here/train.py" "${corpora[@]}" --size default --seed 1 --steps 6640 --decay-from 0.3 --out "$out/first.pt"
python3 "$here/train.py" "${corpora[@]}" --size default --seed 2 --steps 6640 --decay-from 0.3 --out "$out/second.pt"

python3 "$here/wordnet.py" "$wordnet" > "$out/examples.txt"
"$demarche" show parse --input text "$out/examples.txt" > "$out/examples.conllu"
"$demarche" show parse --input text "$data/news.txt" > "$out/news.conllu"
silver=(--silver "$out/news.conllu" "$out/examples.conllu" --silver-words 100000)
teachers=(--teachers "$out/first.pt" "$out/second.pt")
python3 "$here/train.py" "${corpora[@]}" "${teachers[@]}" "${silver[@]}" --init "$out/first.pt" --seed 3 --lr 1.5e-3 --decay-from 0.15 --steps 6480 --out "$out/default.pt"
python3 "$here/train.py" "${corpora[@]}" "${teachers[@]}" "${silver[@]}" --size fast --seed 1 --steps 6480 --decay-from 0.3 --out "$out/fast.pt"

for size in default fast; do
  python3 "$here/export.py" "$out/$size.pt" --train "$data/ewt-train.conllu.xz" "$data/gumstrict-train.conllu.xz" --wordnet "$wordnet" --name "$size" --version 0.2.0 \
    --training-data "UD English EWT 2 train; UD English GUM train, its texts that are free for any use; silver: English Wikinews, examples of WordNet 3.0; inflected words of WordNet 3.0" \
    --out "$out/$size.bin"
done
