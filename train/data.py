"""Treebanks in CoNLL-U -> sentences; label sets; entity heads."""
import gzip
import lzma
import re
from pathlib import Path

LABELS_HEADER = Path(__file__).resolve().parent.parent / "demarche/core/syntax_labels.h"
ENTITY_TYPES = ["-", "abstract", "animal", "event", "object", "organization", "person", "place", "plant", "substance", "time"]


def known_deprels():
    """The relations of core/syntax_labels.h."""
    return set(re.findall(r'ENTRY\(\w+, "([a-z:]+)"\)', LABELS_HEADER.read_text()))


def open_text(path):
    opener = lzma.open if str(path).endswith(".xz") else gzip.open if str(path).endswith(".gz") else open
    return opener(path, "rt", encoding="utf-8")


class Sentence:
    """Columns of one sentence; heads count from 0, the root has -1. `entity` is None when the treebank has no entities,
    else for every word the type of the entity that it heads."""

    def __init__(self):
        self.form, self.lemma, self.upos, self.xpos, self.feats, self.head, self.deprel, self.misc = [], [], [], [], [], [], [], []
        self.entity = None
        self.spans = []  # gold entities: (first, last, type)
        self.soft = None  # Soft
        self.doc = ""

    def __len__(self):
        return len(self.form)


class Soft:
    """Distributions of one sentence in half floats: each of teacher.TAGS (words, classes); arcs (words, words + 1), column 0 the root; labels (words, labels)."""

    def __init__(self, tags, arcs):
        self.tags, self.arcs, self.labels = tags, arcs, None

    def without_last(self):
        out = Soft([t[:-1] for t in self.tags], self.arcs[:-1, :-1])
        out.labels = self.labels[:-1]
        return out


def read(path, entities=False):
    known = known_deprels()
    out, cur, doc = [], Sentence(), ""
    with open_text(path) as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if len(cur):
                    finish(cur, entities)
                    cur.doc = doc
                    out.append(cur)
                cur = Sentence()
            elif line.startswith("# newdoc id = "):
                doc = line[14:]
            elif not line.startswith("#"):
                c = line.split("\t")
                if "-" in c[0] or "." in c[0]:
                    continue
                cur.form.append(c[1])
                cur.lemma.append(c[2])
                cur.upos.append(c[3])
                cur.xpos.append(c[4])
                cur.feats.append("" if c[5] == "_" else c[5])
                cur.head.append(int(c[6]) - 1)
                cur.deprel.append(c[7] if c[7] in known else c[7].split(":")[0])
                cur.misc.append(c[9])
    return out


def finish(s, entities):
    if not entities:
        return
    s.spans = entity_spans(s.misc)
    s.entity = ["-"] * len(s)
    for first, last, kind in sorted(s.spans, key=lambda e: e[0] - e[1]):  # the widest first: the innermost stays
        heads = [i for i in range(first, last) if not first <= s.head[i] < last]
        if kind in ENTITY_TYPES:
            # Two entities with one head ("the country's" and the coordination it begins): the wider one is kept.
            if s.entity[heads[0]] == "-":
                s.entity[heads[0]] = kind


def entity_spans(misc):
    """(first, last, type) from GUM's Entity attributes; brackets that do not close are left out."""
    open_, out = [], []
    for i, cell in enumerate(misc):
        value = next((x[7:] for x in cell.split("|") if x.startswith("Entity=")), "")
        for _, body, closed, ident in re.findall(r"(\()([^()]*)(\))?|([^()]+)\)", value):
            if body:
                part = body.split("-")
                kind = part[1] if len(part) > 1 else ""
                if closed:
                    out.append((i, i + 1, kind))
                else:
                    open_.append((part[0], i, kind))
            else:
                for k in range(len(open_) - 1, -1, -1):
                    if open_[k][0] == ident:
                        out.append((open_[k][1], i + 1, open_[k][2]))
                        del open_[k]
                        break
    return out


class Inventory:
    """Label sets; every list is sorted, so that a run can be repeated."""

    def __init__(self, sentences):
        from collections import Counter
        count = {key: Counter(x for s in sentences for x in getattr(s, key)) for key in ("upos", "xpos", "feats", "deprel")}
        self.upos = sorted(count["upos"])
        self.xpos = sorted(count["xpos"])
        self.feats = sorted(f for f, n in count["feats"].items() if n >= 4 or f == "")
        self.deprel = sorted(count["deprel"])
        self.entity = ENTITY_TYPES
        for key in ("upos", "xpos", "feats", "deprel", "entity"):
            setattr(self, key + "_index", {x: i for i, x in enumerate(getattr(self, key))})
