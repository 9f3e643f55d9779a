#!/usr/bin/env python3
"""Checkpoint -> the model file that the program reads: int8 weights, lemma tables, manifest (layout: demarche/syntax/model_file.h)."""
import argparse
import json
import struct

import numpy as np
import torch

import data
import lemmas
import wordnet

MAGIC = b"demarche-parser\n"
LICENCE = "CC BY-SA 4.0"
MASK = (1 << 64) - 1


def content_hash(blob):
    """64 bits over words of eight bytes; the same as in demarche/syntax/model_file.cc."""
    blob += b"\0" * (-len(blob) % 8)
    h = 0x9E3779B97F4A7C15
    for (word,) in struct.iter_unpack("<Q", blob):
        h = (h ^ word) * 0xFF51AFD7ED558CCD & MASK
        h ^= h >> 32
    return h


class Writer:
    def __init__(self):
        self.blob, self.entries = bytearray(), []

    def add(self, name, kind, rows, columns, raw):
        self.blob += b"\0" * (-len(self.blob) % 64)
        self.entries.append({"name": name, "type": kind, "rows": rows, "columns": columns, "offset": len(self.blob), "bytes": len(raw)})
        self.blob += raw

    def floats(self, name, t):
        t = t.detach().float().reshape(-1)
        self.add(name, "f32", 1, len(t), t.numpy().astype("<f4").tobytes())

    def matrix(self, name, t):
        """int8 rows with one scale each."""
        w = t.detach().float().numpy()
        scale = np.maximum(np.abs(w).max(1), 1e-8) / 127
        q = np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8)
        self.add(name, "i8", *w.shape, q.tobytes())
        self.add(name + ".scale", "f32", 1, len(scale), scale.astype("<f4").tobytes())

    def text(self, name, lines):
        self.add(name, "text", len(lines), 1, "".join(line + "\n" for line in lines).encode())


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("checkpoint")
    ap.add_argument("--train", nargs="+", required=True, help="gold treebanks, for the lemma tables and the features of each tag; the first one's lemmas count more")
    ap.add_argument("--wordnet", help="folder of WordNet's files, whose inflected forms widen the lemma tables")
    ap.add_argument("--text", nargs="*", default=[], help="plain text in words (CoNLL-U), for the usual spelling of names")
    ap.add_argument("--name", required=True)
    ap.add_argument("--version", required=True)
    ap.add_argument("--training-data", required=True, help="what it was trained on, in words")
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    saved = torch.load(args.checkpoint, weights_only=False)
    weights, labels = saved["model"], saved["labels"]
    treebanks = [data.read(p) for p in args.train]
    gold = [s for sentences in treebanks for s in sentences]
    out = Writer()
    for table in ("word", "piece", "affix", "shape"):
        out.matrix(table, weights[table + ".weight"])

    def linear(name, key):
        out.matrix(name, weights[key + ".weight"])
        if key + ".bias" in weights:
            out.floats(name + ".bias", weights[key + ".bias"])
    linear("input", "input")
    kinds = saved["sizes"]["layers"]
    for i, kind in enumerate(kinds):
        out.floats(f"layer{i}.norm.weight", weights[f"layers.{i}.norm.weight"])
        out.floats(f"layer{i}.norm.bias", weights[f"layers.{i}.norm.bias"])
        linear(f"layer{i}", f"layers.{i}.conv" if kind == "c" else f"layers.{i}.linear")
        if kind == "d":
            out.floats(f"layer{i}.taps", weights[f"layers.{i}.taps"])
    out.floats("norm.weight", weights["norm.weight"])
    out.floats("norm.bias", weights["norm.bias"])
    linear("heads", "heads")
    linear("arc", "arc")
    for name in ("arc_head.weight", "root_arc", "distance", "root_rel"):
        out.floats(name, weights[name])
    out.matrix("relation", torch.cat([weights["rel_sum.weight"], weights["rel_product.weight"]], 1))
    out.floats("relation.bias", weights["rel_sum.bias"])
    linear("tags", "tags")
    seen = {(s.upos[i], s.feats[i]) for s in gold for i in range(len(s))}
    allowed = np.array([[(u, f) in seen or f == "" for f in labels["feats"]] for u in labels["upos"]], np.uint8)
    out.add("feats_allowed", "u8", *allowed.shape, allowed.tobytes())
    out.text("vocabulary", saved["vocabulary"])
    exact, rules, spellings = lemmas.build(treebanks, set(saved["vocabulary"]), wordnet.forms(args.wordnet) if args.wordnet else (),
                                           wordnet.all_words(args.wordnet) if args.wordnet else (), [s for p in args.text for s in data.read(p)])
    out.text("lemma_exceptions", ["\t".join((form, xpos, lemma)) for (form, xpos), lemma in sorted(exact.items())])
    out.text("spellings", [spellings[low] for low in sorted(spellings)])
    out.text("lemma_rules", ["\t".join((cls, suffix, *script.split("|", 2))) for (cls, suffix), script in sorted(rules.items())])
    blob = bytes(out.blob)
    header = {
        "format": 1, "name": args.name, "version": args.version, "feature_set": saved["feature_set"], "licence": LICENCE,
        "training_data": args.training_data, "hash": f"{content_hash(blob):016x}", "bytes": len(blob),
        "scores": {k: v for k, v in saved["curve"][-1].items() if isinstance(v, dict)},
        "seed": saved["arguments"]["seed"], "steps": saved["arguments"].get("steps", 0),
        "sizes": {k: v for k, v in saved["sizes"].items() if isinstance(v, int)}, "labels": {**labels, "layers": list(kinds)}, "tensors": out.entries}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(len(MAGIC) + 8 + len(text)) % 64)
    with open(args.out, "wb") as f:
        f.write(MAGIC + struct.pack("<Q", len(text)) + text + blob)
    print(f"{args.out}: {24 + len(text) + len(blob)} bytes, {len(exact)} lemma exceptions, {len(rules)} rules, {len(spellings)} spellings")


if __name__ == "__main__":
    main()
