"""Sentences -> tensors."""
import numpy as np
import torch

import features


class Encoder:
    """Sentences -> tensors; the pieces of every spelling are computed once."""

    def __init__(self, sizes, vocabulary):
        self.sizes, self.index = sizes, {w: i + 1 for i, w in enumerate(vocabulary)}
        self.cache = {}

    def word(self, form):
        hit = self.cache.get(form)
        if hit is None:
            z = self.sizes
            key = "".join(features.normal(form))
            hit = self.cache[form] = (self.index.get(key, 0), np.array(features.pieces(form, z["piece_rows"]), np.int32),
                                      np.array(features.affixes(form, z["affix_rows"]), np.int32), features.shape(form, 0))
        return hit

    def batch(self, sentences, unknown=0.0, rng=None):
        t, n = max(map(len, sentences)), len(sentences)
        word, shape = np.zeros((t, n), np.int64), np.zeros((t, n), np.int64)
        affix = np.zeros((t, n, features.PREFIX_MAX + features.SUFFIX_MAX), np.int64)
        mask = np.zeros((t, n), bool)
        pieces = [[None] * n for _ in range(t)]
        nothing = np.zeros(1, np.int32)
        for b, s in enumerate(sentences):
            for i, form in enumerate(s.form):
                w, p, a, sh = self.word(form)
                word[i, b] = 0 if unknown and rng.random() < unknown else w
                shape[i, b] = sh + (i == 0)
                affix[i, b] = a
                pieces[i][b] = p
                mask[i, b] = True
            for i in range(len(s), t):
                pieces[i][b] = nothing
        flat = [p for row in pieces for p in row]
        lengths = np.array([len(p) for p in flat])
        offset = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        return {"word": torch.from_numpy(word), "shape": torch.from_numpy(shape), "affix": torch.from_numpy(affix),
                "mask": torch.from_numpy(mask), "piece": torch.from_numpy(np.concatenate(flat).astype(np.int64)),
                "piece_offset": torch.from_numpy(offset.astype(np.int64))}
