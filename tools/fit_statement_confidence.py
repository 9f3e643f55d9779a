#!/usr/bin/env python3
"""Fit data/en/statement_confidence.tsv: the weights of a statement's confidence. Python 3 standard library only.

    fit_statement_confidence.py DEMARCHE STATEMENT_FEATURES [--reports DIR]... [--judged JUDGED.tsv ARTICLES.jsonl.gz] [--write] [--l2 X]

DEMARCHE and STATEMENT_FEATURES are the built programs (targets demarche and statement_features). What rows are judged by:
  --reports DIR   NAME.txt or NAME.html with NAME.gold.json (tests/tuning)
  --judged        positions and fields of the right rows of news articles, as demarche/statements/judged.tsv holds them (ids and places
                  only; the articles are Wikinews, CC BY 2.5, one JSON object a line with "id" and "text"; articles that the table does
                  not name are left out)
A row is right when it has a gold row of its own with half of their joint content, overlapping speaker words, and the same party,
openness and quotation type. Logistic regression with an L2 penalty, full-batch, from zero: the same rows give the same weights.
Printed: the out-of-report reliability (ten folds, whole reports apart) and, with --write, the table's path.
"""
import gzip, json, math, pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "data/en/statement_confidence.tsv"
QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2019": "'", "\u2018": "'", "\u2013": "-", "\u2014": "-", "\u00a0": " "})


def jaccard(a, b):
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return shared / (a[1] - a[0] + b[1] - b[0] - shared) if shared else 0.0


def records(demarche, features, paths, jsonl):
    """(record, features) of every report."""
    read = subprocess.run([demarche, "read", "--format", "jsonl", *(["--input", "jsonl"] if jsonl else []), *paths], stdout=subprocess.PIPE).stdout
    told = subprocess.run([features, *(["--jsonl"] if jsonl else []), *paths], stdout=subprocess.PIPE, check=True).stdout
    by_path = {}
    for line in told.decode().splitlines():
        row = json.loads(line)
        by_path[row["read_from"]] = row["features"]
    for line in read.decode().splitlines():
        record = json.loads(line)
        yield record, by_path[record["document"]["read_from"]]


def judge(record, gold, text):
    """Right (True), wrong (False) or not to be judged (None) of each statement."""
    def words(s):
        return set((s or "").translate(QUOTES).lower().split())

    def place(s):
        return (s["content"]["start"], s["content"]["end"])

    cells = sorted(((jaccard(g["place"], place(s)), -i, -j) for i, g in enumerate(gold) for j, s in enumerate(record["statements"])), reverse=True)
    of, used = {}, set()
    for overlap, i, j in cells:
        if overlap < 0.5 or -j in of or -i in used:
            continue
        of[-j] = gold[-i]
        used.add(-i)
    out = []
    for j, s in enumerate(record["statements"]):
        g = of.get(j)
        if g is None:
            out.append(False)
        elif g.get("optional"):
            out.append(None)
        else:
            speaker = s["speaker"] or {}
            a, b = words(g["source"]), words(speaker.get("text"))
            same = len(a & b) / min(len(a), len(b)) >= 0.5 if a and b else a == b
            out.append(same and g.get("party") == speaker.get("party") and g.get("anonymity") in (None, speaker.get("anonymity")) and g.get("quotation") in (None, s["quotation"]))
    return out


def fold(text):
    """Text with quotes straight and white space single, and for each of its characters the place in the text."""
    out, places = [], []
    for at, c in enumerate(text.translate(QUOTES)):
        if c.isspace():
            if out and out[-1] == " ":
                continue
            c = " "
        out.append(c)
        places.append(at)
    return "".join(out), places


def of_reports(demarche, features, folder):
    folder = pathlib.Path(folder)
    inputs = [next(p for p in (g.with_name(g.name.replace(".gold.json", e)) for e in (".txt", ".html")) if p.exists()) for g in sorted(folder.glob("*.gold.json"))]
    for record, told in records(demarche, features, [str(p) for p in inputs], False):
        gold = json.loads((folder / (pathlib.Path(record["document"]["read_from"]).stem + ".gold.json")).read_text())
        text, places = fold(record["document"]["text"])
        rows = []
        for g in gold["statements"]:
            at = text.find(" ".join(g["content"].translate(QUOTES).split()))
            if at >= 0:
                end = at + len(" ".join(g["content"].translate(QUOTES).split()))
                rows.append({**g, "place": (places[at], places[end - 1] + 1)})
        yield record["document"]["read_from"], told, judge(record, rows, text)


def of_judged(demarche, features, table, articles):
    gold, wanted = {}, set()
    for line in open(table, encoding="utf-8"):
        if line.startswith("#") or line.startswith("article\t"):
            continue
        article, start, end, speaker_start, speaker_end, party, anonymity, quotation, judgement = line.rstrip("\n").split("\t")
        wanted.add(article)
        if start:
            gold.setdefault(article, []).append({"place": (int(start), int(end)), "speaker": (int(speaker_start), int(speaker_end)) if speaker_start else None, "party": party or None,
                                                 "anonymity": anonymity, "quotation": quotation, "optional": judgement == "optional"})
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for line in (gzip.open if str(articles).endswith(".gz") else open)(articles, "rt", encoding="utf-8"):
            if json.loads(line)["id"] in wanted:
                out.write(line)
        out.flush()
        for record, told in records(demarche, features, [out.name], True):
            text = record["document"]["text"]
            rows = [{**g, "source": text[slice(*g["speaker"])] if g["speaker"] else ""} for g in gold.get(record["document"]["read_from"], [])]
            yield record["document"]["read_from"], told, judge(record, rows, text)


def probability(weights, features):
    total = weights["bias"] + sum(weights.get(f, 0.0) for f in features)
    return 1 / (1 + math.exp(-total))


def fit(rows, l2, rounds=400):
    """Newton-like descent: each weight by its own curvature."""
    names = sorted({f for features, _ in rows for f in features})
    weights = dict.fromkeys(["bias", *names], 0.0)
    for _ in range(rounds):
        slope = {n: -l2 * w for n, w in weights.items()}
        bend = dict.fromkeys(weights, l2)
        slope["bias"], bend["bias"] = 0.0, 1e-6
        for features, right in rows:
            p = probability(weights, features)
            for n in ("bias", *features):
                slope[n] += right - p
                bend[n] += p * (1 - p)
        for n in weights:
            weights[n] += 0.1 * slope[n] / bend[n]  # features overlap: a full step would overshoot
    return weights


def reliability(scored):
    print("confidence    rows  mean  right")
    for low, high in ((0.95, 1.01), (0.9, 0.95), (0.8, 0.9), (0.7, 0.8), (0.5, 0.7), (0.3, 0.5), (0, 0.3)):
        part = [(p, r) for p, r in scored if low <= p < high]
        if part:
            print(f"{low:.2f}-{min(high, 1):.2f}  {len(part):6} {sum(p for p, _ in part) / len(part):6.2f} {sum(r for _, r in part) / len(part):6.2f}")
    best = right = n = 0
    for p, r in sorted(scored, reverse=True):
        n, right = n + 1, right + r
        if right / n >= 0.9:
            best = right
    loss = -sum(math.log(p if r else 1 - p) for p, r in scored) / len(scored)
    print(f"log loss {loss:.3f}; of {sum(r for _, r in scored)} right rows {best} among the surest that keep nine of ten")


def main():
    args, flags = sys.argv[1:], {"reports": [], "judged": None, "write": False, "l2": 2.0}
    programs = []
    while args:
        a = args.pop(0)
        if a == "--reports":
            flags["reports"].append(args.pop(0))
        elif a == "--judged":
            flags["judged"] = (args.pop(0), args.pop(0))
        elif a == "--write":
            flags["write"] = True
        elif a == "--l2":
            flags["l2"] = float(args.pop(0))
        else:
            programs.append(a)
    if len(programs) != 2 or not (flags["reports"] or flags["judged"]):
        raise SystemExit(__doc__)
    reports = []  # per report: [(features, right)]
    for folder in flags["reports"]:
        reports += list(of_reports(*programs, folder))
    if flags["judged"]:
        reports += list(of_judged(*programs, *flags["judged"]))
    kept = [[(f, bool(r)) for f, r in zip(told, right) if r is not None] for _, told, right in sorted(reports, key=lambda r: r[0])]
    rows = [row for report in kept for row in report]
    print(f"{len(kept)} reports, {len(rows)} rows, {sum(r for _, r in rows)} right")
    scored = []
    for k in range(10):
        weights = fit([row for i, report in enumerate(kept) if i % 10 != k for row in report], flags["l2"])
        scored += [(min(0.97, max(0.02, probability(weights, f))), r) for i, report in enumerate(kept) if i % 10 == k for f, r in report]
    reliability(scored)
    if not flags["write"]:
        return
    weights = fit(rows, flags["l2"])
    with open(TABLE, "w", encoding="utf-8") as out:
        out.write("# statement_confidence: weights of what a statement's confidence rests on. Format: docs/formats/statement_confidence.md v1.\n"
                  "# GENERATED by tools/fit_statement_confidence.py; do not edit. Licence: CC0-1.0.\nfeature\tweight\trows\tright\n")
        for name in sorted(weights):
            seen = [r for f, r in rows if name == "bias" or name in f]
            out.write(f"{name}\t{weights[name]:.3f}\t{len(seen)}\t{sum(seen)}\n")
    print(TABLE)


if __name__ == "__main__":
    main()
