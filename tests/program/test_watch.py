"""demarche watch: what is new is read once, when it is whole; stops and goes on."""
import json
import os
import signal
import sqlite3
import subprocess
import time

from conftest import DEMARCHE
from test_fetch import server  # noqa: F401 (a fixture)

TEXT = "North Korea fired a missile on {} July 2017, the ministry said.\n\nSeoul condemned the launch and asked for talks.\n"


def texts(record):
    if not record.exists():
        return {}
    with sqlite3.connect(record, timeout=10) as db:
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            return {}
        return {os.path.basename(path): text for path, text in db.execute("SELECT read_from, text FROM report")}


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


class Watching:
    def __init__(self, *arguments):
        self.run = subprocess.Popen([DEMARCHE, "watch", "--interval", "0.1", "--settle", "0.3", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def stop(self, sig=signal.SIGTERM):
        self.run.send_signal(sig)
        out, err = self.run.communicate(timeout=30)
        return self.run.returncode, out.decode(), err.decode()


def test_once_and_again(demarche, tmp_path):
    inbox, record = tmp_path / "inbox", tmp_path / "r.db"
    (inbox / "sub").mkdir(parents=True)
    (inbox / "a.txt").write_text(TEXT.format(4))
    (inbox / "sub" / "b.txt").write_text(TEXT.format(5))
    assert "(2 new" in demarche.ok("watch", "--once", "--settle", "0.2", "--record", record, inbox)
    assert demarche.ok("watch", "--once", "--settle", "0.2", "--record", record, inbox).startswith("0 reports read")
    (inbox / "c.txt").write_text(TEXT.format(6))
    (inbox / "broken.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = demarche.run("watch", "--once", "--settle", "0.2", "--record", record, inbox, tmp_path / "absent")
    assert done.returncode == 3 and b"broken.txt" in done.stderr and b"absent" in done.stderr and done.stdout.startswith(b"1 report read")
    # What could not be read is not tried again until it changes.
    assert demarche.ok("watch", "--once", "--settle", "0.2", "--record", record, inbox).startswith("0 reports read")
    assert set(texts(record)) == {"a.txt", "b.txt", "c.txt"}


def test_a_file_is_read_when_it_is_whole(tmp_path):
    inbox, record = tmp_path / "inbox", tmp_path / "r.db"
    inbox.mkdir()
    watching = Watching("--record", record, inbox)
    whole = TEXT.format(4) + "\nTokyo called the launch a grave threat.\n"
    with open(inbox / "slow.txt", "w") as slow:
        slow.write(whole[:60])
        slow.flush()
        (inbox / "quick.txt").write_text(TEXT.format(5))
        assert wait_for(lambda: "quick.txt" in texts(record))
        time.sleep(1)  # longer than --settle; it is still open
        assert "slow.txt" not in texts(record)
        slow.write(whole[60:])
    (tmp_path / "moved.txt").write_text(TEXT.format(6))
    os.rename(tmp_path / "moved.txt", inbox / "moved.txt")
    assert wait_for(lambda: len(texts(record)) == 3)
    assert "grave threat" in texts(record)["slow.txt"]
    code, out, err = watching.stop()
    assert code == 0 and "3 new" in out.splitlines()[-1] and err == ""


def test_stopped_at_any_instant(demarche, tmp_path):
    inbox, record = tmp_path / "inbox", tmp_path / "r.db"
    inbox.mkdir()
    for i in range(150):
        (inbox / f"{i:03}.txt").write_text(TEXT.format(1 + i % 28) + f"\nIt was launch number {i}.\n")
    for sig, wait in ((signal.SIGKILL, 0.7), (signal.SIGTERM, 0.7), (signal.SIGKILL, 1.0), (signal.SIGINT, 0.9)):
        watching = Watching("--record", record, inbox)
        time.sleep(wait)
        code, _, err = watching.stop(sig)
        assert code in (0, -sig), err
    demarche.ok("watch", "--once", "--settle", "0", "--record", record, inbox)
    assert len(texts(record)) == 150
    assert demarche.ok("watch", "--once", "--settle", "0", "--record", record, inbox).startswith("0 reports read")


def test_feeds(demarche, server, tmp_path):  # noqa: F811
    record = tmp_path / "r.db"
    for n in (1, 2, 3):
        server.page(n)
    server.feed([1, 2], etag='"v1"')
    watching = Watching("--record", record, "--feed-interval", "0.5", "--delay", "0", "--allow-private", server.url + "/feed.xml")
    assert wait_for(lambda: len(texts(record)) == 2)
    server.feed([1, 2, 3], etag='"v2"')
    assert wait_for(lambda: len(texts(record)) == 3)
    code, out, err = watching.stop(signal.SIGINT)
    assert code == 0 and "3 new" in out.splitlines()[-1], (out, err)
    assert server.paths().count("/1.html") == 1 and server.paths().count("/feed.xml") >= 2
    # Another start goes on: the feed alone is asked, and has not changed.
    server.asked.clear()
    assert demarche.ok("watch", "--once", "--delay", "0", "--allow-private", "--record", record, server.url + "/feed.xml").startswith("0 reports read")
    assert server.paths() == ["/feed.xml"]


def test_one_at_a_time(demarche, tmp_path):
    (tmp_path / "inbox").mkdir()
    watching = Watching("--record", tmp_path / "r.db", tmp_path / "inbox")
    assert wait_for(lambda: (tmp_path / "r.db.state").exists())
    time.sleep(0.3)
    done = demarche.run("watch", "--once", "--record", tmp_path / "r.db", tmp_path / "inbox")
    assert done.returncode == 1 and b"in use" in done.stderr
    assert watching.stop()[0] == 0
