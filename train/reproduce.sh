#!/usr/bin/env bash
# Trains the shipped models anew: reproduce.sh FOLDER OUT
#   FOLDER holds ewt-train, ewt-dev, gumstrict-train and gum-dev (.conllu.xz), news.txt and plain.txt (plain text, paragraphs apart by blank lines;
#   corpus.py makes plain.txt) and bert/ (README.md, "The teacher").
# Needs requirements.txt, WordNet (Debian: wordnet-base) and a built demarche (DEMARCHE=path). README.md tells what it takes and what it reached.
set -euo pipefail
[ $# = 2 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd); data=$1; out=$2
demarche=${DEMARCHE:-$here/../build/release/app/demarche}
wordnet=${WORDNET:-/usr/share/wordnet}
mkdir -p "$out"
treebanks=(--train "$data/ewt-train.conllu.xz" --train-entities "$data/gumstrict-train.conllu.xz")
dev=(--dev "$data/ewt-dev.conllu.xz" "$data/gum-dev.conllu.xz")

# The words of plain text; its trees are not used.
python3 "$here/wordnet.py" "$wordnet" > "$out/examples.txt"
for text in "$out/examples" "$data/news" "$data/plain"; do
  "$demarche" show parse --input text "$text.txt" > "$out/$(basename "$text").conllu"
done
texts=("$out/examples.conllu" "$out/news.conllu" "$out/plain.conllu")

# The teacher, what it says of treebanks and plain text, and the network's first knowledge of words.
python3 "$here/bert.py" train --bert "$data/bert" "${treebanks[@]}" "${dev[@]}" --out "$out/bert.pt"
python3 "$here/teacher.py" --teachers "$out/bert.pt" "${treebanks[@]}" --silver "${texts[@]}" --most 1600000 --out "$out/taught"
python3 "$here/pretrain.py" --train "$data/ewt-train.conllu.xz" "$data/gumstrict-train.conllu.xz" --text "${texts[@]}" --out "$out/words.pt"

# Six layers, then two more on top of them.
python3 "$here/train.py" --taught "$out/taught" "${dev[@]}" --init "$out/words.pt" --silver-words 330000 --steps 15000 --out "$out/six.pt"
python3 "$here/train.py" --taught "$out/taught" "${dev[@]}" --init "$out/six.pt" --grow cr --decay-from 0.3 --silver-words 400000 --steps 10000 --out "$out/default.pt"
python3 "$here/train.py" --taught "$out/taught" "${dev[@]}" --size fast --decay-from 0.3 --silver-words 330000 --steps 6000 --out "$out/fast.pt"

for size in default fast; do
  python3 "$here/export.py" "$out/$size.pt" --train "$data/ewt-train.conllu.xz" "$data/gumstrict-train.conllu.xz" --wordnet "$wordnet" --text "${texts[@]}" --name "$size" --version 0.4.0 \
    --training-data "UD English EWT 2 train; UD English GUM train, its texts that are free for any use; plain text: State of the Union addresses, WordNet 3.0, help of GNOME, The Debian Handbook, English Wikinews; through its teacher, multilingual BERT: Wikipedia" \
    --out "$out/$size.bin"
done
