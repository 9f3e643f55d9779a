"""Memory does not grow with what is read: bench/memory.py on small inputs, and inputs made to fill it."""
import gzip
import json
import sys

import pytest

from conftest import DEMARCHE, ROOT
from test_hostile import GOOD, is_instrumented

sys.path.insert(0, str(ROOT / "bench"))
import memory  # noqa: E402

pytestmark = pytest.mark.skipif(is_instrumented(), reason="sanitizers need memory of their own")
MOST_MIB = 256


def test_independent_of_the_size(tmp_path):
    small, large = (memory.run_all(DEMARCHE, megabytes, tmp_path) for megabytes in (40, 160))
    for (name, _, before, _), (_, _, after, _) in zip(small[:2], large[:2]):
        assert after <= before + 40, name
    assert max(row[2] for row in small + large) <= MOST_MIB


def write_warc_of_bombs(path):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    bomb = head + gzip.compress(b"<p>" + b"x" * (300 << 20))
    good = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>" + GOOD.encode() + b"</p>"
    record = lambda n, block: f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{n}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
    path.write_bytes(b"".join(gzip.compress(record(n, block)) for n, block in enumerate((good, bomb, good.replace(b"Seoul", b"Tokyo"), bomb, good.replace(b"Seoul", b"Beijing")))))


def test_bombs_in_an_archive_cost_themselves(demarche, tmp_path):
    write_warc_of_bombs(tmp_path / "a.warc.gz")
    out, err, code, mib, _ = memory.measure(DEMARCHE, tmp_path / "a.warc.gz")
    assert code == 3 and out.startswith("3 reports read") and err.count("larger than the limit of a page") == 2 and mib <= MOST_MIB


HOSTILE = {
    "attributes.html": "<html><body>" + "<p class=a id=b title=c>x</p>" * 600_000,
    "attribute-list.html": "<html><body><p " + "class=a " * 2_000_000 + ">" + GOOD + "</p>",
    "deep.html": "<html><body>" + "<div>" * 2_000_000 + GOOD,
    "sentences.txt": GOOD * 200_000,
    "lines.txt": "Tokyo said no.\n\n" * 900_000,
    "row.json": json.dumps([{"text": GOOD * 20, "more": [[[["x"]]]] * 500_000}, {"text": GOOD}]),
    "nul.html": "<html><body><p>" + GOOD + "</p>" + "\0" * 5_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_one_hostile_file_and_a_good_one(demarche, tmp_path, name):
    (tmp_path / name).write_text(HOSTILE[name])
    (tmp_path / "good.txt").write_text(GOOD)
    out, err, code, mib, seconds = memory.measure(DEMARCHE, tmp_path / name, tmp_path / "good.txt")
    assert code in (0, 3) and mib <= MOST_MIB, (mib, err)
    assert "bug" not in err and not out.startswith("0 reports")


def test_a_long_text_is_kept_and_told_of(demarche, tmp_path):
    text = "".join(f"North Korea fired missile {i} on 4 July 2017.\n\n" for i in range(30_000))
    (tmp_path / "long.jsonl").write_text(json.dumps({"id": "x", "text": text}) + "\n")
    (record,) = demarche.records(tmp_path / "long.jsonl")
    assert record["document"]["text"] == text and "text.too_long" in [d["code"] for d in record["diagnostics"]]
