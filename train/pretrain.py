#!/usr/bin/env python3
"""Trains the network's embeddings and layers to guess words hidden in plain text (Devlin et al. 2019), for train.py --init to begin with.

One word in six is hidden, spelling and all; it is guessed from the words about it, among those of the vocabulary."""
import argparse
import json
import random
import time
from collections import Counter

import torch
import torch.nn.functional as F
from torch import nn

import data
import features
from encode import Encoder
from model import Linear, Parser
from train import SIZES, batches


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--train", nargs="+", required=True, help="treebanks: labels and words")
    ap.add_argument("--text", nargs="+", required=True, help="plain text in words (CoNLL-U)")
    ap.add_argument("--size", choices=SIZES, default="default")
    ap.add_argument("--steps", type=int, default=5000, help="batches in all")
    ap.add_argument("--batch", type=int, default=2000, help="words")
    ap.add_argument("--lr", type=float, default=2e-3)
    ap.add_argument("--hide", type=float, default=0.17)
    ap.add_argument("--least", type=int, default=5, help="times that a word that no treebank holds twice must stand in the text")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--out", required=True, help="checkpoint to write")
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)

    def spelled(sentences):
        return Counter("".join(features.normal(f)) for s in sentences for f in s.form)
    gold = [s for p in args.train for s in data.read(p)]
    text = [s for p in args.text for s in data.read(p) if 3 < len(s) < 120]
    inv = data.Inventory(gold)
    known = spelled(gold)
    everywhere = known + spelled(text)
    vocabulary = sorted(w for w, n in everywhere.items() if known[w] >= 2 or n >= args.least)
    sizes = {**SIZES[args.size], "dropout": 0.05, "input_dropout": 0.0, "out_dropout": 0.05}
    model = Parser(sizes, inv, len(vocabulary))
    encoder = Encoder(sizes, vocabulary)
    guess = nn.Sequential(Linear(sizes["width"], sizes["word"]), nn.LayerNorm(sizes["word"]))  # then the vocabulary's own embeddings
    bias = nn.Parameter(torch.log(torch.tensor([1.0] + [everywhere[w] + 1.0 for w in vocabulary])) - 10)
    parameters = [*model.parameters(), *guess.parameters(), bias]
    optimizer = torch.optim.AdamW(parameters, lr=args.lr, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    sentences = gold + text
    print(f"{sum(map(len, sentences))} words, vocabulary {len(vocabulary)}", flush=True)
    step, start, losses, right, hidden_words = 0, time.time(), 0.0, 0, 0
    todo = []
    model.train()
    while step < args.steps:
        if not todo:
            todo = batches(sentences, args.batch, rng)
        batch = encoder.batch(todo.pop())
        want = batch["word"]
        hidden = batch["mask"] & (torch.rand(want.shape) < args.hide)
        batch["hidden"] = hidden
        for g in optimizer.param_groups:
            g["lr"] = args.lr * min(1.0, (step + 1) / 300, 1.2 * (args.steps - step) / args.steps)
        asked = hidden & (want > 0)
        scores = F.linear(guess(model.encode(batch)[asked]), model.word.weight, bias)
        loss = F.cross_entropy(scores, want[asked])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 2.0)
        optimizer.step()
        step += 1
        losses += float(loss.detach())
        right += int((scores.argmax(-1) == want[asked]).sum())
        hidden_words += int(asked.sum())
        if step % 250 == 0 or step == args.steps:
            n = step % 250 or 250
            print(json.dumps({"step": step, "loss": round(losses / n, 3), "right": round(100 * right / max(1, hidden_words), 1), "minutes": round((time.time() - start) / 60, 1)}), flush=True)
            losses, right, hidden_words = 0.0, 0, 0
    torch.save({"model": model.state_dict(), "sizes": SIZES[args.size], "vocabulary": vocabulary, "feature_set": features.FEATURE_SET,
                "labels": {k: getattr(inv, k) for k in ("upos", "xpos", "feats", "deprel", "entity")}, "size": args.size}, args.out)


if __name__ == "__main__":
    main()
