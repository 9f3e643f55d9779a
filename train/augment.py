"""Small changes to a sentence that leave its tree as it is, so that headlines, curly quotes and missing full stops are nothing new."""
import copy

OPEN, CLOSE = {'"': "“", "'": "‘"}, {'"': "”", "'": "’"}


def vary(s, rng):
    r = rng.random()
    if r < 0.02 and len(s) > 2:
        return with_forms(s, [f.upper() for f in s.form])
    if r < 0.03 and len(s) > 2:
        return with_forms(s, [f.lower() for f in s.form])
    if r < 0.05 and len(s) > 2:
        small = {"ADP", "DET", "CCONJ", "PART"}
        return with_forms(s, [f[:1].upper() + f[1:] if i == 0 or u not in small else f for i, (f, u) in enumerate(zip(s.form, s.upos))])
    if r < 0.20 and any("'" in f or '"' in f for f in s.form):
        return with_forms(s, curly(s.form))
    if r < 0.24 and len(s) > 3 and s.form[-1] == "." and len(s) - 1 not in s.head:
        return without_last(s)
    return s


def with_forms(s, forms):
    t = copy.copy(s)
    t.form = forms
    return t


def curly(forms):
    out, inside = [], False
    for f in forms:
        if f in ('"', "``", "''"):
            out.append("”" if inside else "“")
            inside = not inside
        else:
            out.append(f.replace("'", "’"))
    return out


def without_last(s):
    t = copy.copy(s)
    for key in ("form", "lemma", "upos", "xpos", "feats", "head", "deprel", "misc"):
        setattr(t, key, getattr(s, key)[:-1])
    if t.entity is not None:
        t.entity = t.entity[:-1]
    if s.soft is not None:
        t.soft = s.soft.without_last()
    return t
