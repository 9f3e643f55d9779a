"""demarche fetch against a server of our own: politeness, limits, private addresses, resuming."""
import gzip
import http.server
import json
import signal
import sqlite3
import subprocess
import threading
import time

import pytest

from conftest import DEMARCHE

ARTICLE = """<!doctype html><html><head><title>Talks {0} go on</title><meta property="article:published_time" content="2021-03-0{0}T08:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Talks {0} go on</h1><p>North Korea fired a missile on 4 July 2017, the ministry said on Tuesday.</p>
<p>Seoul condemned launch number {0} and said that it would respond with its allies in the days to come.</p></article></body></html>"""


class Server:
    """Answers by a table: path -> (status, fields, body) or a function of the request's fields; keeps what was asked and when."""

    def __init__(self):
        self.pages, self.asked, self.open, self.most_open = {}, [], 0, 0
        lock, outer = threading.Lock(), self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with lock:
                    outer.asked.append((self.path, time.monotonic(), dict(self.headers)))
                    outer.open += 1
                    outer.most_open = max(outer.most_open, outer.open)
                answer = outer.pages.get(self.path, (404, {}, b"no such page"))
                status, fields, body = answer(self.headers) if callable(answer) else answer
                try:
                    self.send_response(status)
                    for name, value in fields.items():
                        self.send_header(name, value)
                    if "Content-Length" not in fields and "Transfer-Encoding" not in fields:
                        self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    self.close_connection = True
                with lock:
                    outer.open -= 1

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, number, **fields):
        self.pages[f"/{number}.html"] = (200, {"Content-Type": "text/html; charset=utf-8", **fields}, ARTICLE.format(number).encode())

    def feed(self, numbers, etag=None):
        items = "".join(f"<item><title>T{n}</title><link>{self.url}/{n}.html</link><pubDate>Fri, 0{n} Mar 2021 10:00:00 GMT</pubDate></item>" for n in numbers)
        body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Lakeside Times</title>{items}</channel></rss>".encode()

        def answer(fields):
            if etag and fields.get("If-None-Match") == etag:
                return 304, {"ETag": etag}, b""
            return 200, {"Content-Type": "application/rss+xml", **({"ETag": etag} if etag else {})}, body
        self.pages["/feed.xml"] = answer

    def paths(self):
        return [path for path, _, _ in self.asked]


@pytest.fixture
def server():
    made = Server()
    yield made
    made.server.shutdown()
    made.server.server_close()


def fetch(demarche, *arguments, code=0, **more):
    done = demarche.run("fetch", "--allow-private", "--format", "json", "--delay", "0", *arguments, **more)
    assert done.returncode == code, done.stderr.decode()
    return json.loads(done.stdout), done.stderr.decode()


def read_from(demarche, archive):
    return [r["document"]["read_from"] for r in demarche.records(archive)]


def test_a_feed_into_an_archive_and_again(demarche, server, tmp_path):
    archive = tmp_path / "a.warc.gz"
    for n in (1, 2, 3):
        server.page(n)
    server.feed([1, 2], etag='"v1"')
    told, _ = fetch(demarche, "--warc", archive, server.url + "/feed.xml")
    assert (told["pages"], told["lists"], told["links"], told["failed"], told["pending"]) == (2, 1, 2, 0, 0)
    assert server.paths() == ["/robots.txt", "/feed.xml", "/1.html", "/2.html"]
    assert server.asked[1][2]["User-Agent"].startswith("demarche/")
    records = demarche.records(archive)
    assert [r["document"]["url"] for r in records] == [f"{server.url}/{n}.html" for n in (1, 2)]
    assert records[0]["document"]["title"] == "Talks 1 go on" and records[0]["document"]["published"]["date"] == "2021-03-01"
    # Nothing new: the feed says so itself, its pages are not asked for again.
    server.asked.clear()
    told, _ = fetch(demarche, "--warc", archive, server.url + "/feed.xml")
    assert (told["pages"], told["unchanged"]) == (0, 1) and server.paths() == ["/feed.xml"]
    assert server.asked[0][2]["If-None-Match"] == '"v1"'
    # One more item: that page alone, at the end of the archive.
    server.feed([1, 2, 3], etag='"v2"')
    told, _ = fetch(demarche, "--warc", archive, server.url + "/feed.xml")
    assert told["pages"] == 1 and read_from(demarche, archive) == [f"{server.url}/{n}.html" for n in (1, 2, 3)]


def test_into_the_record(demarche, server, tmp_path):
    record = tmp_path / "r.db"
    for n in (1, 2):
        server.page(n)
    server.feed([1, 2])
    told, _ = fetch(demarche, "--record", record, server.url + "/feed.xml")
    assert told["read"]["added"] == 2 and told["read"]["events"] > 0
    with sqlite3.connect(record) as db:
        assert db.execute("SELECT read_from FROM report ORDER BY read_from").fetchall() == [(f"{server.url}/1.html",), (f"{server.url}/2.html",)]
    # The same pages by way of an archive are the same reports.
    fetch(demarche, "--warc", tmp_path / "a.warc.gz", server.url + "/feed.xml")
    assert "2 unchanged" in demarche.ok("read", "--record", record, tmp_path / "a.warc.gz")


def test_robots_txt_is_kept_to(demarche, server, tmp_path):
    server.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /\n\nUser-agent: demarche\nDisallow: /2.html\nCrawl-delay: 0.4\n")
    for n in (1, 2, 3):
        server.page(n)
    server.feed([1, 2, 3])
    told, err = fetch(demarche, "--warc", tmp_path / "a.warc.gz", server.url + "/feed.xml", code=3)
    assert (told["pages"], told["disallowed"]) == (2, 1) and "/2.html" in err and "robots.txt" in err
    assert "/2.html" not in server.paths() and server.most_open == 1
    times = [at for _, at, _ in server.asked]
    assert all(b - a >= 0.39 for a, b in zip(times[1:], times[2:]))
    # A site that cannot tell its wishes is left alone.
    server.asked.clear()
    server.pages["/robots.txt"] = (503, {}, b"")
    told, err = fetch(demarche, "--warc", tmp_path / "b.warc.gz", server.url + "/feed.xml", code=3)
    assert told["pages"] == 0 and server.paths() == ["/robots.txt"] and "503" in err


def test_private_addresses_are_not_reached(demarche, server, tmp_path):
    server.page(1)
    for address in (server.url, server.url.replace("127.0.0.1", "localhost"), server.url.replace("127.0.0.1", "2130706433"), server.url.replace("127.0.0.1", "[::ffff:127.0.0.1]"), "http://169.254.169.254"):
        done = demarche.run("fetch", "--warc", tmp_path / "a.warc.gz", "--timeout", "5", address + "/1.html")
        assert done.returncode == 3 and b"private address" in done.stderr, (address, done.stderr)
    for address in ("file:///etc/passwd", "ftp://a.example/x", "gopher://127.0.0.1/", "/etc/passwd"):
        done = demarche.run("fetch", "--warc", tmp_path / "a.warc.gz", address)
        assert done.returncode == 3 and b"no address of http" in done.stderr
    assert server.asked == []


def test_redirects(demarche, server, tmp_path):
    server.page(1)
    server.pages["/moved"] = (301, {"Location": "/1.html"}, b"")
    server.pages["/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
    server.pages["/round"] = (302, {"Location": "/round?x"}, b"")
    server.pages["/round?x"] = (302, {"Location": "/round"}, b"")
    server.pages["/robots.txt"] = (301, {"Location": "/wishes.txt"}, b"")
    server.pages["/wishes.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /closed\n")
    server.pages["/to-closed"] = (302, {"Location": "/closed"}, b"")
    told, err = fetch(demarche, "--warc", tmp_path / "a.warc.gz", *[server.url + p for p in ("/moved", "/file", "/round", "/to-closed")], code=3)
    assert (told["pages"], told["failed"], told["disallowed"]) == (1, 2, 1)
    assert "none of http" in err and "more than 5 times" in err and "/closed" not in server.paths()
    assert read_from(demarche, tmp_path / "a.warc.gz") == [server.url + "/1.html"]


def test_sizes_errors_and_compression(demarche, server, tmp_path):
    page = ARTICLE.format(1).encode()
    server.pages["/packed"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(page))
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(page[i:i + 100]), page[i:i + 100]) for i in range(0, len(page), 100)) + b"0\r\n\r\n"
    server.pages["/chunked"] = (200, {"Content-Type": "text/html", "Transfer-Encoding": "chunked"}, chunks)
    server.pages["/large"] = (200, {"Content-Type": "text/html"}, b"<p>" + b"x" * 3_000_000)
    server.pages["/bomb"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(b"<p>" + b"x" * 30_000_000))
    server.pages["/list-bomb"] = (200, {"Content-Type": "text/xml", "Content-Encoding": "gzip"}, gzip.compress(b"<rss><item>" + b"x" * 30_000_000))
    server.pages["/short"] = (200, {"Content-Type": "text/html", "Content-Length": "10000"}, b"<p>cut")
    tried = {"/busy": 0}

    def busy(_):
        tried["/busy"] += 1
        return (503, {"Retry-After": "0"}, b"") if tried["/busy"] < 2 else (200, {"Content-Type": "text/html"}, page.replace(b"number 1", b"number 7"))
    server.pages["/busy"] = busy
    paths = ["/packed", "/chunked", "/large", "/bomb", "/list-bomb", "/gone", "/busy"]
    told, err = fetch(demarche, "--max-size", "1", "--warc", tmp_path / "a.warc.gz", *[server.url + p for p in paths], code=3)
    assert told["failed"] == 2 and "/large: is larger than the limit of 1 MiB" in err and "/gone: was answered with status 404" in err
    done = demarche.run("read", tmp_path / "a.warc.gz")
    assert [json.loads(l)["document"]["read_from"] for l in done.stdout.splitlines() if b"Talks" in l] == [server.url + p for p in ("/packed", "/chunked", "/busy")]
    told, err = fetch(demarche, "--timeout", "2", "--warc", tmp_path / "b.warc.gz", server.url + "/short", code=3, timeout=60)
    assert told["pages"] == 0 and "/short" in err


def test_sitemaps_and_json_lists(demarche, server, tmp_path):
    for n in (1, 2, 3, 4):
        server.page(n)
    one = f"<urlset xmlns:news='n'><url><loc>{server.url}/1.html</loc><lastmod>2021-03-01</lastmod></url><url><loc>{server.url}/2.html?a=1&amp;b=2</loc><news:news><news:publication_date>2021-03-04</news:publication_date></news:news></url></urlset>"
    server.pages["/2.html?a=1&b=2"] = server.pages["/2.html"]
    server.pages["/index.xml"] = (200, {"Content-Type": "application/xml"}, b"<sitemapindex><sitemap><loc>/one.xml.gz</loc></sitemap><sitemap><loc>/index.xml</loc></sitemap></sitemapindex>")
    server.pages["/one.xml.gz"] = (200, {"Content-Type": "application/gzip"}, gzip.compress(one.encode()))
    server.pages["/list.json"] = (200, {"Content-Type": "application/json"}, json.dumps({"articles": [{"url": server.url + "/3.html", "title": "T", "seendate": "20210305T100000Z"}, {"url": server.url + "/4.html", "seendate": "20200101T000000Z"}]}).encode())
    told, _ = fetch(demarche, "--since", "2021-03-02", "--warc", tmp_path / "a.warc.gz", server.url + "/index.xml", server.url + "/list.json")
    assert sorted(read_from(demarche, tmp_path / "a.warc.gz")) == [server.url + "/2.html?a=1&b=2", server.url + "/3.html"]
    assert told["lists"] == 3


@pytest.mark.parametrize("sig", [signal.SIGINT, signal.SIGKILL])
def test_stopped_at_any_instant(demarche, server, tmp_path, sig):
    """Runs are stopped again and again; in the end each page is in the archive once."""
    numbers = range(1, 10)
    for n in numbers:
        server.page(n)
    server.feed(numbers, etag='"v1"')
    archive = tmp_path / "a.warc.gz"
    command = [DEMARCHE, "fetch", "--allow-private", "--delay", "0.05", "--warc", str(archive), server.url + "/feed.xml"]
    for wait in (0.05, 0.1, 0.15, 0.2, 0.12, 0.3):
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(wait)
        run.send_signal(sig)
        err = run.communicate(timeout=30)[1]
        assert run.returncode in (0, 130, -sig), err
        if archive.exists() and archive.stat().st_size > 0 and sig == signal.SIGINT:
            assert demarche.run("read", "--format", "summary", archive).returncode == 0
    assert subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    assert read_from(demarche, archive) == [f"{server.url}/{n}.html" for n in numbers]


def test_limit_goes_on_with_the_next_run(demarche, server, tmp_path):
    for n in range(1, 6):
        server.page(n)
    server.feed(range(1, 6))
    told, _ = fetch(demarche, "--limit", "2", "--warc", tmp_path / "a.warc.gz", server.url + "/feed.xml")
    assert (told["pages"], told["pending"]) == (2, 3)
    told, _ = fetch(demarche, "--warc", tmp_path / "a.warc.gz", server.url + "/feed.xml")
    assert (told["pages"], told["pending"]) == (3, 0) and len(read_from(demarche, tmp_path / "a.warc.gz")) == 5


def test_wrong_surroundings(demarche, server, tmp_path):
    assert demarche.run("fetch", server.url).returncode == 2
    (tmp_path / "junk").write_bytes(b"junk " * 1000)
    done = demarche.run("fetch", "--warc", tmp_path / "a.warc.gz", "--state", tmp_path / "junk", server.url)
    assert done.returncode == 1 and b"junk" in done.stderr
    done = demarche.run("fetch", "--warc", tmp_path / "none" / "a.warc.gz", "--state", tmp_path / "s", server.url)
    assert done.returncode == 1 and b"a.warc.gz" in done.stderr
