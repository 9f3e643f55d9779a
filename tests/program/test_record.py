"""The record: idempotent, whole reports only, survives being killed, and answers."""
import csv
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import time

import pytest

from conftest import DEMARCHE, tables


def test_reading_again_changes_nothing(demarche, samples, tmp_path):
    record = tmp_path / "r.db"
    demarche.ok("read", "--record", record, *samples)
    before = tables(record)
    assert "unchanged" in demarche.ok("read", "--record", record, *samples)
    assert tables(record) == before
    with sqlite3.connect(record) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_another_day_replaces_that_reports_rows(demarche, samples, tmp_path):
    record = tmp_path / "r.db"
    demarche.ok("read", "--record", record, samples[0], samples[1])
    assert "1 replaced" in demarche.ok("read", "--record", record, "--date", "2001-02-03", samples[0])
    with sqlite3.connect(record) as db:
        assert db.execute("SELECT count(*) FROM report").fetchone() == (2,)
        assert db.execute("SELECT published, given_date FROM report WHERE read_from = ?", [str(samples[0])]).fetchone() == ("2001-02-03", "2001-02-03")


def test_another_lexicon_replaces(demarche, samples, tmp_path):
    import shutil
    from conftest import ROOT
    record, data = tmp_path / "r.db", tmp_path / "data"
    demarche.ok("read", "--record", record, samples[0])
    shutil.copytree(ROOT / "data", data)
    (data / "en" / "zz-note.txt").write_text("another lexicon\n")
    assert "1 replaced" in demarche.ok("--data", data, "read", "--record", record, samples[0])


def test_order_of_files_does_not_matter_to_the_rows(demarche, samples, tmp_path):
    demarche.ok("read", "--record", tmp_path / "a.db", *samples)
    demarche.ok("read", "--record", tmp_path / "b.db", "--jobs", "3", *samples[::-1])
    for question in ("timeline", "divergence", "commitments", "statements", "claims", "agenda", "actors"):
        one = demarche.ok(question, "--record", tmp_path / "a.db", "--format", "json")
        assert one == demarche.ok(question, "--record", tmp_path / "b.db", "--format", "json"), question


@pytest.mark.parametrize("sig", [signal.SIGINT, signal.SIGKILL])
def test_stopped_in_the_middle(demarche, tmp_path, sig):
    """A stop at any instant: the record opens, every report in it is whole, and reading goes on."""
    corpus = tmp_path / "many.jsonl"
    text = "South Korea said on {} May 2018 that it would hold talks with North Korea. The United States condemned the launch of missile {}.\n\n"
    with open(corpus, "w") as f:
        for i in range(3000):
            f.write(json.dumps({"id": f"r{i}", "text": "".join(text.format(1 + (i + k) % 28, 31 * i + k) for k in range(6))}) + "\n")
    for attempt, delay in enumerate((0.15, 0.4, 0.8)):
        record = tmp_path / f"{sig}-{attempt}.db"
        run = subprocess.Popen([DEMARCHE, "read", "--input", "jsonl", "--record", record, corpus], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(delay)
        run.send_signal(sig)
        out, err = run.communicate(timeout=60)
        if sig == signal.SIGINT:
            assert run.returncode in (0, 130, -signal.SIGINT), err  # 0: it was done before; -2: before it had begun to listen
            if run.returncode == 130:
                assert b"interrupted" in err
        if not record.exists():
            continue
        with sqlite3.connect(record) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            if db.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
                continue
            done = db.execute("SELECT count(*) FROM report").fetchone()[0]
            assert db.execute("SELECT count(*) FROM event WHERE report NOT IN (SELECT report FROM report)").fetchone() == (0,)
        assert done <= 3000
    # Going on from the last one gives the same rows as reading at once.
    head = tmp_path / "head.jsonl"
    head.write_text("".join(corpus.read_text().splitlines(keepends=True)[:200]))
    demarche.ok("read", "--input", "jsonl", "--record", record, head)
    demarche.ok("read", "--input", "jsonl", "--record", tmp_path / "once.db", head)
    ids = lambda path: {r[0]: r[1:] for r in sqlite3.connect(path).execute("SELECT id, read_from, text, json FROM report")}
    assert ids(tmp_path / "once.db").items() <= ids(record).items()


def test_not_a_record(demarche, tmp_path, samples):
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"this is no database, but long enough to look at\n" * 100)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE t (x)")
    newer = tmp_path / "newer.db"
    demarche.ok("read", "--record", newer, samples[0])
    with sqlite3.connect(newer) as db:
        db.execute("PRAGMA user_version = 99")
    for path, word in ((junk, "not a SQLite file"), (other, "no record of demarche"), (newer, "newer"), (tmp_path, "folder")):
        for command in (["timeline", "--record", path], ["read", "--record", path, samples[0]]):
            done = demarche.run(*command)
            assert done.returncode == 1 and word in done.stderr.decode(), (command, done.stderr)
    assert junk.read_bytes().startswith(b"this is no database")
    done = demarche.run("timeline", "--record", tmp_path / "absent.db")
    assert done.returncode == 1 and "no such record" in done.stderr.decode()
    assert not (tmp_path / "absent.db").exists()


def rows(demarche, question, record, *more):
    return json.loads(demarche.ok(question, "--record", record, "--format", "json", *more))["rows"]


def test_timeline_names_the_launch_of_4_july_2017(demarche, sample_record):
    launches = [r for r in rows(demarche, "timeline", sample_record, "--type", "missile_launch") if r["date"] == "2017-07-04"]
    assert len(launches) == 1 and "PRK" in launches[0]["actors"].split(",")
    assert launches[0]["reports"] >= 2 and launches[0]["evidence"]


def test_divergence_shows_rival_classes_of_one_launch(demarche, sample_record):
    found = [r for r in rows(demarche, "divergence", sample_record, "--type", "missile_class") if r["date"] == "2017-07-04"]
    assert found, "no divergence on the class of the missile of 4 July 2017"
    by_class = {}
    for row in found:
        for claim in row["items"]:
            assert claim["evidence"]
            for value in claim["normal"]:
                by_class.setdefault(value, set()).add(claim["by"])
    assert "PRK" in by_class.get("ICBM", set()) and by_class.get("IRBM", set()) - {"PRK"}, by_class


def test_commitments_show_one_broken_and_a_deadline(demarche, sample_record):
    found = rows(demarche, "commitments", sample_record)
    assert any(r["status"] == "broken" and r["kind"] in ("pledge", "moratorium") for r in found)
    assert any(r["kind"] == "deadline" and r["due"] for r in found)


def test_filters(demarche, sample_record):
    every = rows(demarche, "timeline", sample_record)
    korean = rows(demarche, "timeline", sample_record, "--party", "KOR")
    assert 0 < len(korean) < len(every)
    assert all("KOR" in (r["actors"] + "," + r["recipients"]).split(",") for r in korean)
    summer = rows(demarche, "timeline", sample_record, "--from", "2017-07-01", "--to", "2017-08-31")
    assert 0 < len(summer) < len(every)
    assert all(r["date"][:10] <= "2017-08-31" and r["date"][-10:] >= "2017-07-01" for r in summer)
    assert all(r["party"] == "USA" for r in rows(demarche, "statements", sample_record, "--party", "USA"))
    assert all(r["confidence"] >= 0.5 for r in rows(demarche, "claims", sample_record, "--min-confidence", "0.5"))
    ahead = rows(demarche, "agenda", sample_record, "--as-of", "2017-07-05")
    assert ahead and all(r["date"][-10:] >= "2017-07-05" for r in ahead)


@pytest.mark.parametrize("question", ["timeline", "statements", "claims", "divergence", "commitments", "agenda", "actors"])
def test_three_formats(demarche, sample_record, question):
    more = ["--as-of", "2017-07-05"] if question == "agenda" else []
    found = rows(demarche, question, sample_record, *more)
    assert found, question
    for row in found:
        assert row["id"] and row["report"] and row["read_from"] and 0 <= row["confidence"] <= 1
    table = list(csv.reader(io.StringIO(demarche.ok(question, "--record", sample_record, "--format", "csv", *more), newline="")))
    assert len({len(line) for line in table}) == 1 and len(table) >= len(found) + 1
    assert len(demarche.ok(question, "--record", sample_record, *more).splitlines()) > len(found)


def test_why_tells_rule_and_parse(demarche, sample_record):
    for question, letter in (("timeline", "e"), ("statements", "s"), ("claims", "c"), ("commitments", "k")):
        row = rows(demarche, question, sample_record)[0]
        assert re.fullmatch(r"[0-9a-f]{8,}\." + letter + r"\d+", row["id"])
        told = demarche.ok("why", "--record", sample_record, row["id"])
        assert "\nrule\n" in told and "# sent_id = 1" in told and "made by" in told
    for wrong in ("", "nonsense", "12345678.e1", row["id"].split(".")[0] + ".q1"):
        assert demarche.run("why", "--record", sample_record, wrong).returncode == 1


@pytest.mark.parametrize("stage", ["article", "sentences", "parse", "times", "names", "statements", "events", "claims", "commitments", "links"])
def test_show_every_stage(demarche, samples, stage):
    assert any(demarche.ok("show", stage, sample) for sample in samples), stage
    assert demarche.run("show", stage, "/nonexistent/file.txt").returncode == 3
