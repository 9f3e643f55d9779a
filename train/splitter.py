#!/usr/bin/env python3
"""Train the classifier of doubtful sentence boundaries.

    cmake --build --preset release --target splitter_examples
    python3 train/splitter.py --examples build/release/demarche/text/splitter_examples --data data \\
        --train ewt-train.conllu gumstrict-train.conllu --dev ewt-dev.conllu gum-dev.conllu --out data/model

Reads UD treebanks in CoNLL-U (also .xz), writes data/model/splitter.bin and its manifest splitter.tsv (docs/formats/splitter.md).
About a minute on one core. The features come from the program itself (demarche/text/features.cc), so the script never computes one.
The best of the epochs is not picked on dev: dev is only reported. Needs numpy and PyTorch.
"""
import argparse, datetime, lzma, os, struct, subprocess, sys, tempfile

import numpy as np
import torch

HIDDEN = 8


def read_examples(tool, data, paths):
    """Feature version, examples of all files: keys [n, k], label [n], number of the file [n]."""
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for i, path in enumerate(paths):
            if path.endswith(".xz"):
                plain.append(os.path.join(folder, f"{i}.conllu"))
                with lzma.open(path) as src, open(plain[-1], "wb") as dst:
                    dst.write(src.read())
            else:
                plain.append(path)
        raw = np.frombuffer(subprocess.run([tool, data] + plain, check=True, stdout=subprocess.PIPE).stdout, dtype="<u4")
    version, k = int(raw[0]), int(raw[1])
    rows = raw[2:].reshape(-1, k + 1)
    return version, rows[:, 1:], (rows[:, 0] & 1).astype(np.float32), rows[:, 0] >> 1


def train(keys, labels, args):
    """Embedding of each feature that is seen often enough, summed, ReLU, one output."""
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    n = len(labels)
    vocabulary, counts = np.unique(keys, return_counts=True)
    vocabulary = vocabulary[(counts >= args.min_count) & (vocabulary != 0)]
    x, y = torch.from_numpy(index(keys, vocabulary)), torch.from_numpy(labels)
    table = torch.nn.EmbeddingBag(len(vocabulary) + 1, HIDDEN, mode="sum", padding_idx=0, sparse=True)
    torch.nn.init.normal_(table.weight, 0, 0.03)
    with torch.no_grad():
        table.weight[0] = 0
    bias = torch.zeros(HIDDEN, requires_grad=True)
    output = torch.nn.Linear(HIDDEN, 1)
    optimizers = [torch.optim.SparseAdam(list(table.parameters()), lr=args.rate), torch.optim.Adam([bias] + list(output.parameters()), lr=args.rate)]
    steps, step = args.epochs * -(-n // args.batch), 0
    for epoch in range(args.epochs):
        order, total = rng.permutation(n), 0.0
        for start in range(0, n, args.batch):
            for o in optimizers:
                o.param_groups[0]["lr"] = args.rate * max(0.02, 1 - step / steps)
                o.zero_grad()
            step += 1
            rows = torch.from_numpy(order[start:start + args.batch])
            batch = x[rows]
            batch = torch.where(torch.rand(batch.shape) < args.drop_features, 0, batch)
            hidden = torch.nn.functional.dropout(torch.relu(table(batch) + bias), args.dropout)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(output(hidden).squeeze(1), y[rows])
            loss.backward()
            total += float(loss.detach()) * len(rows)
            for o in optimizers:
                o.step()
        print(f"epoch {epoch + 1}: loss {total / n:.4f}", file=sys.stderr, flush=True)
    return vocabulary, table.weight.detach().numpy()[1:], bias.detach().numpy(), output.weight.detach().numpy()[0], float(output.bias.detach()[0])


def index(keys, vocabulary):
    at = np.searchsorted(vocabulary, keys)
    at[at == len(vocabulary)] = 0
    return np.where(vocabulary[at] == keys, at + 1, 0).astype(np.int64)


def quantise(weights):
    scale = np.abs(weights).max(axis=0) / 127
    return scale.astype(np.float32), np.clip(np.rint(weights / scale), -127, 127).astype(np.int8)


def write(args, version, k, vocabulary, weights, bias, out_weights, out_bias, scores):
    scale, small = quantise(weights)
    alive = np.any(small != 0, axis=1)
    body = b"dmsplit1" + struct.pack("<4I", version, k, HIDDEN, int(alive.sum()))
    body += scale.tobytes() + bias.astype("<f4").tobytes() + out_weights.astype("<f4").tobytes() + struct.pack("<f", out_bias)
    rows = np.zeros(int(alive.sum()), dtype=[("key", "<u4"), ("w", "i1", HIDDEN)])
    rows["key"], rows["w"] = vocabulary[alive], small[alive]
    body += rows.tobytes()
    digest = 14695981039346656037
    for b in body:
        digest = ((digest ^ b) * 1099511628211) & (2**64 - 1)
    with open(os.path.join(args.out, "splitter.bin"), "wb") as f:
        f.write(body)
    names = ", ".join(os.path.basename(p).split(".")[0] for p in args.train)
    with open(os.path.join(args.out, "splitter.tsv"), "w") as f:
        f.write("# manifest of splitter.bin, the classifier of doubtful sentence boundaries. Format: docs/formats/splitter.md v1. GENERATED by train/splitter.py\nkey\tvalue\n")
        for key, value in [("name", "splitter-en"), ("version", args.version), ("licence", "CC BY-SA 4.0"), ("training_data", "UD English EWT train, UD English GUM train (freely licensed texts): " + names),
                           ("features", version), ("seed", args.seed), ("scores", scores), ("hash", f"fnv1a:{digest:016x}")]:
            f.write(f"{key}\t{value}\n")
    return scale, small


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--examples", required=True, help="the program splitter_examples")
    p.add_argument("--data", required=True, help="the folder data/ (word lists)")
    p.add_argument("--train", nargs="+", required=True)
    p.add_argument("--dev", nargs="*", default=[])
    p.add_argument("--out", required=True)
    p.add_argument("--version", default="1")
    p.add_argument("--epochs", type=int, default=6)
    p.add_argument("--batch", type=int, default=128)
    p.add_argument("--rate", type=float, default=0.003)
    p.add_argument("--min-count", type=int, default=3)
    p.add_argument("--drop-features", type=float, default=0.3)
    p.add_argument("--dropout", type=float, default=0.2)
    p.add_argument("--seed", type=int, default=1)
    args = p.parse_args()
    torch.set_num_threads(1)
    version, keys, labels, files = read_examples(args.examples, args.data, args.train + args.dev)
    learn = files < len(args.train)
    vocabulary, weights, bias, out_weights, out_bias = train(keys[learn], labels[learn], args)
    scale, small = quantise(weights)
    scores = []
    for i, path in enumerate(args.dev):
        rows = files == len(args.train) + i
        padded = np.vstack([np.zeros((1, HIDDEN)), small * scale])
        hidden = np.maximum(padded[index(keys[rows], vocabulary)].sum(axis=1) + bias, 0)
        guess, gold = hidden @ out_weights + out_bias > 0, labels[rows] > 0
        scores.append(f"{os.path.basename(path).split('.')[0]}: {int((guess & ~gold).sum())} false, {int((~guess & gold).sum())} missed of {int(gold.sum())}")
    print("; ".join(scores), file=sys.stderr)
    write(args, version, keys.shape[1], vocabulary, weights, bias, out_weights, out_bias, "; ".join(scores) + " (candidate gaps, gold history)")


if __name__ == "__main__":
    main()
