#!/usr/bin/env python3
"""Fit how sure the rows of the record are. Python 3 standard library only.

    calibrate.py label EVALUATION_FOLDER DEMARCHE GOLD_DIR... > rows.jsonl
    calibrate.py judged DEMARCHE CORPUS.jsonl[.gz] train/judged_events.tsv [WEIGHT] >> rows.jsonl
    calibrate.py fit rows.jsonl... > data/en/event_confidence.tsv
    calibrate.py table rows.jsonl...

`label` compares the events of annotated reports with their gold: right means every compared field (EVALUATION_FOLDER/crisis/score.py decides).
`judged` does so for rows that a person judged by reading (see the head of that file); a row whose fields have changed since is left out.
WEIGHT makes rows count for less: news that is no report of a crisis.
`fit` is a logistic regression with ridge over the signs that `demarche show events --format jsonl --signs` prints; it tells on standard
error how well rows of reports that were left out of the fit are foretold. `table` prints the same table for the confidence that the rows carry.
"""
import collections, gzip, json, math, pathlib, subprocess, sys

RIDGE = 2.0      # pulls every weight but that of `row` towards nought; chosen by the score of reports left out
FOLDS = 10
RARE, RARE_RULE = 3, 8  # signs, and single rows of frames.tsv, seen less often than this are left out
BINS = [0, 0.3, 0.6, 0.7, 0.8, 0.9, 1.01]


def show(demarche, *args):
    done = subprocess.run([demarche, "show", "events", "--format", "jsonl", "--signs", *map(str, args)], stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def parties(side):
    return sorted({p["party"] for p in side or [] if p.get("party")})


def days(date):
    return [date["start"], date["end"]] if date else None


def label(folder, demarche, *gold_dirs):
    sys.path.insert(0, str(pathlib.Path(folder) / "crisis"))
    import score
    checks = {
        "actors": lambda g, p: score.parties(g.get("actors")) == score.parties(p.get("actors")),
        "recipients": lambda g, p: score.parties(g.get("recipients")) == score.parties(p.get("recipients")),
        "date": lambda g, p: score.days(g.get("date")) == score.days(p.get("date")),
        "factuality": lambda g, p: g.get("factuality", "actual") == p.get("factuality"),
        "kind": lambda g, p: not g.get("kind") or g["kind"] == p.get("kind"),
    }
    for gold_dir in map(pathlib.Path, gold_dirs):
        for path in sorted(gold_dir.glob("*.gold.json")):
            name, gold = path.name[: -len(".gold.json")], json.loads(path.read_text())
            raw = next(gold_dir / (name + e) for e in (".txt", ".html") if (gold_dir / (name + e)).exists())
            record = show(demarche, *(["--date", gold["given_date"]] if gold.get("given_date") else []), raw)[0]
            text = score.flat(gold.get("text") or (raw.read_text() if raw.suffix == ".txt" else record["document"]["text"]))
            spans = {}

            def where(row):
                if id(row) not in spans:
                    spans[id(row)] = score.locate(text, row["quote"]) if "quote" in row else score.evidence(text, row)
                return spans[id(row)]

            def fit(g, p):
                near = score.jaccard(where(g), where(p))
                return 0 if g["type"] != p["type"] or near < score.NEAR else 1 + near + sum(bool(f(g, p)) for f in checks.values()) / 10

            matched, _, extra = score.pair(gold.get("events", []), record["events"], fit)
            for g, p in matched:
                wrong = [k for k, f in checks.items() if not f(g, p)]
                print(json.dumps({"report": name, "rule": p["rule"], "signs": p["signs"], "confidence": p["confidence"], "right": not wrong, "wrong": wrong, "optional": bool(g.get("optional"))}))
            for p in extra:
                print(json.dumps({"report": name, "rule": p["rule"], "signs": p["signs"], "confidence": p["confidence"], "right": False, "wrong": ["extra"], "optional": False}))


def judged(demarche, corpus, verdicts, weight="1"):
    rows = [line.rstrip("\n").split("\t") for line in open(verdicts, encoding="utf-8") if line.strip() and not line.startswith("#")][1:]
    by_key = {tuple(r[:7]): r[7] for r in rows}
    wanted, used = {r[0] for r in rows}, 0
    opener = gzip.open if str(corpus).endswith(".gz") else open
    part = pathlib.Path(subprocess.run(["mktemp", "--suffix=.jsonl"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip())
    with opener(corpus, "rt", encoding="utf-8") as source, open(part, "w", encoding="utf-8") as sink:
        for line in source:
            row = json.loads(line)
            if row["id"] in wanted:
                sink.write(json.dumps({"id": row["id"], "text": row["text"], "date": row.get("date", "2000-01-08"), "title": row.get("title", "")}) + "\n")
    for record in show(demarche, "--input", "jsonl", part):
        for e in record["events"]:
            verdict = by_key.get(key_of(record["document"]["read_from"], e))
            if verdict is None:
                continue
            used += 1
            print(json.dumps({"report": record["document"]["read_from"], "rule": e["rule"], "signs": e["signs"], "confidence": e["confidence"], "right": verdict == "right", "wrong": [] if verdict == "right" else verdict.split(","), "optional": False, "weight": float(weight)}))
    part.unlink()
    print(f"{used} judged rows of {corpus} still stand", file=sys.stderr)


def key_of(report, e):
    """What tells a judged row: its report, type, parties, days, factuality and where its clause begins."""
    day = days(e.get("date"))
    return (report, e["type"], "+".join(parties(e["actors"])), "+".join(parties(e["recipients"])), "..".join(day) if day else "", e["factuality"], str(e["evidence"]["start"]))


def solve(a, b):
    """x of a x = b by elimination with pivots."""
    n = len(b)
    m = [row[:] + [b[i]] for i, row in enumerate(a)]
    for i in range(n):
        k = max(range(i, n), key=lambda r: abs(m[r][i]))
        m[i], m[k] = m[k], m[i]
        for r in range(i + 1, n):
            f = m[r][i] / m[i][i]
            if f:
                for c in range(i, n + 1):
                    m[r][c] -= f * m[i][c]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (m[i][n] - sum(m[i][c] * x[c] for c in range(i + 1, n))) / m[i][i]
    return x


def regress(rows):
    names = sorted({s for r in rows for s in r["signs"]})
    index = {s: i for i, s in enumerate(names)}
    data = [([index[s] for s in dict.fromkeys(r["signs"])], float(r["right"]), r.get("weight", 1.0)) for r in rows]
    n, w = len(names), [0.0] * len(names)
    for _ in range(25):
        gradient = [-(0.0 if s == "row" else RIDGE) * w[i] for s, i in index.items()]
        hessian = [[0.0] * n for _ in range(n)]
        for i, s in enumerate(names):
            hessian[i][i] = 1e-6 if s == "row" else RIDGE
        for signs, right, weight in data:
            p = 1 / (1 + math.exp(-sum(w[i] for i in signs)))
            for i in signs:
                gradient[i] += weight * (right - p)
                for j in signs:
                    hessian[i][j] += weight * p * (1 - p)
        step = solve(hessian, gradient)
        w = [a + b for a, b in zip(w, step)]
        if max(map(abs, step)) < 1e-6:
            break
    return dict(zip(names, w))


def chance(weights, signs):
    return min(0.99, max(0.01, 1 / (1 + math.exp(-sum(weights.get(s, 0.0) for s in dict.fromkeys(signs))))))


def table(rows, out):
    print("confidence   rows  mean  right", file=out)
    for low, high in reversed(list(zip(BINS, BINS[1:]))):
        part = [r for r in rows if low <= r["p"] < high]
        if part:
            print(f"{low:.1f} to {min(high, 1):.1f}  {len(part):5}  {sum(r['p'] for r in part) / len(part):.2f}  {sum(r['right'] for r in part) / len(part):.2f}", file=out)
    best = right = shown = 0
    for r in sorted(rows, key=lambda r: -r["p"]):
        shown, right = shown + 1, right + r["right"]
        if right / shown >= 0.9:
            best = shown
    loss = -sum(math.log(r["p"] if r["right"] else 1 - r["p"]) for r in rows) / len(rows)
    print(f"{len(rows)} rows, {sum(r['right'] for r in rows)} right; log loss {loss:.3f}; the surest {best} ({best / len(rows):.2f}) are right nine times in ten", file=out)


def read_rows(files):
    """The rows, without signs too rare to weigh."""
    rows = [json.loads(line) for name in files for line in open(name, encoding="utf-8") if line.strip()]
    counts = collections.Counter(s for r in rows for s in set(r["signs"]))
    for r in rows:
        r["signs"] = [s for s in r["signs"] if counts[s] >= (RARE_RULE if s.startswith("rule=") else RARE)]
    return rows


def fit(*files):
    rows = read_rows(files)
    reports = sorted({r["report"] for r in rows})
    fold = {name: i % FOLDS for i, name in enumerate(reports)}
    for f in range(FOLDS):
        weights = regress([r for r in rows if fold[r["report"]] != f])
        for r in rows:
            if fold[r["report"]] == f:
                r["p"] = chance(weights, r["signs"])
    table(rows, sys.stderr)
    weights = regress(rows)
    counts = collections.Counter(s for r in rows for s in set(r["signs"]))
    print("# event_confidence: weights of the signs of an event row, in log odds; the logistic sum is `confidence`. Format: docs/formats/event_confidence.md v1. "
          f"GENERATED by tools/calibrate.py fit from {len(rows)} judged rows of {len(reports)} reports; do not edit. Licence: CC0.")
    print("id\tweight\trows")
    for name in sorted(weights):
        print(f"{name}\t{weights[name]:.3f}\t{counts[name]}")


def main():
    jobs = {"label": label, "judged": judged, "fit": fit}
    if len(sys.argv) > 2 and sys.argv[1] == "table":
        rows = read_rows(sys.argv[2:])
        for r in rows:
            r["p"] = r["confidence"]
        table(rows, sys.stdout)
    elif len(sys.argv) > 2 and sys.argv[1] in jobs:
        jobs[sys.argv[1]](*sys.argv[2:])
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
