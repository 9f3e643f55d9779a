"""Whole-program tests: the built demarche over files, its output and its record looked at from outside.

The program is the environment's DEMARCHE (set by CMake); the sources are found beside this folder.
"""
import json
import os
import pathlib
import sqlite3
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMARCHE = os.environ["DEMARCHE"]


class Program:
    """Runs demarche. `ok` also asserts exit code 0."""

    def run(self, *arguments, stdin=None, timeout=120, **more):
        return subprocess.run([DEMARCHE, *map(str, arguments)], input=stdin, capture_output=True, timeout=timeout, **more)

    def ok(self, *arguments, **more):
        done = self.run(*arguments, **more)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def records(self, *arguments, **more):
        return [json.loads(line) for line in self.ok("read", "--format", "jsonl", *arguments, **more).splitlines()]


@pytest.fixture
def demarche():
    return Program()


@pytest.fixture(scope="session")
def samples():
    return sorted(p for p in (ROOT / "samples").iterdir() if p.suffix in (".html", ".txt"))


@pytest.fixture(scope="session")
def sample_record(tmp_path_factory, samples):
    """A record of all samples, made once; tests only ask it."""
    path = tmp_path_factory.mktemp("record") / "samples.db"
    Program().ok("read", "--record", path, *samples)
    return path


def tables(path):
    """All rows of all tables of a record, for comparing."""
    with sqlite3.connect(path) as db:
        names = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: sorted(db.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}
