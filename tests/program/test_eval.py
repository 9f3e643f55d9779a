"""demarche eval over gold of our own, and the tool that fits confidence."""
import json
import math
import subprocess
import sys

import pytest

from conftest import ROOT

REPORT = """Ruritania condemns launch

STRELSAU, Jan 7, 2020 (Wire) - Ruritania condemned the missile launch by North Korea on Monday.

"It was a mistake," Foreign Minister Rudolf Rassendyll of France said.
"""
GOLD = {"published": "2020-01-07",
        "events": [{"type": "ACCUSE", "actors": ["FRA"], "recipients": ["PRK"], "quote": "Ruritania condemned the missile launch by North Korea on Monday"}],
        "statements": [{"source": "Rudolf Rassendyll", "party": "FRA", "content": "It was a mistake", "quotation": "direct"}],
        "claims": [], "commitments": []}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one.txt").write_text(REPORT)
    (tmp_path / "one.gold.json").write_text(json.dumps(GOLD))
    return tmp_path


def test_figures_of_all_formats_agree(demarche, folder):
    figures = json.loads(demarche.ok("eval", folder, "--format", "json"))
    assert figures["documents"] == {"reports": 1, "read": 1, "published": 1, "published_right": 1, "body": 0, "body_right": 0}
    rows = [json.loads(line) for line in demarche.ok("eval", folder, "--format", "jsonl").splitlines()]
    for kind in ("events", "statements", "claims", "commitments"):
        mine = [row for row in rows if row["list"] == kind]
        count = {outcome: sum(row["outcome"] == outcome for row in mine) for outcome in ("right", "flawed", "extra", "missed")}
        one = figures[kind]
        assert one["gold"] == count["right"] + count["flawed"] + count["missed"]
        assert one["found"] == count["right"] + count["flawed"] + count["extra"] == sum(b["rows"] for b in one["reliability"])
        assert sum(r["right"] for r in one["rules"].values()) == count["right"]
        assert f"(gold {one['gold']}, found {one['found']}, " in next(line for line in demarche.ok("eval", folder).splitlines() if line.startswith(kind))
    statement = next(row for row in rows if row["list"] == "statements" and "gold" in row)
    assert statement["outcome"] == "right" and statement["rule"] and 0 < statement["confidence"] <= 1 and statement["wrong"] == []


def test_rules_and_errors_are_told(demarche, folder):
    page = demarche.ok("eval", folder, "--by-rule", "--errors")
    rows = [json.loads(line) for line in demarche.ok("eval", folder, "--format", "jsonl").splitlines()]
    for row in rows:
        if "rule" in row:
            assert row["rule"] in page
        if row["outcome"] in ("flawed", "extra", "missed"):
            assert f"one: {'' if row['outcome'] == 'flawed' else row['outcome'] + ' '}{row['list'][:-1]}" in page


def test_output_does_not_depend_on_threads(demarche):
    gold = ROOT / "tests/tuning"
    assert demarche.ok("eval", gold, "--format", "jsonl", "--jobs", 1) == demarche.ok("eval", gold, "--format", "jsonl", "--jobs", 4)


@pytest.mark.parametrize("gold, why", [
    ("{", "is no JSON object"),
    (json.dumps({"events": [{"type": "ACCUSE", "quote": "never said"}]}), "quote not in the report: never said"),
    (json.dumps({"published": "soon"}), '"published" is no day'),
])
def test_broken_gold_ends_the_run(demarche, folder, gold, why):
    (folder / "one.gold.json").write_text(gold)
    done = demarche.run("eval", folder)
    assert done.returncode == 1 and why in done.stderr.decode() and "one.gold.json" in done.stderr.decode()


def test_a_folder_without_gold_or_report(demarche, tmp_path):
    assert demarche.run("eval", tmp_path).returncode == 1
    (tmp_path / "lone.gold.json").write_text("{}")
    done = demarche.run("eval", tmp_path)
    assert done.returncode == 1 and "neither lone.txt nor lone.html" in done.stderr.decode()


def calibrate(*arguments):
    return subprocess.run([sys.executable, ROOT / "tools/calibrate.py", *map(str, arguments)], capture_output=True, text=True, timeout=120)


def judged(path, reports=6, each=40):
    """Rows whose chance of being right is told by their signs: names nine of ten, pronouns three of ten."""
    with open(path, "w", encoding="utf-8") as out:
        for r in range(reports):
            for i in range(each):
                pronoun = i % 2 == 1
                right = (i // 2) % 10 < (3 if pronoun else 9)
                signs = ["row", "actor=pronoun" if pronoun else "actor=name", f"seen only here {r}.{i}"]
                out.write(json.dumps({"report": f"r{r}", "list": "events", "outcome": "right" if right else "extra" if r % 2 else "flawed",
                                      "wrong": [] if right or r % 2 else ["actors"], "confidence": 0.5, "signs": signs}) + "\n")


def test_calibration_finds_what_signs_are_worth(tmp_path):
    judged(tmp_path / "rows.jsonl")
    done = calibrate("fit", tmp_path / "rows.jsonl", "--list", "events")
    assert done.returncode == 0, done.stderr
    table = [line.split("\t") for line in done.stdout.splitlines() if not line.startswith("#")]
    assert table[0] == ["part", "sign", "weight", "rows"]
    weights = {part: {sign: float(weight) for p, sign, weight, _ in table[1:] if p == part} for part, *_ in table[1:]}
    assert {part: list(signs) for part, signs in weights.items()} == dict.fromkeys(("actors", "found"), ["actor=name", "actor=pronoun", "row"])  # a sign of one row is left out
    chance = lambda *signs: math.prod(1 / (1 + math.exp(-sum(part[s] for s in signs))) for part in weights.values())
    assert abs(chance("row", "actor=name") - 0.9) < 0.03 and abs(chance("row", "actor=pronoun") - 0.3) < 0.03
    assert "reports left out" in done.stderr and "0.8  and more    120 rows  mean confidence 0.88  right 0.90" in done.stderr
    assert calibrate("fit", tmp_path / "rows.jsonl").stdout == done.stdout
    assert "mean confidence 0.50  right 0.60" in calibrate("table", tmp_path / "rows.jsonl").stdout


def test_calibration_refuses_what_it_cannot_fit(tmp_path):
    judged(tmp_path / "rows.jsonl", reports=2)
    assert "fewer than three reports" in calibrate("fit", tmp_path / "rows.jsonl").stderr
    assert "no judged rows of claims" in calibrate("fit", tmp_path / "rows.jsonl", "--list", "claims").stderr
