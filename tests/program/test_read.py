"""demarche read: formats, order, exit codes, the schema of what it prints."""
import gzip
import json

import jsonschema
import pytest

from conftest import ROOT

TEXT = "North Korea fired a missile on Tuesday. Seoul condemned the launch.\n\nPresident Moon Jae-in said he would seek dialogue.\n"


def points(text, part):
    return text[part["start"]:part["end"]]


@pytest.fixture(scope="module")
def schema():
    loaded = json.loads((ROOT / "docs/record.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(loaded)
    return jsonschema.Draft202012Validator(loaded)


def test_samples_follow_the_schema(demarche, samples, schema):
    records = demarche.records(*samples)
    assert [r["document"]["read_from"] for r in records] == [str(p) for p in samples]
    for record in records:
        errors = [f"{list(e.path)}: {e.message}" for e in schema.iter_errors(record)]
        assert not errors, (record["document"]["read_from"], errors[:5])


def test_every_row_leads_to_its_words(demarche, samples):
    for record in demarche.records(*samples):
        text = record["document"]["text"]
        for kind in ("events", "statements", "claims", "commitments", "links"):
            for row in record[kind]:
                e = row["evidence"]
                assert points(text, e) == e["exact"]
                assert text[max(0, e["start"] - 32):e["start"]] == e["prefix"]
                assert text[e["end"]:e["end"] + 32] == e["suffix"]
                assert row["rule"]
        for row in record["statements"]:
            for part in row["content"].get("parts", [row["content"]]):
                assert points(text, part) == part["exact"]
            if row["speaker"]["text"] is not None:
                assert points(text, row["speaker"]) == row["speaker"]["text"]
        for row in record["times"]:
            assert points(text, row) == row["text"]
        actors = {a["id"]: a for a in record["actors"]}
        statements = {s["id"] for s in record["statements"]}
        events = {e["id"] for e in record["events"]}
        for event in record["events"]:
            assert event["attributed_to"] is None or event["attributed_to"] in statements
            for side in event["actors"] + event["recipients"]:
                assert side["actor"] is None or side["actor"] in actors
        for claim in record["claims"]:
            assert claim["event"] is None or claim["event"] in events
            assert claim["statement"] is None or claim["statement"] in statements


def test_same_bytes_for_any_number_of_jobs(demarche, samples):
    one = demarche.ok("read", "--jobs", 1, *samples)
    assert demarche.ok("read", "--jobs", 4, *samples) == one
    assert demarche.ok("read", "--jobs", 13, *samples) == one


def test_json_lines_are_taken_as_they_stand(demarche):
    rows = [{"id": "a", "text": TEXT, "date": "2017-07-05"}, {"id": "b", "text": "Menu\nShare\n\n" + TEXT, "title": "T", "url": "https://x.example/1", "publisher": "P"}]
    out = demarche.records("--input", "jsonl", "-", stdin="".join(json.dumps(r) + "\n" for r in rows).encode())
    assert [r["document"]["read_from"] for r in out] == ["a", "b"]
    assert out[0]["document"]["text"] == TEXT and out[1]["document"]["text"] == rows[1]["text"]
    assert out[0]["document"]["published"]["date"] == "2017-07-05"
    assert (out[1]["document"]["title"], out[1]["document"]["url"], out[1]["document"]["publisher"]) == ("T", "https://x.example/1", "P")


def test_offsets_count_code_points(demarche):
    text = "“Ünïcödé — 北朝鮮 😀.” North Korea fired a missile on 4 July 2017.\n"
    (record,) = demarche.records("--input", "jsonl", "-", stdin=json.dumps({"id": "u", "text": text}).encode())
    assert record["document"]["text"] == text
    assert record["times"], "the date must be found"
    for row in record["times"]:
        assert points(text, row) == row["text"]


def test_given_day_stands_over_the_page(demarche, tmp_path):
    page = tmp_path / "a.html"
    page.write_text("<html><head><meta property='article:published_time' content='2020-01-02T03:04:05Z'><title>T</title></head>"
                    "<body><article><h1>T</h1><p>" + TEXT.replace("\n\n", "</p><p>") + "</p></article></body></html>")
    assert demarche.records(page)[0]["document"]["published"]["date"] == "2020-01-02"
    told = demarche.records("--date", "2019-05-06", page)[0]["document"]["published"]
    assert (told["date"], told["basis"]) == ("2019-05-06", "given")


def test_compressed_files_and_folders_and_globs(demarche, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "sub" / "b.txt.gz").write_bytes(gzip.compress((TEXT + "\nTokyo has asked for more talks.\n").encode()))
    records = demarche.records(tmp_path)
    assert [r["document"]["read_from"] for r in records] == [str(tmp_path / "a.txt"), str(tmp_path / "sub" / "b.txt.gz")]
    assert [r["document"]["read_from"] for r in demarche.records(str(tmp_path / "*.txt"))] == [str(tmp_path / "a.txt")]
    assert "more talks" in records[1]["document"]["text"]


def test_one_bad_file_costs_one_line_and_code_3(demarche, tmp_path):
    (tmp_path / "good.txt").write_text(TEXT)
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    done = demarche.run("read", tmp_path / "picture.txt", tmp_path / "good.txt", tmp_path / "absent.txt")
    assert done.returncode == 3
    assert [json.loads(l)["document"]["read_from"] for l in done.stdout.decode().splitlines()] == [str(tmp_path / "good.txt")]
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 2 and "picture.txt" in lines[0] and "absent.txt" in lines[1]


@pytest.mark.parametrize("arguments", [[], ["read"], ["read", "--date", "2017-02-30", "x"], ["read", "--jobs", "0", "x"], ["nonsense"], ["timeline", "--format", "xml"]])
def test_wrong_usage_is_code_2(demarche, arguments):
    done = demarche.run(*arguments)
    assert done.returncode == 2 and done.stderr


@pytest.mark.parametrize("command", ["read", "fetch", "watch", "show", "timeline", "statements", "claims", "divergence", "commitments", "agenda", "actors", "why"])
def test_help_has_an_example(demarche, command):
    assert "Example" in demarche.ok(command, "--help")
    assert command in demarche.ok("--help")
