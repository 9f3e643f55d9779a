"""Lemmas by lookup, by the usual spelling of names, and by the longest suffix. demarche/syntax/lemma.cc applies what is built here.

A script is "case|strip|add": case "l" lowers the form first, "k" keeps it, "c" makes its first letter a capital; then `strip` characters fall off the end and `add` is put there.
Words fall into classes "XPOS", "XPOS^" (a capital that does not come from the sentence's beginning, or a name) and "XPOS^^" (all capitals, two letters or more).
"""
import re
from collections import Counter, defaultdict

import features

MAX_SUFFIX = 6
SHOUTED = 6  # letters of a name in capitals that is unknown, and yet hardly an abbreviation
NUMBER = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
INFLECTED = {"VBD", "VBN", "VBG", "VBZ", "NNS", "JJR", "JJS"}


def lowered(form):
    return "".join(features.lower(ch) for ch in plain_quotes(form))


def plain_quotes(form):
    return "".join("'" if ch in "‘’" else ch for ch in form)


def word_class(form, xpos, first):
    upper = [features.is_upper(ch) for ch in form]
    if len(form) > 1 and all(u or not features.is_letter(ch) for u, ch in zip(upper, form)) and sum(upper) > 1:
        return xpos + "^^"
    if upper[0] and (not first or proper(xpos)):
        return xpos + "^"
    return xpos


def proper(cls):
    """Names and addresses keep their case."""
    return cls.startswith(("NNP", "ADD"))


def script_of(form, lemma, proper):
    """The shortest script; None when the lemma has nothing in common with the form. Names keep their case where both would do."""
    best = None
    bases = [("l", lowered(form)), ("k", plain_quotes(form))]
    if proper:
        bases = [bases[1], ("c", capital(plain_quotes(form)))]
    for case, base in bases:
        k = 0
        while k < min(len(base), len(lemma)) and base[k] == lemma[k]:
            k += 1
        if k == 0 and len(base) > 2:
            continue
        cost = (len(base) - k) + (len(lemma) - k)
        if best is None or cost < best[0]:
            best = (cost, f"{case}|{len(base) - k}|{lemma[k:]}")
    return best[1] if best else None


def capital(form):
    """First letter as a capital, ASCII alone."""
    return form[0].upper() + form[1:] if "a" <= form[:1] <= "z" else form


def apply(script, form):
    case, strip, add = script.split("|", 2)
    base = lowered(form) if case == "l" else plain_quotes(form)
    if case == "c":
        base = capital(base)
    return base[:len(base) - int(strip)] + add


def rule_for(rules, form, cls):
    """Longest suffix of the class that has a rule."""
    low = lowered(form)
    for k in range(min(MAX_SUFFIX, len(low)), -1, -1):
        hit = rules.get((cls, low[len(low) - k:]))
        if hit:
            return hit
    return None


def alternatives(low):
    """What an inflected form may come from, the likelier first."""
    def doubled(stem):
        return [stem[:-1]] if len(stem) > 3 and stem[-1] == stem[-2] else []
    if low.endswith(("ed", "er")):
        return [low[:-1], low[:-2], *doubled(low[:-2])]
    if low.endswith("ing"):
        return [low[:-3] + "e", low[:-3], *doubled(low[:-3])]
    if low.endswith("est"):
        return [low[:-2], low[:-3], *doubled(low[:-3])]
    if low.endswith("ies"):
        return [low[:-3] + "y", low[:-1]]
    if low.endswith("es"):
        return [low[:-1], low[:-2]]
    return []


def spelled(form, xpos, low, spellings, known, shouting):
    """The lemma of a number, and of a name or an adjective whose capitals are not the usual ones; None of other words. `shouting`: a word beside is in
    capitals too, without which "MONUSCO" is an abbreviation."""
    if xpos == "CD" and NUMBER.fullmatch(form):
        return form.replace(",", "")
    if xpos not in ("NNP", "JJ") or not all(map(features.is_letter, form)):
        return None
    usual = spellings.get(low, low)
    if usual != low:
        return usual if xpos == "JJ" or form == low or shouted(form) else None
    if xpos == "JJ":
        return low if form != low and low in known else None
    return capital(low) if shouting and shouted(form) and len(form) >= SHOUTED else None


def shouted(form):
    return len(form) > 3 and all(map(features.is_upper, form))


def mended(low, spellings, known):
    """A known word from which `low` differs by a key held down, two letters changed about, or a letter once for twice or twice for once; else None."""
    def is_word(word):
        return word in known or word in spellings
    if not re.fullmatch("[a-z]{4,32}", low) or is_word(low):
        return None
    n = len(low)
    if re.search(r"(.)\1\1", low):
        return next((w for w in (re.sub(r"(.)\1\1+", r"\1\1", low), re.sub(r"(.)\1\1+", r"\1", low)) if w in known), None)
    if n < 6:
        return None
    twice = [i for i in range(1, n) if low[i] == low[i - 1]]
    for words in ({low[:i - 1] + low[i] + low[i - 1] + low[i + 1:] for i in range(1, n)},
                  {low[:i] + low[i + 1:] for i in twice}, {low[:i] + low[i] + low[i:] for i in range(n)}):
        words = [w for w in words if w in known]
        if words:
            return words[0] if len(words) == 1 else None
    return None


def usual_spellings(sentences, least=3, share=0.9):
    """{word in small letters: its spelling} of words that mostly have a capital inside sentences: seen `least` times, `share` of them with one spelling.
    Capitals count only beside a word in small letters."""
    seen = defaultdict(Counter)
    for s in sentences:
        for i in range(1, len(s)):
            form = s.form[i]
            beside = s.form[i - 1] + (s.form[i + 1] if i + 1 < len(s) else "")
            if all(map(features.is_letter, form)) and any(features.is_letter(ch) and not features.is_upper(ch) for ch in beside):
                seen[lowered(form)][form] += 1
    out = {}
    for low, forms in seen.items():
        form, n = max(forms.items(), key=lambda item: (item[1], item[0]))
        total = sum(forms.values())
        if form != low and total >= least and n >= share * total:
            out[low] = form
    return out


def lemma_of(tables, form, xpos, first, known, shouting=False):
    """`tables`: what `build` gives; `known`: the words of the model's vocabulary, against which regular inflection and slips of the pen are checked."""
    exact, rules, spellings = tables
    low = lowered(form)
    hit = exact.get((form, xpos))
    if hit is None and not proper(xpos):
        hit = exact.get((low, xpos))
    if hit is None:
        hit = spelled(form, xpos, low, spellings, known, shouting)
    if hit is not None:
        return hit
    if not proper(xpos) and (word := mended(low, spellings, known)):
        return lemma_of(tables, word, xpos, first, known)
    cls = word_class(form, xpos, first)
    script = rule_for(rules, form, cls)
    if cls != xpos and not proper(xpos) and (script is None or script[0] == "l"):
        script = rule_for(rules, form, xpos)
    if script is None or int(script.split("|")[1]) > len(low):
        return plain_quotes(form)
    lemma = apply(script, form)
    if xpos in INFLECTED and script[0] == "l" and lemma not in known:
        lemma = next((a for a in alternatives(low) if len(a) > 2 and a in known), lemma)
    return lemma


def build(treebanks, known, lexicon=(), words=(), text=()):
    """(exceptions {(form, xpos): lemma}, rules {(class, suffix): script}, spellings {word in small letters: its spelling}).

    `treebanks`: lists of sentences, and where they differ in what they call a lemma, a word of the first counts as two; `lexicon`: (form, xpos, lemma)
    and `words`: words in small letters, of which they may lack some; `text`: sentences of which only the forms are used."""
    spellings = usual_spellings([*text, *(s for sentences in treebanks for s in sentences)])
    spellings.update((w, w) for w in {*words, *(form for form, _, _ in lexicon)} if mended(w, spellings, known))
    seen = defaultdict(Counter)  # (class, form) -> lemmas
    for weight, s in ((2 if k == 0 else 1, s) for k, sentences in enumerate(treebanks) for s in sentences):
        for i, (form, xpos, lemma) in enumerate(zip(s.form, s.xpos, s.lemma)):
            if lemma and (lemma != "_" or form == "_") and s.deprel[i] != "goeswith":
                cls = word_class(form, xpos, i == 0)
                seen[cls, lowered(form) if cls == xpos and not proper(xpos) else form][lemma] += weight
    for form, xpos, lemma in lexicon:
        if (xpos, form) not in seen:
            seen[xpos, form][lemma] += 1
    votes = defaultdict(Counter)  # (class, suffix) -> scripts, one vote a type
    for (cls, form), lemmas in seen.items():
        script = script_of(form, lemmas.most_common(1)[0][0], proper(cls))
        if script:
            low = lowered(form)
            plain = cls.rstrip("^")
            for k in range(min(MAX_SUFFIX, len(low)) + 1):
                votes[cls, low[len(low) - k:]][script] += 1
                if cls != plain and not proper(cls) and script[0] == "l" and (plain, low) not in seen:
                    votes[plain, low[len(low) - k:]][script] += 1
    rules = {}
    for cls, suffix in sorted(votes, key=lambda key: (len(key[1]), key)):
        (script, n), = votes[cls, suffix].most_common(1)
        total = sum(votes[cls, suffix].values())
        if suffix and (n < 2 or n * 2 <= total):
            continue
        if not suffix or rule_for(rules, suffix, cls) != script:
            rules[cls, suffix] = script
    exact = {}
    for cls, form in sorted(seen):
        lemmas = seen[cls, form]
        (lemma, n), = lemmas.most_common(1)
        xpos = cls.rstrip("^")
        got = lemma_of((exact, rules, spellings), form, xpos, cls == xpos, known)
        if got != lemma and (n >= 2 or sum(lemmas.values()) == n):
            exact[form, xpos] = lemma
    return exact, rules, spellings
