#!/usr/bin/env python3
"""F1 of words, sentences, UPOS and LAS of CoNLL-U against gold CoNLL-U over the same text, in the manner of the CoNLL 2018 shared task.

    score.py GOLD.conllu PRED.conllu

Words are aligned by the characters they cover (white space aside); inside a multiword token in order, when both sides split it into as
many words. LAS compares universal relations (before ':').
"""
import sys


def read(text):
    """(characters, sentence spans, words); a word: (span, place in its token, words of its token, UPOS, head as index or -1, relation)."""
    chars, spans, words, rows = [], [], [], []
    at = 0
    for line in text.split("\n") + [""]:
        if line.startswith("#"):
            continue
        if line:
            columns = line.split("\t")
            if "." not in columns[0]:
                rows.append(columns)
            continue
        if not rows:
            continue
        base, start, multi = len(words), at, None
        for c in rows:
            if "-" in c[0]:
                first, last = map(int, c[0].split("-"))
                form = "".join(c[1].split())
                multi = (last, (at, at + len(form)), last - first + 1, first)
                chars.append(form)
                at += len(form)
                continue
            number = int(c[0])
            if multi and number <= multi[0]:
                span, place, size = multi[1], number - multi[3], multi[2]
            else:
                form = "".join(c[1].split())
                span, place, size = (at, at + len(form)), 0, 1
                chars.append(form)
                at += len(form)
            head = int(c[6]) if c[6].isdigit() else 0
            words.append((span, place, size, c[3], base + head - 1 if head else -1, c[7].split(":")[0]))
        spans.append((start, at))
        rows = []
    return "".join(chars), spans, words


def f1(right, gold, pred):
    return 200 * right / (gold + pred) if gold + pred else 0.0


def score(gold_text, pred_text):
    gold_chars, gold_spans, gold = read(gold_text)
    pred_chars, pred_spans, pred = read(pred_text)
    if gold_chars != pred_chars:
        raise SystemExit("gold and prediction are not of the same text")
    places = {w[:3]: i for i, w in enumerate(pred)}
    align = {i: places[w[:3]] for i, w in enumerate(gold) if w[:3] in places}

    def same_head(i, j):
        g, p = gold[i][4], pred[j][4]
        return g < 0 and p < 0 or g >= 0 and align.get(g) == p

    count = lambda test: f1(sum(1 for i, j in align.items() if test(i, j)), len(gold), len(pred))
    return {"Words": f1(len(align), len(gold), len(pred)), "Sentences": f1(len(set(gold_spans) & set(pred_spans)), len(gold_spans), len(pred_spans)),
            "UPOS": count(lambda i, j: gold[i][3] == pred[j][3]), "LAS": count(lambda i, j: same_head(i, j) and gold[i][5] == pred[j][5])}


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    for name, value in score(*(open(p, encoding="utf-8").read() for p in sys.argv[1:])).items():
        print(f"{name:10} {value:6.2f}")
