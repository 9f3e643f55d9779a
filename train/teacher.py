#!/usr/bin/env python3
"""What trained models say of sentences, for a new one to learn from (Hinton et al. 2015; for parsers, Kuncoro et al. 2016).

    teacher.py --teachers MODEL.pt... --train ... --silver ... --out FILE     then: train.py --taught FILE"""
import argparse
import pickle
import random

import numpy as np
import torch

import bert
import data
from encode import Encoder
from model import Parser

TAGS = ("upos", "xpos", "feats", "entity")


def groups(sentences, words):
    """Indices of sentences of about one length."""
    out = [[]]
    for i in sorted(range(len(sentences)), key=lambda i: len(sentences[i])):
        if out[-1] and (len(out[-1]) + 1) * len(sentences[i]) > words:
            out.append([])
        out[-1].append(i)
    return [group for group in out if group]


def half(x):
    return x.to(torch.float16).numpy()


def load(path, inv):
    """(model, encoder) of a checkpoint that train.py or bert.py wrote."""
    saved = torch.load(path, weights_only=False)
    assert all(saved["labels"][k] == getattr(inv, k) for k in (*TAGS, "deprel")), f"other labels than in {path}"
    if "bert" in saved:
        model, encoder = bert.load(saved, inv)
    else:
        model, encoder = Parser(saved["sizes"], inv, len(saved["vocabulary"])), Encoder(saved["sizes"], saved["vocabulary"])
        model.load_state_dict(saved["model"])
    return model.eval(), encoder


@torch.no_grad()
def soften(paths, weights, inv, sentences, silver):
    """Sets `soft` of every sentence to the weighted mean of the models' distributions. Silver sentences also get their likeliest heads, tags and labels."""
    teachers = [load(path, inv) for path in paths]
    weights = [w / sum(weights) for w in weights]

    def mean(kind):
        return sum(w * x.softmax(-1) for w, x in zip(weights, kind))
    for group in groups(sentences, 4000):
        chosen = [sentences[i] for i in group]
        said = [model(encoder.batch(chosen)) for model, encoder in teachers]
        tags = [mean(kind) for kind in zip(*(s[0] for s in said))]
        arcs = mean([s[1] for s in said])
        heads = arcs.argmax(-1)
        if not silver:
            for b, s in enumerate(chosen):
                heads[b, :len(s)] = torch.tensor(s.head) + 1
        labels = mean([model.labels(parts, heads) for (model, _), (_, _, parts) in zip(teachers, said)])
        for b, s in enumerate(chosen):
            n = len(s)
            s.soft = data.Soft([half(t[:n, b]) for t in tags], half(arcs[b, :n, :n + 1]))
            s.soft.labels = half(labels[b, :n])
            if silver:
                s.head = (heads[b, :n] - 1).tolist()
                s.deprel = [inv.deprel[i] for i in labels[b, :n].argmax(-1).tolist()]
                s.upos, s.xpos = ([names[i] for i in t[:n, b].argmax(-1).tolist()] for t, names in zip(tags, (inv.upos, inv.xpos)))


def batch(sentences):
    """The distributions of padded sentences: tags (T, B, classes) of each kind, arcs (B, T, T + 1), labels (B, T, labels)."""
    t, n = max(map(len, sentences)), len(sentences)
    first = sentences[0].soft
    tags = [np.zeros((t, n, x.shape[1]), np.float32) for x in first.tags]
    arcs, labels = np.zeros((n, t, t + 1), np.float32), np.zeros((n, t, first.labels.shape[1]), np.float32)
    for b, s in enumerate(sentences):
        k = len(s)
        for out, x in zip(tags, s.soft.tags):
            out[:k, b] = x
        arcs[b, :k, :k + 1] = s.soft.arcs
        labels[b, :k] = s.soft.labels
    return [torch.from_numpy(x) for x in tags], torch.from_numpy(arcs), torch.from_numpy(labels)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--teachers", nargs="+", required=True, help="checkpoints of train.py or bert.py; their mean is taught")
    ap.add_argument("--weights", type=float, nargs="*", help="one for each teacher in that mean; all alike if left out")
    ap.add_argument("--train", nargs="+", required=True, help="treebanks with tags and trees alone")
    ap.add_argument("--train-entities", nargs="*", default=[], help="treebanks that also hold GUM's Entity attributes")
    ap.add_argument("--silver", nargs="*", default=[], help="text in words (CoNLL-U) that the teachers parse")
    ap.add_argument("--most", type=int, help="words of silver text in all, drawn at random; the first files come first")
    ap.add_argument("--part", type=int, nargs=2, default=(0, 1), metavar=("K", "N"), help="only the K-th of N parts, to work side by side")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    gold = [s for p in args.train for s in data.read(p)] + [s for p in args.train_entities for s in data.read(p, entities=True)]
    inv = data.Inventory(gold)
    silver, words = {}, 0
    for path in args.silver:
        text = [s for s in data.read(path) if 4 < len(s) < 100]
        random.Random(1).shuffle(text)
        for s in text:
            key = tuple(s.form)
            if key not in silver and (args.most is None or words < args.most):
                silver[key] = s
                words += len(s)
    k, n = args.part
    gold, silver = gold[k::n], list(silver.values())[k::n]
    weights = args.weights or [1.0] * len(args.teachers)
    assert len(weights) == len(args.teachers), "a weight for each teacher"
    soften(args.teachers, weights, inv, gold, silver=False)
    soften(args.teachers, weights, inv, silver, silver=True)
    for s in gold + silver:
        s.misc = []
    with open(args.out, "wb") as out:
        pickle.dump((gold, silver), out)
    print(f"{sum(map(len, gold))} gold words, {sum(map(len, silver))} silver")


if __name__ == "__main__":
    main()
