#!/usr/bin/env python3
"""Fits what makes `confidence`: weights of the signs that a stage gives its rows, from rows judged right or wrong.

    demarche eval tests/calibration --format jsonl > rows.jsonl
    calibrate.py judged events DEMARCHE CORPUS.jsonl[.gz] train/judged_events.tsv --weight 0.15 >> rows.jsonl
    calibrate.py judged statements DEMARCHE CORPUS.jsonl[.gz] demarche/statements/judged.tsv >> rows.jsonl
    calibrate.py fit rows.jsonl --list events > data/en/event_confidence.tsv
    calibrate.py table rows.jsonl --list statements

`fit`: a row is right when every field that demarche eval compares is; rows that the gold leaves free are not used. A row's chance is the product of
its parts' chances: that it answers to a row of the gold ("found"), then each field that is wrong often enough to learn from, then all other fields
("rest"). Each part is a logistic regression of the signs, each weight but that of `row` drawn towards 0 (ridge), since some dozens of reports are little
to learn from. How strongly they are drawn is chosen for each part by leaving reports out: the strength under which the rows left out are likeliest. On standard
error it tells what an analyst meets: the rows of left-out reports by confidence, how many, mean confidence, share right. `judged` gives rows that a
person judged by reading (see the heads of those files); an event whose fields have changed since is left out; --weight makes such rows count for
less, where they are of news of another kind. `table` tells how good the confidence is that the rows carry. Needs numpy (Debian: python3-numpy).
"""
import argparse
import collections
import gzip
import json
import math
import subprocess
import sys
import tempfile

try:
    import numpy
except ImportError:
    sys.exit("calibrate.py needs numpy (Debian: python3-numpy)")

STRENGTHS = (1, 2, 4, 8, 16, 32)
FOLDS = 25
BINS = (0.95, 0.9, 0.8, 0.7, 0.6, 0.3, 0.0)
LEAST_WRONG = 30  # a field of fewer wrong rows is fitted together with others
Row = collections.namedtuple("Row", "report signs right found wrong confidence weight")


def read_rows(paths, wanted):
    rows = []
    for path in paths:
        for line in open(path, encoding="utf-8"):
            row = json.loads(line)
            if row["list"] == wanted and row["outcome"] in ("right", "flawed", "extra"):
                rows.append(Row(row["report"], tuple(row["signs"]), row["outcome"] == "right", row["outcome"] != "extra", frozenset(row.get("wrong", ())), row["confidence"], row.get("weight", 1.0)))
    return rows


def gold_size(paths, wanted):
    """Gold rows that must be found: those answered and those missed."""
    return sum(json.loads(line)["list"] == wanted and json.loads(line)["outcome"] in ("right", "flawed", "missed") for path in paths for line in open(path, encoding="utf-8"))


def parts_of(rows):
    """{part: None for "found", else whether a row that was found is right in it}; none where no row is wrong in it."""
    wrong = collections.Counter(field for row in rows for field in row.wrong if row.found)
    own = sorted(field for field, n in wrong.items() if n >= LEAST_WRONG)
    parts = {} if all(row.found for row in rows) else {"found": None}
    for field in own:
        parts[field] = lambda row, field=field: field not in row.wrong
    if any(not row.right and not row.wrong & set(own) for row in rows if row.found):
        parts["rest"] = lambda row: row.right or bool(row.wrong) and row.wrong <= set(own)
    return parts


def logistic(rows, right, strength, least_rows):
    """{sign: weight}, by Newton's method."""
    count = collections.Counter(sign for row in rows for sign in set(row.signs))
    kept = sorted(sign for sign, n in count.items() if n >= (2 * least_rows if sign.startswith("rule=") else least_rows))
    column = {sign: i for i, sign in enumerate(kept)}
    x = numpy.zeros((len(rows), len(kept)))
    for i, row in enumerate(rows):
        for sign in row.signs:
            if sign in column:
                x[i, column[sign]] = 1
    y, share = numpy.array(right, float), numpy.array([row.weight for row in rows])
    # The sign that all rows have is the base rate: it is not drawn, but where nothing is wrong yet it must end somewhere.
    drawn = numpy.array([0.05 if count[sign] == len(rows) else strength for sign in kept], float)
    weights = numpy.zeros(len(kept))
    for _ in range(50):
        p = 1 / (1 + numpy.exp(-numpy.clip(x @ weights, -30, 30)))
        step = numpy.linalg.solve((x.T * (share * p * (1 - p))) @ x + numpy.diag(drawn + 1e-6), x.T @ (share * (y - p)) - drawn * weights)
        weights += numpy.clip(step, -2, 2)
        if abs(step).max() < 1e-5:
            break
    return {sign: (float(weight), count[sign]) for sign, weight in zip(kept, weights)}


def chance(weights, signs):
    total = sum(weights[sign][0] for sign in signs if sign in weights)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def fit(rows, right, strength, least_rows):
    """One part's weights; `right` as in parts_of."""
    of = rows if right is None else [row for row in rows if row.found]
    return logistic(of, [row.found if right is None else right(row) for row in of], strength, least_rows)


def bounded(p):
    return min(0.99, max(0.01, p))


def left_out(rows, right, strength, least_rows):
    """One part's chance of each row, by weights that were fitted without the row's report."""
    fold = {report: i % FOLDS for i, report in enumerate(sorted({row.report for row in rows}))}
    out = [0.0] * len(rows)
    for f in set(fold.values()):
        weights = fit([row for row in rows if fold[row.report] != f], right, strength, least_rows)
        for i, row in enumerate(rows):
            if fold[row.report] == f:
                out[i] = chance(weights, row.signs)
    return out


def loss(judged):
    """Mean surprise in nats of (chance, right, weight); less is better."""
    return -sum(weight * math.log(p if right else 1 - p) for p, right, weight in judged) / sum(weight for _, _, weight in judged)


def loss_of_part(rows, right, chances):
    return loss([(bounded(p), row.found if right is None else right(row), row.weight) for row, p in zip(rows, chances) if right is None or row.found])


def coverage(judged, gold, precision=0.9):
    """Share of the gold found right among the surest rows, as many as keep that precision (as demarche eval)."""
    best = right = n = 0
    ordered = sorted(judged, reverse=True)
    for i, (p, good, _) in enumerate(ordered):
        right, n = right + good, n + 1
        if (i + 1 == len(ordered) or ordered[i + 1][0] != p) and right / n >= precision:
            best = right
    return best / gold if gold else 0.0


def print_reliability(judged, gold, title, out):
    """Rows of full weight alone: those of annotated reports."""
    judged = [row for row in judged if row[2] == 1.0] or judged
    print(f"{title}: {len(judged)} rows, {sum(row[1] for row in judged)} right; loss {loss(judged):.3f}; coverage@.90 {coverage(judged, gold):.3f}", file=out)
    for low, high in zip(BINS, (1.01, *BINS)):
        here = [(p, right) for p, right, _ in judged if low <= p < high]
        if here:
            print(f"  {low:<4} and more  {len(here):5} rows  mean confidence {sum(p for p, _ in here) / len(here):.2f}  right {sum(right for _, right in here) / len(here):.2f}", file=out)


def print_weights(parts, wanted, rows, out):
    """parts: {part: {sign: (weight, rows)}}"""
    print(f"# Weights of the signs of {wanted}, in log odds: what `confidence` is made of. Format: docs/formats/confidence.md v2. Licence: CC0.\n"
          f"# GENERATED by tools/calibrate.py from {len(rows)} judged rows of {len({row.report for row in rows})} reports; do not edit.\npart\tsign\tweight\trows", file=out)
    for part in sorted(parts):
        for sign, (weight, n) in sorted(parts[part].items(), key=lambda item: item[0].encode()):
            print(f"{part}\t{sign}\t{weight:.3f}\t{n}", file=out)


def parties(side):
    return "+".join(sorted({p["party"] for p in side or [] if p.get("party")}))


def key_of(report, e):
    """What tells a judged event: its report, type, parties, days, factuality and where its clause begins."""
    date = e.get("date")
    return (report, e["type"], parties(e["actors"]), parties(e["recipients"]), f"{date['start']}..{date['end']}" if date else "", e["factuality"], str(e["evidence"]["start"]))


def verdicts_in(path):
    """Rows of the file, its header left out."""
    return [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line.strip() and not line.startswith("#")][1:]


def records_of(args, wanted):
    """The program's records, with signs, of the articles of the corpus that are wanted."""
    opener = gzip.open if args.corpus.endswith(".gz") else open
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as part:
        with opener(args.corpus, "rt", encoding="utf-8") as corpus:
            for line in corpus:
                row = json.loads(line)
                if row["id"] in wanted:
                    part.write(json.dumps({"id": row["id"], "text": row["text"], "date": row.get("date", "2000-01-08"), "title": row.get("title", "")}) + "\n")
        part.flush()
        done = subprocess.run([args.demarche, "show", "events", "--format", "jsonl", "--signs", "--input", "jsonl", part.name], stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def judged_row(record, kind, row, outcome, wrong, weight):
    return json.dumps({"report": record["document"]["read_from"], "list": kind, "outcome": outcome, "rule": row.get("rule"), "confidence": row["confidence"], "wrong": wrong, "signs": row["signs"],
                       "weight": weight})


def print_judged_events(args):
    rows = verdicts_in(args.verdicts)
    verdict_of = {tuple(row[:7]): row[7] for row in rows}
    used = 0
    for record in records_of(args, {row[0] for row in rows}):
        for e in record["events"]:
            verdict = verdict_of.get(key_of(record["document"]["read_from"], e))
            if verdict is None:
                continue
            used += 1
            wrong = [] if verdict == "right" else verdict.split(",")
            outcome = "right" if not wrong else "extra" if {"extra", "no_event", "type"} & set(wrong) else "flawed"
            print(judged_row(record, "events", e, outcome, wrong if outcome == "flawed" else [], args.weight))
    print(f"{used} of {len(rows)} judged rows still stand", file=sys.stderr)


def print_judged_statements(args):
    """A statement answers to the judged one that shares most, at least half, of their joint content; one that answers to none is extra."""
    rows, gold = verdicts_in(args.verdicts), collections.defaultdict(list)
    for article, start, end, speaker_start, speaker_end, party, anonymity, quotation, judgement in rows:
        if start:
            gold[article].append(((int(start), int(end)), (int(speaker_start), int(speaker_end)) if speaker_start else None,
                                  {"party": party or None, "anonymity": anonymity, "quotation": quotation}, judgement))

    def shared(a, b):
        both = max(0, min(a[1], b[1]) - max(a[0], b[0]))
        return both / (a[1] - a[0] + b[1] - b[0] - both) if both else 0.0

    def words(text):
        return set((text or "").translate(str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")).lower().split())
    for record in records_of(args, {row[0] for row in rows}):
        text, said = record["document"]["text"], record["statements"]
        judged = gold.get(record["document"]["read_from"], [])
        pairs = sorted(((shared(g[0], (s["content"]["start"], s["content"]["end"])), -i, -j) for i, g in enumerate(judged) for j, s in enumerate(said)), reverse=True)
        answer, used = {}, set()
        for overlap, i, j in pairs:
            if overlap >= 0.5 and -j not in answer and -i not in used:
                answer[-j] = judged[-i]
                used.add(-i)
        for j, s in enumerate(said):
            if j not in answer:
                print(judged_row(record, "statements", s, "extra", [], args.weight))
            elif answer[j][3] != "optional":
                _, speaker, fields, _ = answer[j]
                a, b = words(text[slice(*speaker)] if speaker else ""), words(s["speaker"]["text"] if s["speaker"] else "")
                wrong = [] if (len(a & b) / min(len(a), len(b)) >= 0.5 if a and b else a == b) else ["source"]
                is_so = {"party": (s["speaker"] or {}).get("party"), "anonymity": (s["speaker"] or {}).get("anonymity"), "quotation": s["quotation"]}
                wrong += [field for field, value in fields.items() if is_so[field] != value]
                print(judged_row(record, "statements", s, "flawed" if wrong else "right", wrong, args.weight))


def print_fit(args):
    rows, gold = read_rows(args.rows, args.list), gold_size(args.rows, args.list)
    if not rows:
        sys.exit(f"no judged rows of {args.list}")
    if all(row.right for row in rows):
        sys.exit(f"every row of {args.list} is right: nothing to learn")
    if not any(row.signs for row in rows):
        sys.exit(f"the rows of {args.list} have no signs yet")
    if len({row.report for row in rows}) < 3:
        sys.exit("fewer than three reports: nothing can be left out")
    weights, together = {}, [1.0] * len(rows)
    for part, right in parts_of(rows).items():
        tried = []
        for strength in [args.strength] if args.strength is not None else STRENGTHS:
            chances = left_out(rows, right, strength, args.least_rows)
            tried.append((loss_of_part(rows, right, chances), strength, chances))
        print(f"{part:<12}", *(f"strength {strength:g}: {value:.4f}" for value, strength, _ in tried), sep="  ", file=sys.stderr)
        _, strength, chances = min(tried)
        weights[part] = fit(rows, right, strength, args.least_rows)
        together = [p * q for p, q in zip(together, chances)]
    print_reliability([(bounded(p), row.right, row.weight) for p, row in zip(together, rows)], gold, "reports left out", sys.stderr)
    print_weights(weights, args.list, rows, sys.stdout)


def print_table(args):
    rows, gold = read_rows(args.rows, args.list), gold_size(args.rows, args.list)
    if not rows:
        sys.exit(f"no judged rows of {args.list}")
    print_reliability([(bounded(row.confidence), row.right, row.weight) for row in rows], gold, "confidence as it is", sys.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    jobs = parser.add_subparsers(required=True)
    kinds = jobs.add_parser("judged").add_subparsers(required=True)
    for name, run in (("events", print_judged_events), ("statements", print_judged_statements)):
        judged = kinds.add_parser(name)
        judged.add_argument("demarche")
        judged.add_argument("corpus")
        judged.add_argument("verdicts")
        judged.add_argument("--weight", type=float, default=1.0)
        judged.set_defaults(run=run)
    for name, run in (("fit", print_fit), ("table", print_table)):
        job = jobs.add_parser(name)
        job.add_argument("rows", nargs="+", help="output of demarche eval --format jsonl, or of judged")
        job.add_argument("--list", default="events", choices=("events", "statements", "claims", "commitments"))
        job.set_defaults(run=run)
        if run is print_fit:
            job.add_argument("--least-rows", type=int, default=8, help="a sign of fewer rows, a single rule of less than twice as many, gets no weight (default 8)")
            job.add_argument("--strength", type=float, help="how strongly weights are drawn towards 0 (default: chosen for each part on left-out reports; the losses go to standard error)")
    args = parser.parse_args()
    try:
        args.run(args)
    except OSError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
