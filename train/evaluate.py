"""Scores over gold tokens; heads by argmax, without the search for a tree that the program makes."""
import torch


@torch.no_grad()
def predict(model, encoder, inv, sentences, words=4000):
    """Yields (sentence, upos, xpos, feats, entity, head, deprel) with label strings and heads from 0."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    at = 0
    while at < len(order):
        group = []
        while at < len(order) and len(group) * len(sentences[order[at]]) < words:
            group.append(sentences[order[at]])
            at += 1
        tags, arcs, parts = model(encoder.batch(group))
        head = arcs.argmax(-1)
        label = model.labels(parts, head).argmax(-1)
        tags = [x.argmax(-1) for x in tags]
        for b, s in enumerate(group):
            names = [[names[i] for i in x[:len(s), b].tolist()] for x, names in zip(tags, (inv.upos, inv.xpos, inv.feats, inv.entity))]
            yield s, *names, [h - 1 for h in head[b, :len(s)].tolist()], [inv.deprel[i] for i in label[b, :len(s)].tolist()]


def score(model, encoder, inv, sentences):
    words = upos = xpos = feats = uas = las = right = wrong = missed = 0
    for s, u, x, f, e, head, rel in predict(model, encoder, inv, sentences):
        for i in range(len(s)):
            words += 1
            upos += u[i] == s.upos[i]
            xpos += x[i] == s.xpos[i]
            feats += f[i] == s.feats[i]
            uas += head[i] == s.head[i]
            las += head[i] == s.head[i] and rel[i].split(":")[0] == s.deprel[i].split(":")[0]
            if s.spans:
                right += e[i] == s.entity[i] != "-"
                wrong += e[i] not in ("-", s.entity[i])
                missed += s.entity[i] not in ("-", e[i])
    out = {"upos": upos, "xpos": xpos, "feats": feats, "uas": uas, "las": las}
    out = {k: round(100 * v / words, 2) for k, v in out.items()}
    if right:
        out["entity_heads"] = round(200 * right / (2 * right + wrong + missed), 2)
    return out
