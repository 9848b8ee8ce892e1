"""Normalised forms of words and terms: pure functions, the same for the vocabulary and for the text.

A *key* is the normalised tokens of a string, each closed by one space (``"thin endometrium "``), so that a key is a
prefix of a normalised text exactly when it ends at the border of a token. What is levelled out:

========================  =====================================================================
case, accents             ``Sjögren`` = ``sjogren``
plural, possessive        ``biopsies`` = ``biopsy``, ``metastases`` = ``metastasis``, ``Alzheimer's`` = ``Alzheimer``
hyphens, dashes           ``T-cell`` = ``T cell``, ``non-small-cell`` = ``nonsmall cell``
British, American         ``tumour``, ``anaemia``, ``oedema``, ``oesophagus``, ``-isation``, ``fibre``, ``leucocyte``
Greek letters             ``β`` = ``beta``
Roman numbers             ``type II`` = ``type 2``
========================  =====================================================================

The rules are symmetric: a form need not be a word (``disease`` and ``diseases`` meet, ``thrombosis`` becomes
``thrombose``), it only has to be the same for strings that name the same thing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

TOKEN: Final = re.compile(r"\w+|[^\w\s]")
"""A word or a single sign; white space separates."""

DASHES: Final = frozenset("-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d")
APOSTROPHES: Final = frozenset("'\u2018\u2019\u02bc\u2032`\u00b4")

_GREEK: Final[dict[int, str]] = {
    ord(letter): f" {name} "
    for letters, name in (
        ("αΑ", "alpha"),
        ("βΒϐ", "beta"),
        ("γΓ", "gamma"),
        ("δΔ", "delta"),
        ("εΕϵ", "epsilon"),
        ("ζΖ", "zeta"),
        ("ηΗ", "eta"),
        ("θΘϑ", "theta"),
        ("ιΙ", "iota"),
        ("κΚ", "kappa"),
        ("λΛ", "lambda"),
        ("μΜµ", "mu"),
        ("ξΞ", "xi"),
        ("πΠ", "pi"),
        ("ρΡ", "rho"),
        ("σςΣ", "sigma"),
        ("τΤ", "tau"),
        ("φΦϕ", "phi"),
        ("χΧ", "chi"),
        ("ψΨ", "psi"),
        ("ωΩ", "omega"),
    )
    for letter in letters
}

_NUMERALS: Final = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
_ROMAN: Final = {numeral: str(number) for number, numeral in enumerate(_NUMERALS.split(), start=1)}
_COUNTED: Final = frozenset({"type", "stage", "grade", "class", "phase", "level", "group", "category"})
"""Words after which even the single letters I, V and X are numbers."""

_JOINED: Final = (
    "non pre post anti hyper hypo peri sub multi micro macro neuro cardio immuno auto inter intra extra supra para "
    "poly pseudo semi ultra cerebro gastro hepato myelo osteo psycho thrombo broncho endo hemo lympho mid"
)
_PREFIXES: Final = frozenset(_JOINED.split())
"""Word beginnings that are written apart, hyphenated or joined: their form takes no closing space."""

_IRREGULAR: Final = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "mice": "mouse",
    "lice": "louse",
    "oxen": "ox",
    "geese": "goose",
    "feet": "foot",
    "teeth": "tooth",
    "bacteria": "bacterium",
    "ova": "ovum",
    "fungi": "fungus",
    "emboli": "embolus",
    "thrombi": "thrombus",
    "calculi": "calculus",
    "villi": "villus",
    "bronchi": "bronchus",
    "nuclei": "nucleus",
    "bacilli": "bacillus",
    "diverticula": "diverticulum",
    "ganglia": "ganglion",
    "vertebrae": "vertebra",
    "larvae": "larva",
    "wolves": "wolf",
    "calves": "calf",
    "knives": "knife",
    "species": "species",
    "series": "series",
    "diabetes": "diabetes",
    "herpes": "herpes",
    "rabies": "rabies",
    "scabies": "scabies",
    "caries": "caries",
    "measles": "measles",
    "mumps": "mumps",
    "rickets": "rickets",
    "shingles": "shingles",
    "fibre": "fiber",
    "fibres": "fiber",
    "centre": "center",
    "centres": "center",
    "grey": "gray",
}


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A text as a string of normalised tokens, with the way back.

    Attributes:
        string: the forms of all tokens in a row; a key matches token `i` where ``string.startswith(key, starts[i])``.
        spans: start and end of each token in the original text (code points, half-open).
        starts: where each token's form starts in `string`; the last member is the length of `string`.
    """

    string: str
    spans: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]


@lru_cache(maxsize=1 << 17)
def normalize_token(token: str) -> str:
    """Return the form of one token, without closing space; empty for hyphens and apostrophes.

    Short all-capital tokens are taken for acronyms and keep their last letter: ``AIDS`` gives ``aids``, ``aids``
    gives ``aid``.
    """
    if len(token) == 1:
        if token in DASHES or token in APOSTROPHES:
            return ""
        if token.isascii():
            return token.lower()
    if not token.isascii():
        token = "".join(c for c in unicodedata.normalize("NFKD", token) if not unicodedata.combining(c))
        spelled = token.translate(_GREEK)
        if spelled != token:
            return " ".join(normalize_token(part) for part in spelled.split())
    if token in _ROMAN and len(token) > 1:
        return _ROMAN[token]
    if token.isupper() and len(token) <= 6:
        return token.lower()
    if len(token) > 2 and token[-1] == "s" and token[-2].isupper():
        return token[:-1].lower()
    word = token.lower()
    if len(word) < 4 or not word.isalpha():
        return _IRREGULAR.get(word, word)
    return _american(_IRREGULAR.get(word) or _singular(word))


def _singular(word: str) -> str:
    """Cut the plural ending of a lower-case word of four letters or more."""
    if word.endswith("sis") and len(word) > 5:
        return word[:-2] + "e"
    if word.endswith("omata"):
        return word[:-2]
    if word[-1] != "s" or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "shes", "zzes")) or (word.endswith("ches") and not word.endswith("aches")):
        return word[:-2]
    if word.endswith("uses") and len(word) > 6 and word[-5] not in "aeo":
        return word[:-2]
    return word[:-1]


def _american(word: str) -> str:
    """Level out British spelling in a lower-case word."""
    if len(word) < 5:
        return word
    word = word.replace("ae", "e").replace("oe", "e").replace("leuc", "leuk").replace("sulph", "sulf")
    if len(word) > 5:
        word = word.replace("our", "or")
        if "is" in word or "ys" in word:
            word = re.sub(r"([iy])s(e|ed|ing|ation|er)$", r"\1z\2", word)
    return word


@lru_cache(maxsize=1024)
def normalize(text: str, start: int = 0, end: int | None = None) -> NormalizedText:
    """Normalise ``text[start:end]``; the spans are offsets into the whole `text`."""
    spans = [match.span() for match in TOKEN.finditer(text, start, len(text) if end is None else end)]
    forms: list[str] = []
    starts: list[int] = []
    length = 0
    previous = ""
    for index, (first, last) in enumerate(spans):
        token = text[first:last]
        form = normalize_token(token)
        if form in _PREFIXES:
            pass
        elif not form:
            if token in DASHES and _stands_alone(text, first, last):
                form = "- "
        elif (form == "the" and previous == "of") or (
            form == "s" and index and last - first == 1 and _is_possessive(text, spans[index - 1], first)
        ):
            form = ""
        elif token in _ROMAN and previous in _COUNTED:
            form = _ROMAN[token] + " "
        else:
            previous = form
            form += " "
        starts.append(length)
        forms.append(form)
        length += len(form)
    starts.append(length)
    return NormalizedText("".join(forms), tuple(spans), tuple(starts))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a dash has white space (or nothing) on both sides: then it parts what it stands between."""
    return (start == 0 or text[start - 1].isspace()) and (end == len(text) or text[end].isspace())


def _is_possessive(text: str, before: tuple[int, int], start: int) -> bool:
    return before[1] == start and text[before[0] : before[1]] in APOSTROPHES and before[0] > 0


@lru_cache(maxsize=1 << 14)
def key(text: str) -> str:
    """Return the key of a whole string: its normalised tokens, closed by a space; empty when nothing is left."""
    string = normalize(text).string
    return string if not string or string.endswith(" ") else string + " "


def capitals(text: str) -> str:
    """Return the capital letters of a string."""
    return "".join(c for c in text if c.isupper())


_TRAILING_NOTE: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


def variants(text: str) -> tuple[str, ...]:
    """Return the keys under which a vocabulary term is found, its own first.

    Besides the term itself: without a closing note in brackets (``"mole (animal)"``), and, for the inverted terms of
    MeSH, in the order of running text: ``"Infertility, Female"`` gives ``"female infertility "``, and
    ``"Diabetes Mellitus, Type 2"`` also ``"diabetes mellitus type 2 "``. What is "of" something is also found with
    that something before it: ``"mesenchymal stem cell of umbilical cord"``.
    """
    forms = [text]
    bare = _TRAILING_NOTE.sub("", text)
    if bare and bare != text:
        forms.append(bare)
    if ", " in bare:
        parts = bare.split(", ")
        if len(parts) <= 4 and all(parts) and not _is_list(parts):
            forms.append(" ".join(reversed(parts)))
            forms.append(" ".join(parts))
    elif bare.count(" of ") == 1:
        head, _, tail = bare.partition(" of ")
        forms.append(f"{tail.removeprefix('the ')} {head}")
    keys = dict.fromkeys(key(form) for form in forms)
    keys.pop("", None)
    return tuple(keys)


def _is_list(parts: Sequence[str]) -> bool:
    """Tell an enumeration ("heart, lung, and liver") from an inverted term."""
    return any(part.startswith(("and ", "or ", "with ", "without ")) for part in parts[1:])
