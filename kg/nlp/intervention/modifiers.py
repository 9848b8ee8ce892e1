"""What may stand before the head of an MSC noun phrase: donor, species, culture, engineering words, sources, links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.identifiers import Curie
from kg.model.intervention import DonorRelation
from kg.nlp.intervention.sources import SOURCE_NAMES

DONOR_WORDS: Final[tuple[tuple[DonorRelation, re.Pattern[str]], ...]] = (
    (
        DonorRelation.AUTOLOGOUS,
        re.compile(
            r"\bautolog\w*|\bauto\b(?=[\s-]+[\w-]*SC)|\bautogen(?:e?ic|ous)\b|\bauto-?transplant|\bself-donated", re.I
        ),
    ),
    (
        DonorRelation.ALLOGENEIC,
        re.compile(
            r"\ballogen\w*|\ballo\b(?=[\s-]+[\w-]*SC)|\ballogr?aft\w*|\bthird[\s-]+party\b|\bhaplo-?\s?identical\b|\bunrelated\b"
            r"|\boff[\s-]the[\s-]shelf\b"
            r"|\bdonated\b|\bdonor-derived\b|\bhomologous\b",
            re.I,
        ),
    ),
    (DonorRelation.XENOGENEIC, re.compile(r"\bxenogen\w*|\bxenotransplant\w*", re.I)),
)

SPECIES_WORDS: Final[dict[str, Curie]] = {
    word: curie
    for curie, words in {
        "NCBITaxon:9606": "human humans",
        "NCBITaxon:10116": "rat rats",
        "NCBITaxon:10090": "mouse mice murine",
        "NCBITaxon:9986": "rabbit rabbits leporine",
        "NCBITaxon:9796": "horse horses equine mare mares stallion stallions",
        "NCBITaxon:9615": "dog dogs canine bitch bitches",
        "NCBITaxon:9685": "cat cats feline queens",
        "NCBITaxon:9913": "cow cows cattle bovine heifer heifers calves holsteins",
        "NCBITaxon:9823": "pig pigs porcine sow sows piglets minipigs swine gilts",
        "NCBITaxon:9940": "sheep ovine ewe ewes lamb lambs",
        "NCBITaxon:9925": "goat goats caprine",
        "NCBITaxon:9541": "cynomolgus",
        "NCBITaxon:9544": "rhesus",
        "NCBITaxon:10036": "hamster hamsters",
        "NCBITaxon:10141": "guinea-pig guinea-pigs",
    }.items()
    for word in words.split()
}
"""Common words for the species that donate or receive cells."""


def species_in(text: str) -> Curie | None:
    """Return the first species that common words name in a text."""
    words = re.findall(r"guinea[\s-]pigs?|[a-z]+", text.lower())
    return next((SPECIES_WORDS[w] for w in (word.replace(" ", "-") for word in words) if w in SPECIES_WORDS), None)


_CULTURE: Final = re.compile(
    r"(?:adult|fetal|foetal|neonatal|perinatal|prenatal|postnatal|term|full|young|aged|old|healthy|normal|male"
    r"|female|maternal|paternal"
    r"|own|patients?|patient's|patients'|her|his|their|its|recipient's|recipients'|sister's|brother's|mother's"
    r"|daughter's|donors?|donor's"
    r"|cultured?|expanded|ex|vivo|vitro|passaged?|primary|secondary|early|late|low|high|single|repeated|dose|two"
    r"|three|multiple|clonal"
    r"|cryopreserved|frozen|thawed|fresh(?:ly)?|pooled|clinical(?:ly)?|grade|graded|gmp|live|living|viable|labelled"
    r"|labeled|irradiated|apoptotic"
    r"|purified|selected|isolated|derived|extracted|sourced|obtained|origin|tissues?|blood|membranes?|stroma"
    r"|multipotent|pluripotent"
    r"|(?:un|pre)?conditioned|pre-?treated|pretreated|primed|activated|exogenous|transplanted|injected|infused"
    r"|administered|systemic|local|locally"
    r"|intra(?:venous|uterine|arterial|myocardial|ovarian|articular|thecal|peritoneal)|naive|unmodified|native"
    r"|undifferentiated|minimally|manipulated"
    r"|proprietary|ready|use|therapeutic|conventional|standard|commercial|heterologous|endocardial|adherent|plastic"
    r"|immunomodulatory|whole|total"
    r"|3d|spheroids?)$"
)
"""Age, ownership, culture, processing and delivery words: one token each."""
_PARTICIPLE: Final = re.compile(
    r"(?:gene(?:tically)?-?)?(?:modified|engineered|edited|transfected|transduced|over-?express(?:ing|ed)"
    r"|expressing|silenced"
    r"|knock-?(?:down|out|in)|knockout|loaded|armed|secreting|producing|differentiated|induced|deficient|null"
    r"|primed|preconditioned"
    r"|pre-?treated|treated|activated|cultured|labell?ed|conditioned|stimulated|enriched|positive|negative|free"
    r"|derived|based|tagged"
    r"|encapsulated|laden|seeded|grade)$",
    re.I,
)
ENGINEERED: Final = re.compile(
    r"\b(?:gene(?:tically)?[\s-]*(?:modified|engineered|edited|corrected)|engineered|modified|transfected|transduced"
    r"|over-?express(?:ing|ed)|expressing|silenced|knock-?(?:down|out|in)|loaded|armed|secreting|producing|deficient"
    r"|differentiated|neural-induced|chondro-?induced|lentivir\w+|adenovir\w+|oncolytic"
    r"|(?:virus|drug|paclitaxel|doxorubicin)-laden"
    r"|(?:chondro|teno|osteo|neuro|adipo|myo)genic(?:ally)?[\s-]+primed)\b",
    re.I,
)
NOT_ENGINEERED: Final = re.compile(
    r"\b(?:un-?modified|undifferentiated|dedifferentiated|non-?(?:modified|engineered)|minimally\s+\w+|nam(?:e|ed))\b",
    re.I,
)
_OF_A_DONOR: Final = re.compile(r"\bdonor\b", re.I)
_MARKER: Final = re.compile(r"(?:cd\d+\w?|susd2|stro|stro1|w5c5|msca|pdgfr\w*|ssea|lin|oct4?)$", re.I)
_LINKS: Final = frozenset(("-", "/", "+", ",", "and", "or", "&", "n"))
_CARRIER_JOIN: Final = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:and|with|plus)\b", re.I)
"""After a membrane: a graft that carries the cells, not a second source."""
_TOKEN: Final = re.compile(r"[^\W_]+(?:'s?)?|[^\w\s]|_")
WINDOW: Final = 140
"""Characters before a head that may hold its modifiers."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The modifiers before a head: ``text[start:head]``; `start` equals `head` when there are none."""

    start: int
    text: str

    @property
    def donors(self) -> list[DonorRelation]:
        """Donor relations named, in order of appearance."""
        hits = [(m.start(), relation) for relation, pattern in DONOR_WORDS for m in pattern.finditer(self.text)]
        if not hits and _OF_A_DONOR.search(self.text):
            return [DonorRelation.ALLOGENEIC]
        return list(dict.fromkeys(relation for _, relation in sorted(hits)))

    @property
    def species(self) -> Curie | None:
        """Donor species named by an adjective."""
        return species_in(self.text)

    @property
    def engineered(self) -> bool:
        """Whether the cells are genetically modified, loaded or differentiated before use."""
        return bool(ENGINEERED.search(NOT_ENGINEERED.sub(" ", self.text)))


def _donor_word(word: str) -> bool:
    return any(pattern.match(word) for _, pattern in DONOR_WORDS) or word in (
        "third",
        "party",
        "haplo",
        "identical",
        "off",
        "shelf",
        "auto",
        "allo",
    )


def chain_before(text: str, head: int) -> Chain:
    """Walk back from `head` over modifiers of an MSC head.

    Args:
        text: normalised text.
        head: where the head starts.

    Returns:
        The chain; links and commas at its left edge are left out.
    """
    low = max(0, head - WINDOW)
    low = max(low, text.rfind("\n", low, head) + 1)
    window = text[low:head]
    sources = [(m.start(), m.end()) for m in SOURCE_NAMES.finditer(window)]
    tokens = [(m[0].lower(), m.start(), m.end()) for m in _TOKEN.finditer(window)]
    start = len(window)
    index = len(tokens) - 1
    while index >= 0:
        word, begin, end = tokens[index]
        inside = next(((s, e) for s, e in sources if s < end and begin < e), None)
        if inside is not None:
            after = window[inside[1] :]
            if window[: inside[1]].lower().rstrip().endswith(("membrane", "membranes")) and _CARRIER_JOIN.match(after):
                break
            start = min(inside[0], begin)
            while index >= 0 and tokens[index][1] >= start:
                index -= 1
            continue
        if word in _LINKS:
            index -= 1
            continue
        if word == ")":
            opening = next((k for k in range(index - 1, max(-1, index - 6), -1) if tokens[k][0] == "("), None)
            if opening is None:
                break
            index = opening - 1
            continue
        if _PARTICIPLE.match(word):
            start = begin
            index -= 1
            while index >= 1 and tokens[index][0] == "-" and tokens[index][2] == start:
                start = tokens[index - 1][1]
                index -= 2
            continue
        if _donor_word(word) or word in SPECIES_WORDS or _CULTURE.match(word) or _MARKER.match(word):
            start = begin
            index -= 1
            continue
        if index and word in ("s",) and tokens[index - 1][0] == "'":
            index -= 2
            continue
        break
    return Chain(low + start, window[start:])
