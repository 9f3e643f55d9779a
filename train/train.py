#!/usr/bin/env python3
"""Trains the parser and writes a checkpoint (see README.md for the command that made the shipped models)."""
import argparse
import copy
import json
import os
import pickle
import random
import time
from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F

import augment
import data
import features
import teacher
from encode import Encoder
from evaluate import score
from model import Parser

SIZES = {
    "default": dict(layers="crcrcr", width=224, word=128, piece=96, affix=64, shape=16, piece_rows=32768, affix_rows=16384, arc=192, rel=128,
                    distance=24, dropout=0.2, input_dropout=0.2, out_dropout=0.25, head_dropout=0.3),
    "fast": dict(layers="crcr", width=160, word=96, piece=64, affix=64, shape=16, piece_rows=32768, affix_rows=16384, arc=128, rel=96,
                 distance=24, dropout=0.1, input_dropout=0.15, out_dropout=0.2, head_dropout=0.25),
}


def targets(sentences, inv):
    t, n = max(map(len, sentences)), len(sentences)
    out = {key: np.full((t, n), -100, np.int64) for key in ("upos", "xpos", "feats", "entity")}
    out["head"], out["deprel"] = np.full((n, t), -100, np.int64), np.full((n, t), -100, np.int64)
    for b, s in enumerate(sentences):
        k = len(s)
        for key in ("upos", "xpos", "feats", "entity"):
            column, index = getattr(s, key), getattr(inv, key + "_index")
            if column is not None:
                out[key][:k, b] = [index.get(x, -100) for x in column]
        out["head"][b, :k] = [h + 1 for h in s.head]
        out["deprel"][b, :k] = [inv.deprel_index[x] for x in s.deprel]
    return {key: torch.from_numpy(v) for key, v in out.items()}


WEIGHTS = {"upos": 0.4, "xpos": 0.6, "feats": 0.3, "entity": 0.6}


def loss_of(model, batch, gold, soft, teaching, smoothing):
    """Cross entropy against the treebank's tags and heads and, for the share `teaching`, against the teachers' distributions (`soft`, or None)."""
    tags, arcs, parts = model(batch)
    words = batch["mask"].sum()

    def against(scores, want):
        return -(want * F.log_softmax(scores, -1)).sum() / words

    def ce(scores, want, smooth):
        return F.cross_entropy(scores.reshape(-1, scores.shape[-1]), want.reshape(-1), ignore_index=-100, label_smoothing=smooth)
    labels = model.labels(parts, gold["head"].clamp(min=0))
    total = 0
    if teaching < 1 or soft is None:
        for scores, (key, weight) in zip(tags, WEIGHTS.items()):
            if (gold[key] >= 0).any():
                total = total + weight * ce(scores, gold[key], smoothing)
        total = total + ce(arcs, gold["head"], 0.0) + ce(labels, gold["deprel"], smoothing)
    if soft is None:
        return total
    taught = against(arcs, soft[1]) + against(labels, soft[2])
    for scores, want, weight in zip(tags, soft[0], WEIGHTS.values()):
        taught = taught + weight * against(scores, want)
    return (1 - teaching) * total + teaching * taught


def batches(sentences, words, rng):
    """Sentences of about one length go together; the order is shuffled."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]) * rng.uniform(0.85, 1.15))
    out, cur, size = [], [], 0
    for i in order:
        cur.append(sentences[i])
        size += len(sentences[i])
        if size >= words:
            out.append(cur)
            cur, size = [], 0
    if cur:
        out.append(cur)
    rng.shuffle(out)
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--train", nargs="*", default=[], help="treebanks with tags and trees alone")
    ap.add_argument("--train-entities", nargs="*", default=[], help="treebanks that also hold GUM's Entity attributes")
    ap.add_argument("--taught", nargs="*", default=[], help="what teacher.py wrote, in place of --train and --train-entities")
    ap.add_argument("--teaching", type=float, default=0.5, help="share of the teachers in the loss on treebanks")
    ap.add_argument("--silver-words", type=int, default=150000, help="words of silver text in each epoch")
    ap.add_argument("--dev", nargs="+", required=True)
    ap.add_argument("--size", choices=SIZES, default="default")
    ap.add_argument("--steps", type=int, default=5000, help="batches in all; a number in OUT.steps, read as training goes on, stands over it")
    ap.add_argument("--decay-from", type=float, default=0.4, help="share of the steps after which the learning rate falls, in a line to zero")
    ap.add_argument("--batch", type=int, default=2000, help="words")
    ap.add_argument("--lr", type=float, default=2e-3)
    ap.add_argument("--decay", type=float, default=0.02, help="weight decay")
    ap.add_argument("--ema", type=float, default=0.998)
    ap.add_argument("--smoothing", type=float, default=0.03)
    ap.add_argument("--unknown", type=float, default=0.1, help="share of words hidden from the vocabulary")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--evaluate-every", type=int, default=5, help="epochs")
    ap.add_argument("--set", nargs="*", default=[], help="sizes to change, as name=value")
    ap.add_argument("--init", help="checkpoint to begin with; its sizes hold, words new to it begin as unknown ones")
    ap.add_argument("--grow", default="", help="layers put on top of those of --init, as letters; they begin by changing nothing")
    ap.add_argument("--out", required=True, help="checkpoint to write")
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)

    gold = [s for p in args.train for s in data.read(p)] + [s for p in args.train_entities for s in data.read(p, entities=True)]
    silver = []
    for path in args.taught:
        with open(path, "rb") as file:
            part = pickle.load(file)
        gold, silver = gold + part[0], silver + part[1]
    inv = data.Inventory(gold)
    count = Counter("".join(features.normal(f)) for s in gold for f in s.form)
    for s in silver:
        count.update("".join(features.normal(f)) for f in s.form)
    vocabulary = sorted(w for w, n in count.items() if n >= (2 if not silver else 3))
    sizes = dict(SIZES[args.size])
    for item in args.set:
        key, value = item.split("=")
        sizes[key] = type(sizes[key])(value)
    if args.init:
        first = torch.load(args.init, weights_only=False)
        sizes = {**first["sizes"], "layers": first["sizes"]["layers"] + args.grow}
        old = {w: i + 1 for i, w in enumerate(first["vocabulary"])}
        vocabulary = sorted(set(vocabulary) | set(old))
    model = Parser(sizes, inv, len(vocabulary))
    if args.init:
        for key in ("upos", "xpos", "feats", "deprel", "entity"):
            assert first["labels"][key] == getattr(inv, key), f"other labels of {key} than in {args.init}"
        rows = torch.tensor([0] + [old.get(w, 0) for w in vocabulary])
        model.silence(len(first["sizes"]["layers"]))
        model.load_state_dict({**model.state_dict(), **first["model"], "word.weight": first["model"]["word.weight"][rows]})
    encoder = Encoder(sizes, vocabulary)
    dev = {p.rsplit("/", 1)[-1].split(".")[0]: data.read(p, entities=True) for p in args.dev}
    print(f"{sum(map(len, gold))} gold words, {sum(map(len, silver))} silver; vocabulary {len(vocabulary)}; "
          f"{sum(p.numel() for p in model.parameters())} parameters", flush=True)

    decayed = [p for name, p in model.named_parameters() if p.dim() == 2 and name.split(".")[0] not in ("word", "piece", "affix", "shape")]
    ids = {id(p) for p in decayed}
    optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": args.decay},
                                   {"params": [p for p in model.parameters() if id(p) not in ids], "weight_decay": 0.0}],
                                  lr=args.lr, betas=(0.9, 0.98), fused=True)
    averaged = copy.deepcopy(model)
    pool, step, curve, epoch, total_steps = [], 0, [], 0, args.steps
    start = time.time()
    while step < total_steps:
        epoch += 1
        extra = []
        if silver:
            words = 0
            while words < args.silver_words:
                if not pool:
                    pool = list(silver)
                    rng.shuffle(pool)
                extra.append(pool.pop())
                words += len(extra[-1])
        model.train()
        todo = [(b, args.teaching) for b in batches([augment.vary(s, rng) for s in gold], args.batch, rng)]
        todo += [(b, 1.0) for b in batches([augment.vary(s, rng) for s in extra], args.batch, rng)]
        rng.shuffle(todo)
        losses = 0.0
        for group, teaching in todo:
            if step == total_steps:
                break
            fall = (total_steps - step) / (total_steps * (1 - args.decay_from))
            rate = min(1.0, (step + 1) / 200, fall)
            for g in optimizer.param_groups:
                g["lr"] = args.lr * rate
            soft = teacher.batch(group) if args.taught else None
            loss = loss_of(model, encoder.batch(group, args.unknown, rng), targets(group, inv), soft, teaching, args.smoothing)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            step += 1
            losses += float(loss.detach())
            with torch.no_grad():
                keep = min(args.ema, step / (step + 20))
                if step % 4 == 0:  # every fourth step, to spare time
                    torch._foreach_lerp_(list(averaged.parameters()), list(model.parameters()), 1 - keep ** 4)
        if os.path.exists(args.out + ".steps"):
            total_steps = int(open(args.out + ".steps").read())
        line = {"epoch": epoch, "step": step, "loss": round(losses / len(todo), 4), "minutes": round((time.time() - start) / 60, 1)}
        if epoch % args.evaluate_every == 0 or step >= total_steps:
            averaged.eval()
            for name, sentences in dev.items():
                line[name] = score(averaged, encoder, inv, sentences)
            torch.save({"model": averaged.state_dict(), "sizes": sizes, "vocabulary": vocabulary, "feature_set": features.FEATURE_SET,
                        "labels": {k: getattr(inv, k) for k in ("upos", "xpos", "feats", "deprel", "entity")},
                        "arguments": {**vars(args), "steps": total_steps}, "curve": curve + [line], "size": args.size}, args.out)
        curve.append(line)
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
