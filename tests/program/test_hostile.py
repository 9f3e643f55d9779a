"""Broken and hostile inputs and surroundings: a clear message, the documented exit code, nothing lost."""
import json
import os
import pathlib
import resource
import subprocess
import tempfile
import time

import pytest

from conftest import DEMARCHE

GOOD = "North Korea fired a missile on 4 July 2017. Seoul condemned the launch.\n"


def limited(megabytes):
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    return limit


def is_instrumented():
    """Sanitizers reserve terabytes of address space; a limit on it would stop them at once."""
    return b"__asan_" in pathlib.Path(DEMARCHE).read_bytes()[:50_000_000] or b"__tsan_" in pathlib.Path(DEMARCHE).read_bytes()[:50_000_000]


def read_with_good(demarche, tmp_path, name, bytes_, **more):
    good, bad = tmp_path / "good.txt", tmp_path / name
    good.write_text(GOOD)
    bad.write_bytes(bytes_)
    done = demarche.run("read", bad, good, **more)
    read = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert read and read[-1]["document"]["read_from"] == str(good) and "Seoul condemned" in read[-1]["document"]["text"]
    return done, read[:-1]


def test_empty_file(demarche, tmp_path):
    done, read = read_with_good(demarche, tmp_path, "empty.txt", b"")
    assert done.returncode == 3 and b"empty.txt" in done.stderr and not read


def test_binary_file(demarche, tmp_path):
    done, read = read_with_good(demarche, tmp_path, "binary.txt", bytes(range(256)) * 1000)
    assert done.returncode == 3 and b"binary.txt" in done.stderr and not read


def test_invalid_utf8_is_read_with_a_diagnostic(demarche, tmp_path):
    broken = GOOD.encode() + b"Tokyo said \xff\xfe\xc0\x80 it would respond. \xe2\x82\n" + GOOD.encode() * 5
    done, read = read_with_good(demarche, tmp_path, "invalid.txt", broken)
    assert done.returncode == 0 and "North Korea" in read[0]["document"]["text"]
    jsonl = json.dumps({"id": "x", "text": "A\ud800B"}).encode() + b"\n"
    assert demarche.run("read", "--input", "jsonl", "-", stdin=jsonl).returncode in (0, 3)


def test_file_of_200_mb(demarche, tmp_path):
    big, good = tmp_path / "big.txt", tmp_path / "good.txt"
    good.write_text(GOOD)
    with open(big, "wb") as f:
        for _ in range(200):
            f.write((GOOD * (1_000_000 // len(GOOD) + 1)).encode()[:1_000_000] + b"\n")
    start = time.monotonic()
    done = demarche.run("read", big, good, preexec_fn=None if is_instrumented() else limited(2048))
    assert done.returncode == 3 and b"big.txt" in done.stderr
    assert b"good.txt" in done.stdout and time.monotonic() - start < 60


def test_html_nested_100000_deep(demarche, tmp_path):
    deep = b"<html><body>" + b"<div>" * 100_000 + GOOD.encode() + b"</div>" * 100_000 + b"</body></html>"
    done, read = read_with_good(demarche, tmp_path, "deep.html", deep)
    assert done.returncode in (0, 3)


def test_endless_line_and_quotes(demarche, tmp_path):
    for name, text in (("line.txt", "missile " * 100_000), ("quotes.txt", '"“' * 200_000), ("letters.txt", "a " * 100_000), ("brackets.txt", "(" * 100_000)):
        done, _ = read_with_good(demarche, tmp_path, name, text.encode(), timeout=300)
        assert done.returncode in (0, 3), done.stderr


def test_folder_without_permission():
    """Read as another user: root may read everything. In a folder of its own, since every start of pytest closes its common folder to others."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        closed = folder / "closed"
        closed.mkdir()
        (closed / "a.txt").write_text(GOOD)
        closed.chmod(0)
        (folder / "good.txt").write_text(GOOD)
        user = {"user": "nobody"} if os.getuid() == 0 else {}
        try:
            done = subprocess.run([DEMARCHE, "read", closed, folder / "good.txt"], capture_output=True, timeout=60, **user)
            assert done.returncode == 3, done
            assert b"closed" in done.stderr and b"good.txt" in done.stdout
            denied = subprocess.run([DEMARCHE, "read", "--record", closed / "r.db", folder / "good.txt"], capture_output=True, timeout=60, **user)
            assert denied.returncode == 1 and b"r.db" in denied.stderr
        finally:
            closed.chmod(0o755)


@pytest.mark.skipif(os.getuid() != 0, reason="mounting a small disk needs root")
def test_full_disk(demarche, tmp_path, samples):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("this sandbox does not let root mount: " + mounted.stderr.decode())
    try:
        done = demarche.run("read", "--record", disk / "r.db", *samples)
        assert done.returncode == 1 and b"disk is full" in done.stderr, done.stderr
        # What is in it is whole, and the record still opens.
        asked = demarche.run("actors", "--record", disk / "r.db")
        assert asked.returncode in (0, 1) and b"bug" not in asked.stderr
    finally:
        subprocess.run(["umount", disk], check=True)


def test_output_that_cannot_be_written(samples):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([DEMARCHE, "read", *map(str, samples)], stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 1 and b"cannot be written" in done.stderr


@pytest.mark.parametrize("broken", ["", "no header\n", "id\tlemma\nx\n", "\xff\xfe", "id\n" + "x" * 100_000 + "\n"])
def test_a_broken_lexicon_stops_the_start(demarche, tmp_path, samples, broken):
    import shutil
    from conftest import ROOT
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "en" / "cues.tsv").write_bytes(broken.encode("latin-1"))
    done = demarche.run("--data", data, "read", samples[0])
    assert done.returncode == 1 and b"cues.tsv" in done.stderr and not done.stdout
    assert len(done.stderr) < 2000


def test_a_missing_data_folder_stops_the_start(demarche, samples, tmp_path):
    done = demarche.run("--data", tmp_path / "nowhere", "read", samples[0])
    assert done.returncode == 1 and done.stderr and not done.stdout
