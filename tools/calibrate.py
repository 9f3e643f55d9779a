#!/usr/bin/env python3
"""Fits what makes `confidence`: weights of the signs that a stage gives its rows, from rows judged right or wrong.

    demarche eval tests/calibration --format jsonl > rows.jsonl
    calibrate.py judged DEMARCHE CORPUS.jsonl[.gz] train/judged_events.tsv --weight 0.5 >> rows.jsonl
    calibrate.py fit rows.jsonl --list events > data/en/event_confidence.tsv
    calibrate.py table rows.jsonl --list statements

`fit`: a row is right when every field that demarche eval compares is; rows that the gold leaves free are not used. The model is a logistic
regression of the signs, each weight but that of `row` drawn towards 0 (ridge), since some dozens of reports are little to learn from. How
strongly they are drawn is chosen by leaving reports out: the strength under which the rows left out are likeliest. On standard error it tells what an analyst meets: the
rows of left-out reports by confidence, how many, mean confidence, share right. `judged` gives rows that a person judged by reading (see the head of
that file); one whose fields have changed since is left out; --weight makes such rows count for less, where they are of news of another kind. `table` tells how good the confidence is that the rows carry. Standard library only.
"""
import argparse
import collections
import gzip
import json
import math
import subprocess
import sys
import tempfile

STRENGTHS = (0.3, 1, 2, 4, 8, 16, 32, 64)
FOLDS = 25
BINS = (0.9, 0.8, 0.7, 0.6, 0.3, 0.0)


def chance(total):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def read_rows(paths, wanted):
    rows = []
    for path in paths:
        for line in open(path, encoding="utf-8"):
            row = json.loads(line)
            if row["list"] == wanted and row["outcome"] in ("right", "flawed", "extra"):
                rows.append((row["report"], tuple(row["signs"]), row["outcome"] == "right", row["confidence"], row.get("weight", 1.0)))
    return rows


def gold_size(paths, wanted):
    """Gold rows that must be found: those answered and those missed."""
    return sum(json.loads(line)["list"] == wanted and json.loads(line)["outcome"] in ("right", "flawed", "missed") for path in paths for line in open(path, encoding="utf-8"))


class Model:
    """weights: sign -> weight. Fitted by Newton steps on one weight at a time, which needs no matrices and cannot diverge."""

    def __init__(self, rows, strength, least_rows):
        count = collections.Counter(sign for row in rows for sign in set(row[1]))
        kept = sorted(sign for sign, n in count.items() if n >= (2 * least_rows if sign.startswith("rule=") else least_rows))
        self.rows_of = {sign: count[sign] for sign in kept}
        self.weights = dict.fromkeys(kept, 0.0)
        members = {sign: [] for sign in kept}
        for i, row in enumerate(rows):
            for sign in set(row[1]):
                if sign in members:
                    members[sign].append(i)
        right, share = [row[2] for row in rows], [row[4] for row in rows]
        total = [0.0] * len(rows)
        for _ in range(200):
            furthest = 0.0
            for sign in kept:
                penalty = 0.0 if len(members[sign]) == len(rows) else strength  # the sign that all rows have is the base rate
                slope, curve = -penalty * self.weights[sign], penalty + 1e-6
                for i in members[sign]:
                    p = chance(total[i])
                    slope += share[i] * (right[i] - p)
                    curve += share[i] * p * (1 - p)
                step = max(-1.0, min(1.0, slope / curve))
                self.weights[sign] += step
                for i in members[sign]:
                    total[i] += step
                furthest = max(furthest, abs(step))
            if furthest < 1e-4:
                break

    def confidence(self, signs):
        return min(0.99, max(0.01, chance(sum(self.weights.get(sign, 0.0) for sign in signs))))


def left_out(rows, strength, least_rows):
    """Each report's rows, judged by a model that was fitted without it: (confidence, right)."""
    fold = {report: i % FOLDS for i, report in enumerate(sorted({row[0] for row in rows}))}
    out = []
    for f in range(min(FOLDS, len(fold))):
        model = Model([row for row in rows if fold[row[0]] != f], strength, least_rows)
        out += [(model.confidence(signs), right) for report, signs, right, _, _ in rows if fold[report] == f]
    return out


def loss(judged):
    """Mean surprise in nats; less is better."""
    return -sum(math.log(p if right else 1 - p) for p, right in judged) / len(judged)


def coverage(judged, gold, precision=0.9):
    """Share of the gold found right among the surest rows, as many as keep that precision (as demarche eval)."""
    best = right = n = 0
    ordered = sorted(judged, reverse=True)
    for i, (p, good) in enumerate(ordered):
        right, n = right + good, n + 1
        if (i + 1 == len(ordered) or ordered[i + 1][0] != p) and right / n >= precision:
            best = right
    return best / gold if gold else 0.0


def print_reliability(judged, gold, title, out):
    print(f"{title}: {len(judged)} rows, {sum(right for _, right in judged)} right; loss {loss(judged):.3f}; coverage@.90 {coverage(judged, gold):.3f}", file=out)
    for low, high in zip(BINS, (1.01, *BINS)):
        here = [(p, right) for p, right in judged if low <= p < high]
        if here:
            print(f"  {low:.1f} and more  {len(here):5} rows  mean confidence {sum(p for p, _ in here) / len(here):.2f}  right {sum(right for _, right in here) / len(here):.2f}", file=out)


def print_weights(model, wanted, rows, out):
    print(f"# Weights of the signs of {wanted}, in log odds: what `confidence` is made of. Format: docs/formats/confidence.md v1. Licence: CC0.\n"
          f"# GENERATED by tools/calibrate.py from {len(rows)} judged rows of {len({row[0] for row in rows})} reports; do not edit.\nid\tweight\trows", file=out)
    for sign, weight in sorted(model.weights.items(), key=lambda item: item[0].encode()):
        print(f"{sign}\t{weight:.3f}\t{model.rows_of[sign]}", file=out)


def parties(side):
    return "+".join(sorted({p["party"] for p in side or [] if p.get("party")}))


def key_of(report, e):
    """What tells a judged event: its report, type, parties, days, factuality and where its clause begins."""
    date = e.get("date")
    return (report, e["type"], parties(e["actors"]), parties(e["recipients"]), f"{date['start']}..{date['end']}" if date else "", e["factuality"], str(e["evidence"]["start"]))


def print_judged(args):
    rows = [line.rstrip("\n").split("\t") for line in open(args.verdicts, encoding="utf-8") if line.strip() and not line.startswith("#")][1:]
    verdict_of = {tuple(row[:7]): row[7] for row in rows}
    wanted, used = {row[0] for row in rows}, 0
    opener = gzip.open if args.corpus.endswith(".gz") else open
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as part:
        with opener(args.corpus, "rt", encoding="utf-8") as corpus:
            for line in corpus:
                row = json.loads(line)
                if row["id"] in wanted:
                    part.write(json.dumps({"id": row["id"], "text": row["text"], "date": row.get("date", "2000-01-08"), "title": row.get("title", "")}) + "\n")
        part.flush()
        done = subprocess.run([args.demarche, "show", "events", "--format", "jsonl", "--signs", "--input", "jsonl", part.name], stdout=subprocess.PIPE, check=True)
    for line in done.stdout.splitlines():
        record = json.loads(line)
        for e in record["events"]:
            verdict = verdict_of.get(key_of(record["document"]["read_from"], e))
            if verdict is None:
                continue
            used += 1
            right = verdict == "right"
            print(json.dumps({"report": record["document"]["read_from"], "list": "events", "outcome": "right" if right else "extra" if verdict == "extra" else "flawed", "rule": e["rule"],
                              "confidence": e["confidence"], "wrong": [] if right else verdict.split(","), "signs": e["signs"], "weight": args.weight}))
    print(f"{used} of {len(rows)} judged rows still stand", file=sys.stderr)


def print_fit(args):
    rows, gold = read_rows(args.rows, args.list), gold_size(args.rows, args.list)
    if not rows:
        sys.exit(f"no judged rows of {args.list}")
    if not any(row[1] for row in rows):
        sys.exit(f"the rows of {args.list} have no signs yet")
    if len({row[0] for row in rows}) < 3:
        sys.exit("fewer than three reports: nothing can be left out")
    if args.strength is None:
        tried = [(loss(left_out(rows, strength, args.least_rows)), strength) for strength in STRENGTHS]
        for value, strength in tried:
            print(f"strength {strength:<4g} loss of left-out reports {value:.4f}", file=sys.stderr)
        args.strength = min(tried)[1]
    print_reliability(left_out(rows, args.strength, args.least_rows), gold, f"reports left out, strength {args.strength:g}", sys.stderr)
    print_weights(Model(rows, args.strength, args.least_rows), args.list, rows, sys.stdout)


def print_table(args):
    rows, gold = read_rows(args.rows, args.list), gold_size(args.rows, args.list)
    if not rows:
        sys.exit(f"no judged rows of {args.list}")
    print_reliability([(min(0.99, max(0.01, c)), right) for _, _, right, c, _ in rows], gold, "confidence as it is", sys.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    jobs = parser.add_subparsers(required=True)
    judged = jobs.add_parser("judged")
    judged.add_argument("demarche")
    judged.add_argument("corpus")
    judged.add_argument("verdicts")
    judged.add_argument("--weight", type=float, default=1.0)
    judged.set_defaults(run=print_judged)
    for name, run in (("fit", print_fit), ("table", print_table)):
        job = jobs.add_parser(name)
        job.add_argument("rows", nargs="+", help="output of demarche eval --format jsonl, or of judged")
        job.add_argument("--list", default="events", choices=("events", "statements", "claims", "commitments"))
        job.set_defaults(run=run)
        if run is print_fit:
            job.add_argument("--least-rows", type=int, default=5, help="a sign of fewer rows, a single rule of less than twice as many, gets no weight (default 5)")
            job.add_argument("--strength", type=float, help="how strongly weights are drawn towards 0 (default: chosen on left-out reports)")
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
