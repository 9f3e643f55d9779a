#!/usr/bin/env python3
"""Pages a second of one core: demarche and trafilatura over the same HTML pages, metadata included, in one run.

    compare.py DEMARCHE PAGE.html[.gz]... [--rounds N]

Needs trafilatura (pip install trafilatura). Each system's answer is checked before it is timed: it must find text on nine pages of
ten. demarche is timed as a program, its start taken off by a run over one page; trafilatura within one warm Python process, over
pages that are in memory already. Time is processor time, so that other work on the machine counts for neither.
"""
import argparse, gzip, json, os, resource, statistics, subprocess, sys, time


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("demarche")
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    import trafilatura

    def run_demarche(pages):
        used = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        begin = used()
        out = subprocess.run([args.demarche, "show", "article", "--format", "jsonl", *pages], stdout=subprocess.PIPE, check=True).stdout
        return used() - begin, out

    _, out = run_demarche(args.pages)
    found = sum(len(json.loads(line)["body"]) > 200 for line in out.splitlines())
    if found < 0.9 * len(args.pages):
        sys.exit(f"demarche finds text on {found} of {len(args.pages)} pages only")
    start = statistics.median(run_demarche(args.pages[:1])[0] for _ in range(5))
    ours = min(run_demarche(args.pages)[0] for _ in range(args.rounds)) - start

    opened = lambda p: (gzip.open if p.endswith(".gz") else open)(p, "rb")
    raw = []
    for page in args.pages:
        with opened(page) as f:
            raw.append(f.read())
    extract = lambda page: trafilatura.extract(page, output_format="json", with_metadata=True)
    found = sum(1 for page in raw if len(extract(page) or "") > 200)
    if found < 0.9 * len(raw):
        sys.exit(f"trafilatura finds text on {found} of {len(raw)} pages only")
    theirs = []
    for _ in range(args.rounds):
        begin = time.process_time()
        for page in raw:
            extract(page)
        theirs.append(time.process_time() - begin)
    megabytes = sum(map(len, raw)) / 1e6
    for name, seconds in (("demarche", ours), (f"trafilatura {trafilatura.__version__}", min(theirs))):
        print(f"{name:22} {len(raw) / seconds:8.1f} pages/s   {megabytes / seconds:7.1f} MB/s   ({seconds:.3f} s for {len(raw)} pages)")
    print(f"ratio {min(theirs) / ours:.1f}")


if __name__ == "__main__":
    main()
