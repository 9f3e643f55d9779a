"""Inflected forms of WordNet's words with their tags and lemmas (https://wordnet.princeton.edu; Debian: wordnet-base), for words that no treebank has."""
import re
import sys
from pathlib import Path

VOWELS = set("aeiou")
# Verbs whose past tense and participle are as the base; WordNet's exceptions leave them out.
INVARIANT = set("bet bid broadcast burst cast cost cut forecast hit hurt let put quit read rid set shed shut slit split spread thrust upset wed wet".split())
FILES = {"verb": ("index.verb", "verb.exc"), "noun": ("index.noun", "noun.exc"), "adj": ("index.adj", "adj.exc"), "adv": ("index.adv", "adv.exc")}


def words(folder, kind):
    with open(Path(folder) / FILES[kind][0], encoding="ascii") as lines:
        found = [line.split(" ", 1)[0] for line in lines if not line.startswith(" ")]
    return sorted(w for w in found if w.isalpha() and len(w) > 2)


def all_words(folder):
    return [word for kind in FILES for word in words(folder, kind)]


def exceptions(folder, kind):
    """{lemma: its irregular forms}"""
    out = {}
    with open(Path(folder) / FILES[kind][1], encoding="ascii") as lines:
        for line in lines:
            form, *lemmas = line.split()
            if len(lemmas) == 1 and form.isalpha() and lemmas[0].isalpha() and form != lemmas[0]:
                out.setdefault(lemmas[0], []).append(form)
    return out


def with_s(word):
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def with_ending(word, ending):
    """ending: ed, ing, er, est"""
    if ending == "ing":
        if word.endswith("ie"):
            return word[:-2] + "ying"
        return (word[:-1] if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) else word) + "ing"
    if word.endswith("e"):
        return word + ending[1:]
    if word.endswith("y") and word[-2] not in VOWELS:
        return word[:-1] + "i" + ending
    return word + ending


def forms(folder):
    """(form, XPOS, lemma), sorted; a form with two lemmas under one tag is left out."""
    found = {}

    def add(form, tags, lemma):
        for tag in tags:
            found.setdefault((form, tag), set()).add(lemma)
    irregular = exceptions(folder, "verb")
    for verb in words(folder, "verb"):
        other = irregular.get(verb, [])
        add(with_s(verb), ["VBZ"], verb)
        participles = [f for f in other if f.endswith("ing")]
        for form in participles or [with_ending(verb, "ing")]:
            add(form, ["VBG"], verb)
        past = [f for f in other if not f.endswith(("ing", "s"))]
        for form in [verb] if verb in INVARIANT else past or [with_ending(verb, "ed")]:
            add(form, ["VBD", "VBN"], verb)
    irregular = exceptions(folder, "noun")
    for noun in words(folder, "noun"):
        for form in irregular.get(noun) or [with_s(noun)]:
            add(form, ["NNS"], noun)
    irregular = exceptions(folder, "adj")
    for adjective in words(folder, "adj"):
        other = irregular.get(adjective)
        if other or len(adjective) < 7:
            for ending, tag in (("er", "JJR"), ("est", "JJS")):
                given = [f for f in other or [] if f.endswith(ending)]
                for form in given or [with_ending(adjective, ending)]:
                    add(form, [tag], adjective)
    return sorted((form, tag, lemmas.pop()) for (form, tag), lemmas in found.items() if len(lemmas) == 1)


def examples(folder):
    """Examples of use of five to forty words, each as a sentence."""
    found = []
    for kind in FILES:
        with open(Path(folder) / f"data.{kind}", encoding="ascii") as lines:
            for line in lines:
                for text in re.findall(r'"([^"]+)"', line.partition(" | ")[2]):
                    text = text.strip(" ;,")
                    # Not the quotations, which end in "- William Blake".
                    if 5 <= len(text.split()) <= 40 and "--" not in text and not re.search(r"-\s*[A-Z]\w+\.?\w*$", text):
                        text = text[0].upper() + text[1:]
                        found.append(text + "." if text[-1].isalnum() else text)
    return list(dict.fromkeys(found))


if __name__ == "__main__":
    print("\n\n".join(examples(sys.argv[1])))
