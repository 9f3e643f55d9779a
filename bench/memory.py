#!/usr/bin/env python3
"""Peak memory of demarche read on inputs of a given size: a WARC of many pages, one of large pages, and one HTML file.

  python3 bench/memory.py build/release/app/demarche [--megabytes 1024] [--folder DIR]

Every input is made here, block by block, and removed again. The answers are checked before the figures are told: each page of the archives is
read, the HTML file is told to be too large and the page behind it is read.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ARTICLE = ("<!doctype html><html><head><title>Launch {n}</title></head><body><article><h1>Launch {n}</h1><p>North Korea fired missile number {n} on 4 July 2017, the "
           "ministry said on Tuesday.</p><p>Seoul condemned the launch and said that it would respond with its allies in the days to come.</p></article>")
FILLER = b"<script>" + b"var x = 'furniture of the site';\n" * 4000 + b"</script>"  # 132 KB


def record(url, body):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http;msgtype=response\r\n"
            f"Content-Length: {len(head) + len(body)}\r\n\r\n").encode() + head + body + b"\r\n\r\n"


def make_warc(path, megabytes, page_bytes):
    number = 0
    with open(path, "wb") as out:
        while out.tell() < megabytes << 20:
            number += 1
            body = ARTICLE.format(n=number).encode() + FILLER * max(1, page_bytes // len(FILLER)) + b"</body></html>"
            out.write(record(f"https://a.example/{number}", body))
    return number


def make_html(path, megabytes):
    with open(path, "wb") as out:
        out.write(ARTICLE.format(n=0).encode())
        while out.tell() < megabytes << 20:
            out.write(FILLER * 8)
        out.write(b"</body></html>")


def measure(program, *paths):
    """Output, messages, exit code, peak resident MiB and seconds of one run."""
    # A process begins with the peak of the one it was forked from: a small one in between.
    between = "import os, subprocess, sys\np = subprocess.Popen(sys.argv[1:])\n_, s, u = os.wait4(p.pid, 0)\nprint(os.waitstatus_to_exitcode(s), u.ru_maxrss, file=sys.stderr)"
    start = time.monotonic()
    run = subprocess.run([sys.executable, "-c", between, program, "read", "--format", "summary", *map(str, paths)], capture_output=True)
    err, _, last = run.stderr.decode().rstrip().rpartition("\n")
    code, kib = map(int, last.split())
    return run.stdout.decode(), err, code, kib / 1024, time.monotonic() - start


def run_all(program, megabytes, folder):
    folder = pathlib.Path(folder)
    good = folder / "good.html"
    good.write_text(ARTICLE.format(n=1) + "</body></html>")
    rows = []
    for name, page_bytes in (("archive of pages of 130 KB", 132_000), ("archive of pages of 10 MB", 10_000_000)):
        path = folder / "a.warc"
        pages = make_warc(path, megabytes, page_bytes)
        out, err, code, mib, seconds = measure(program, path)
        path.unlink()
        assert code == 0 and out.startswith(f"{pages} report"), (out, err)
        rows.append((name, pages, mib, seconds))
    path = folder / "a.html"
    make_html(path, megabytes)
    out, err, code, mib, seconds = measure(program, path, good)
    path.unlink()
    if megabytes > 64:
        assert code == 3 and "larger than" in err and out.startswith("1 report"), (out, err)
    rows.append(("one HTML file, and a page behind it", 1, mib, seconds))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        print(f"{arguments.megabytes} MiB each")
        for name, pages, mib, seconds in run_all(arguments.program, arguments.megabytes, folder):
            print(f"  {name:38} {pages:6} pages  {mib:6.0f} MiB at most  {seconds:6.1f} s")


if __name__ == "__main__":
    sys.exit(main())
