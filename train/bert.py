#!/usr/bin/env python3
"""Trains a large teacher: multilingual BERT (Devlin et al. 2019), which has read Wikipedia alone, under the heads of the parser.

    bert.py convert SAVED_MODEL OUT.npz     TensorFlow's variables of the released model -> arrays (needs tensorflow-cpu)
    bert.py train --bert FOLDER ...         FOLDER holds bert.npz and vocab.txt; writes a checkpoint for teacher.py --teachers"""
import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

import data
from evaluate import score
from model import Heads

SIZES = dict(width=768, arc=384, rel=160, distance=24, out_dropout=0.2, head_dropout=0.3)
LONGEST = 510  # pieces of a sentence, without the two marks


def bert(vocabulary):
    from transformers import BertConfig, BertModel
    return BertModel(BertConfig(vocab_size=vocabulary, hidden_act="gelu"), add_pooling_layer=False)


def released(path, vocabulary):
    """The released weights under the names of transformers."""
    model = bert(vocabulary)
    arrays = np.load(path)
    want = model.state_dict()
    for name in want:
        if name.endswith("_ids"):
            continue
        key = name.replace("layer.", "layer_").replace("LayerNorm.weight", "LayerNorm/gamma").replace("LayerNorm.bias", "LayerNorm/beta").replace(".", "/")
        key = "module/bert/" + (key if "embeddings" in key and "LayerNorm" not in key else key.replace("/weight", "/kernel"))
        key = key.replace("_embeddings/weight", "_embeddings").replace("_embeddings/kernel", "_embeddings")
        array = torch.from_numpy(arrays[key])
        want[name] = array.T.contiguous() if key.endswith("/kernel") else array
    model.load_state_dict(want)
    return model


class BertEncoder:
    """Sentences -> tensors: the pieces of the words, and where each word's first and last piece stands."""

    def __init__(self, folder):
        from tokenizers import BertWordPieceTokenizer
        self.pieces = BertWordPieceTokenizer(str(Path(folder) / "vocab.txt"), lowercase=False, strip_accents=False)
        self.begin, self.end = self.pieces.token_to_id("[CLS]"), self.pieces.token_to_id("[SEP]")
        self.unknown = self.pieces.token_to_id("[UNK]")
        self.cache = {}

    def word(self, form):
        hit = self.cache.get(form)
        if hit is None:
            hit = self.cache[form] = self.pieces.encode(form, add_special_tokens=False).ids or [self.unknown]
        return hit

    def batch(self, sentences, unknown=0.0, rng=None):
        t, n = max(map(len, sentences)), len(sentences)
        first, last, mask = np.zeros((t, n), np.int64), np.zeros((t, n), np.int64), np.zeros((t, n), bool)
        rows = []
        for b, s in enumerate(sentences):
            most = 1 if len(s) * 4 > LONGEST and sum(len(self.word(f)) for f in s.form) > LONGEST else 16
            row = [self.begin]
            for i, form in enumerate(s.form[:LONGEST]):
                first[i, b] = len(row)
                row += self.word(form)[:most]
                last[i, b] = len(row) - 1
            mask[:len(s), b] = True
            rows.append(row + [self.end])
        ids = np.zeros((n, max(map(len, rows))), np.int64)
        seen = np.zeros(ids.shape, bool)
        for b, row in enumerate(rows):
            ids[b, :len(row)], seen[b, :len(row)] = row, True
        return {k: torch.from_numpy(v) for k, v in dict(ids=ids, seen=seen, first=first, last=last, mask=mask).items()}


class BertParser(Heads):
    def __init__(self, sizes, inventory, encoder):
        super().__init__(sizes, inventory)
        self.bert = encoder

    def encode(self, batch):
        with torch.autocast("cpu", torch.bfloat16):
            x = self.bert(batch["ids"], attention_mask=batch["seen"].long()).last_hidden_state
        x = x.float().transpose(0, 1)  # (pieces, B, width)

        def at(index):
            return x.gather(0, index.unsqueeze(-1).expand(-1, -1, x.shape[-1]))
        x = (at(batch["first"]) + at(batch["last"])) / 2
        p = self.sizes["out_dropout"]
        if self.training and p:
            x = x * nn.functional.dropout(x.new_ones(1, *x.shape[1:]), p)
        return x


def load(saved, inv):
    """(model, encoder) of a checkpoint that `train` wrote."""
    model = BertParser(saved["sizes"], inv, bert(saved["vocabulary_size"]))
    model.load_state_dict(saved["model"])
    return model, BertEncoder(saved["bert"])


def train(args):
    from train import batches, loss_of, targets
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    gold = [s for p in args.train for s in data.read(p)] + [s for p in args.train_entities for s in data.read(p, entities=True)]
    dev = {p.rsplit("/", 1)[-1].split(".")[0]: data.read(p, entities=True) for p in args.dev}
    inv = data.Inventory(gold)
    encoder = BertEncoder(args.bert)
    size = encoder.pieces.get_vocab_size()
    model = BertParser(SIZES, inv, released(Path(args.bert) / "bert.npz", size))
    for part in (model.bert.embeddings, *model.bert.encoder.layer[:args.frozen]):
        for p in part.parameters():
            p.requires_grad = False
    depth = {f"layer.{i}.": i for i in range(12)}
    groups = []
    for name, p in model.named_parameters():
        if p.requires_grad:
            layer = next((i for key, i in depth.items() if key in name), None)
            groups.append({"params": [p], "top": args.lr_heads if layer is None else args.lr * 0.9 ** (11 - layer), "weight_decay": 0.01 if p.dim() == 2 else 0.0})
    optimizer = torch.optim.AdamW(groups, lr=args.lr, betas=(0.9, 0.98), fused=True)
    todo, step, start, losses, curve = [], 0, time.time(), 0.0, []
    while step < args.steps:
        if not todo:
            todo = batches(gold, args.batch, rng)
        group = todo.pop()
        model.train()
        for g in optimizer.param_groups:
            g["lr"] = g["top"] * min((step + 1) / (0.1 * args.steps), (args.steps - step) / (0.9 * args.steps))
        loss = loss_of(model, encoder.batch(group), targets(group, inv), None, 0.0, 0.03)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        step += 1
        losses += float(loss.detach())
        if step % 50 == 0:
            print(json.dumps({"step": step, "loss": round(losses / 50, 4), "minutes": round((time.time() - start) / 60, 1)}), flush=True)
            losses = 0.0
        if step % args.evaluate_every == 0 or step == args.steps:
            model.eval()
            line = {"step": step, **{name: score(model, encoder, inv, sentences) for name, sentences in dev.items()}}
            curve.append(line)
            print(json.dumps(line), flush=True)
            torch.save({"model": model.state_dict(), "sizes": SIZES, "vocabulary_size": size, "bert": args.bert, "curve": curve,
                        "labels": {k: getattr(inv, k) for k in ("upos", "xpos", "feats", "deprel", "entity")}}, args.out)


def convert(args):
    import tensorflow
    reader = tensorflow.train.load_checkpoint(str(Path(args.saved_model) / "variables/variables"))
    np.savez(args.out, **{name: reader.get_tensor(name) for name in reader.get_variable_to_shape_map() if name.startswith("module/bert/")})


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = ap.add_subparsers(required=True)
    c = verbs.add_parser("convert")
    c.add_argument("saved_model")
    c.add_argument("out")
    c.set_defaults(run=convert)
    t = verbs.add_parser("train")
    t.add_argument("--bert", required=True)
    t.add_argument("--train", nargs="+", required=True)
    t.add_argument("--train-entities", nargs="*", default=[])
    t.add_argument("--dev", nargs="+", required=True)
    t.add_argument("--steps", type=int, default=1050)
    t.add_argument("--batch", type=int, default=950, help="words")
    t.add_argument("--frozen", type=int, default=4, help="lowest layers that stay as they are, besides the embeddings")
    t.add_argument("--lr", type=float, default=7e-5, help="of BERT's last layer; each one below takes nine tenths")
    t.add_argument("--lr-heads", type=float, default=1e-3)
    t.add_argument("--evaluate-every", type=int, default=525, help="steps")
    t.add_argument("--seed", type=int, default=1)
    t.add_argument("--threads", type=int, default=2)
    t.add_argument("--out", required=True)
    t.set_defaults(run=train)
    args = ap.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
