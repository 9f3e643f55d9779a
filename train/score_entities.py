#!/usr/bin/env python3
"""F1 of entity spans, type and limits, pronouns included:  score_entities.py GOLD.conllu PREDICTED.conllu [--docs GUM_news GUM_interview]

Both hold the same sentences and words; entities stand in MISC as GUM's Entity attribute.
"""
import argparse
from collections import Counter

import data

KINDS = ("person", "place", "organization")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold")
    ap.add_argument("predicted")
    ap.add_argument("--docs", nargs="*", default=[], help="beginnings of the names of the documents to score")
    args = ap.parse_args()
    right, gold, predicted = Counter(), Counter(), Counter()
    for g, p in zip(data.read(args.gold, entities=True), data.read(args.predicted, entities=True), strict=True):
        assert g.form == p.form, (g.form, p.form)
        if args.docs and not g.doc.startswith(tuple(args.docs)):
            continue
        a, b = set(g.spans), set(p.spans)
        right.update(e[2] for e in a & b)
        gold.update(e[2] for e in a)
        predicted.update(e[2] for e in b)
    rows = [(k, right[k], gold[k], predicted[k]) for k in sorted(gold)]
    rows.append(("person, place, organization", *(sum(c[k] for k in KINDS) for c in (right, gold, predicted))))
    rows.append(("all", right.total(), gold.total(), predicted.total()))
    for name, r, g, p in rows:
        print(f"{name:30} precision {100 * r / max(p, 1):5.1f}  recall {100 * r / max(g, 1):5.1f}  F1 {200 * r / max(g + p, 1):5.1f}  gold {g}")


if __name__ == "__main__":
    main()
