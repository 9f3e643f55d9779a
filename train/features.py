"""What the model sees of a word: its row in the vocabulary, hashed pieces of its spelling, and its shape.

demarche/syntax/features.cc computes the same numbers; FEATURE_SET names this definition, is stored in the model and
checked when it is loaded. Change both sides and the name together.
"""

FEATURE_SET = "word-piece-affix-shape/1"
MAX_CHARS = 32  # longer words: the first and the last 16 characters
PIECE_MIN, PIECE_MAX = 2, 5  # lengths of the character n-grams of "^word$"
PREFIX_MAX, SUFFIX_MAX = 3, 4
SHAPES = 128

QUOTES = {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "−": "-"}


def lower(ch):
    """Simple lower case of Latin, Greek and Cyrillic letters."""
    c = ord(ch)
    if 65 <= c <= 90 or 0xC0 <= c <= 0xDE and c != 0xD7 or 0x391 <= c <= 0x3A9 or 0x410 <= c <= 0x42F:
        return chr(c + 32)
    if 0x400 <= c <= 0x40F:
        return chr(c + 80)
    if (0x100 <= c <= 0x137 or 0x14A <= c <= 0x177) and c % 2 == 0:
        return chr(c + 1)
    if (0x139 <= c <= 0x148 or 0x179 <= c <= 0x17E) and c % 2 == 1:
        return chr(c + 1)
    return ch


def is_upper(ch):
    return lower(ch) != ch


def is_letter(ch):
    return "a" <= ch <= "z" or is_upper(ch) or ord(ch) >= 0xC0


def normal(form):
    """The spelling under which a word is looked up: lower case, digits as 0, quotes and dashes as in ASCII."""
    chars = [QUOTES.get(ch, ch) for ch in form]
    chars = ["0" if "0" <= ch <= "9" else lower(ch) for ch in chars]
    if len(chars) > MAX_CHARS:
        chars = chars[:MAX_CHARS // 2] + chars[-(MAX_CHARS // 2):]
    return chars


def mix(h):
    """Spreads an FNV state over 32 bits (the finalizer of MurmurHash3)."""
    h ^= h >> 16
    h = h * 0x85EBCA6B & 0xFFFFFFFF
    h ^= h >> 13
    h = h * 0xC2B2AE35 & 0xFFFFFFFF
    return h ^ h >> 16


def step(h, ch):
    """FNV-1a, 32 bits, over one code point."""
    return (h ^ ord(ch)) * 16777619 & 0xFFFFFFFF


SEED_PIECE, SEED_PREFIX, SEED_SUFFIX = 2166136261, 0x2545F491, 0x9E3779B9


def pieces(form, rows):
    """Rows of the hashed table of n-grams; they are averaged."""
    chars = ["^"] + normal(form) + ["$"]
    out = []
    for i in range(len(chars)):
        h = SEED_PIECE
        for k in range(PIECE_MAX):
            if i + k >= len(chars):
                break
            h = step(h, chars[i + k])
            if k + 1 >= PIECE_MIN:
                out.append(mix(h) % rows)
    return out


def affixes(form, rows):
    """Rows of the hashed table of prefixes and suffixes; always PREFIX_MAX + SUFFIX_MAX of them, summed."""
    chars = normal(form)
    out = []
    h = SEED_PREFIX
    for k in range(PREFIX_MAX):
        h = step(h, chars[k] if k < len(chars) else "\0")
        out.append(mix(h) % rows)
    h = SEED_SUFFIX
    for k in range(SUFFIX_MAX):
        h = step(h, chars[len(chars) - 1 - k] if k < len(chars) else "\0")
        out.append(mix(h) % rows)
    return out


def shape(form, first):
    """Case, digits and marks of the word in seven bits; bit 0: the first word of the sentence."""
    chars = list(form)
    upper = sum(map(is_upper, chars))
    letters = sum(map(is_letter, chars))
    digits = sum("0" <= ch <= "9" for ch in chars)
    if upper == 0:
        case = 0
    elif upper == letters and upper > 1:
        case = 2
    elif is_upper(chars[0]):
        case = 1
    else:
        case = 3
    kind = 0 if digits == 0 else 1 if digits < len(chars) else 2
    other = 1 if len(chars) > letters + digits else 0
    length = 0 if len(chars) <= 1 else 1 if len(chars) <= 3 else 2 if len(chars) <= 7 else 3
    return first + 2 * case + 8 * (kind if kind < 2 else 2) + 32 * other + 64 * (length >= 2)
