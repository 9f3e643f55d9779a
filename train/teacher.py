"""What trained models say of sentences, for a new one to learn from (Hinton et al. 2015; for parsers, Kuncoro et al. 2016)."""
import numpy as np
import torch

from encode import Encoder
from model import Parser

TAGS = ("upos", "xpos", "feats", "entity")


class Soft:
    """Distributions of one sentence in half floats: each of TAGS (words, classes); arcs (words, words + 1), column 0 the root; labels (words, labels)."""

    def __init__(self, tags, arcs):
        self.tags, self.arcs, self.labels = tags, arcs, None

    def without_last(self):
        out = Soft([t[:-1] for t in self.tags], self.arcs[:-1, :-1])
        out.labels = self.labels[:-1]
        return out


def groups(sentences, words):
    """Indices of sentences of about one length."""
    out, width = [[]], 0
    for i in sorted(range(len(sentences)), key=lambda i: len(sentences[i])):
        if out[-1] and (len(out[-1]) + 1) * len(sentences[i]) > words:
            out.append([])
        out[-1].append(i)
    return out


def half(x):
    return x.to(torch.float16).numpy()


@torch.no_grad()
def soften(paths, inv, sentences, silver):
    """Sets `soft` of every sentence to the mean of the models' distributions. Silver sentences also get their likeliest heads, tags and labels."""
    teachers = []
    for path in paths:
        saved = torch.load(path, weights_only=False)
        assert all(saved["labels"][k] == getattr(inv, k) for k in (*TAGS, "deprel")), f"other labels than in {path}"
        model = Parser(saved["sizes"], inv, len(saved["vocabulary"]))
        model.load_state_dict(saved["model"])
        model.eval()
        teachers.append((model, Encoder(saved["sizes"], saved["vocabulary"])))
    for group in groups(sentences, 4000):
        chosen = [sentences[i] for i in group]
        said = [model(encoder.batch(chosen)) for model, encoder in teachers]
        tags = [sum(x.softmax(-1) for x in kind) / len(said) for kind in zip(*(s[0] for s in said))]
        arcs = sum(s[1].softmax(-1) for s in said) / len(said)
        heads = arcs.argmax(-1)
        if not silver:
            for b, s in enumerate(chosen):
                heads[b, :len(s)] = torch.tensor(s.head) + 1
        labels = sum(model.labels(parts, heads).softmax(-1) for (model, _), (_, _, parts) in zip(teachers, said)) / len(said)
        for b, s in enumerate(chosen):
            n = len(s)
            s.soft = Soft([half(t[:n, b]) for t in tags], half(arcs[b, :n, :n + 1]))
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
