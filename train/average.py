#!/usr/bin/env python3
"""Joins runs that began at the same checkpoint: the mean of their weights (Wortsman et al. 2022, "model soups"), scored on dev.

    average.py A.pt B.pt ... --dev DEV.conllu ... --out MEAN.pt
"""
import argparse
import json
from types import SimpleNamespace

import torch

import data
from evaluate import score
from model import Parser
from encode import Encoder


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("checkpoints", nargs="+")
    ap.add_argument("--dev", nargs="+", required=True)
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    torch.set_num_threads(1)
    runs = [torch.load(p, weights_only=False) for p in args.checkpoints]
    first = runs[0]
    assert all(r[key] == first[key] for r in runs for key in ("sizes", "vocabulary", "labels")), "the runs have other sizes, words or labels"
    weights = {name: sum(r["model"][name] for r in runs) / len(runs) for name in first["model"]}
    inv = SimpleNamespace(**first["labels"])
    model = Parser(first["sizes"], inv, len(first["vocabulary"]))
    model.load_state_dict(weights)
    model.eval()
    encoder = Encoder(first["sizes"], first["vocabulary"])
    line = {"average_of": len(runs)}
    for path in args.dev:
        line[path.rsplit("/", 1)[-1].split(".")[0]] = score(model, encoder, inv, data.read(path, entities=True))
    print(json.dumps(line), flush=True)
    torch.save({**first, "model": weights, "curve": [*first["curve"], line]}, args.out)


if __name__ == "__main__":
    main()
