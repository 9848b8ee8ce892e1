"""The noun phrases that name MSC products: heads, what stands before and after them, and what they say.

No list of phrases: a phrase is a head ("mesenchymal stem cells", an acronym, "stem cells" with a source) with a chain
of modifiers before it (`kg.nlp.intervention.modifiers`), post-modifiers ("derived from ...") and a derivative
("-derived exosomes", "conditioned medium of ..."). The patterns are in `kg.nlp.intervention.heads`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.identifiers import Curie
from kg.model.intervention import DonorRelation, ProductKind
from kg.nlp.intervention.acronyms import ACRONYM, NEED_SUPPORT, Decomposed, decompose
from kg.nlp.intervention.heads import (
    AFTER,
    BEFORE,
    CONCENTRATE,
    COUNTERPART,
    DERIVED_CELLS,
    ENGINEERED_AFTER,
    FROM,
    NP_STOP,
    OF,
    OTHER_STEM,
    OWN,
    PLAIN_HEAD,
    RELATIVE,
    STRONG_HEAD,
    VESICLE,
    WEAK_HEAD,
)
from kg.nlp.intervention.modifiers import DONOR_WORDS, ENGINEERED, NOT_ENGINEERED, Chain, chain_before, species_in
from kg.nlp.intervention.normal import Taken
from kg.nlp.intervention.sources import BY_KEY, SOURCE_NAMES, sources_in
from kg.vocabulary import HOMO_SAPIENS


@dataclass(frozen=True, slots=True)
class Phrase:
    """One product named at ``text[start:end]``.

    `source` is a key of the source table or None. `anaphor` marks a phrase that names no MSC by itself ("the stem
    cells", "exosomes"): it can only point at a product named elsewhere. `head` is where the head noun starts.
    """

    start: int
    end: int
    head: int
    kind: ProductKind
    source: str | None = None
    donor: DonorRelation | None = None
    species: Curie | None = None
    anaphor: bool = False


_COMMA: Final = re.compile(r",\s*(?:(?:and|or|human)\s+){0,2}", re.I)


def _donors(text: str) -> list[DonorRelation]:
    hits = [(m.start(), relation) for relation, pattern in DONOR_WORDS for m in pattern.finditer(text)]
    return list(dict.fromkeys(relation for _, relation in sorted(hits)))


def _post_source(text: str, end: int) -> tuple[int, str] | None:
    """Return (end, noun phrase) of a post-modifier that names the source of the cells before `end`."""
    match = FROM.match(text, end)
    if match is None:
        match = OF.match(text, end)
        if match is None:
            return None
        near = SOURCE_NAMES.search(match["np"])
        if near is None or len(match["np"][: near.start()].split()) > 3:
            return None
    stop = NP_STOP.search(match["np"])
    phrase = _enumerated(match["np"][: stop.start()] if stop else match["np"])
    names = list(SOURCE_NAMES.finditer(phrase))
    if (
        not names
        and not _donors(phrase)
        and not re.search(
            r"\b(?:own|patients?'s?|donors?|healthy\s+wom[ae]n|volunteers?|sister|brother|mother|father|sibling)\b",
            phrase,
            re.I,
        )
    ):
        return None
    last = names[-1].end() if names else len(phrase.rstrip())
    return match.start("np") + last, phrase


def _enumerated(text: str) -> str:
    """Cut a noun phrase at the first comma that no further source follows."""
    for comma in _COMMA.finditer(text):
        if not SOURCE_NAMES.match(text, comma.end()):
            return text[: comma.start()]
    return text


def donor_of(text: str) -> list[DonorRelation]:
    """Return the donor relations that a stretch of text states, adjectives and kinship alike."""
    donors = _donors(text)
    if OWN.search(text) and DonorRelation.AUTOLOGOUS not in donors:
        donors.append(DonorRelation.AUTOLOGOUS)
    if RELATIVE.search(text) and DonorRelation.ALLOGENEIC not in donors:
        donors.append(DonorRelation.ALLOGENEIC)
    return donors


def _build(
    text: str, head: int, end: int, *, decomposed: Decomposed | None = None, weak: bool = False, plain: bool = False
) -> Iterator[Phrase]:
    chain: Chain = chain_before(text, head)
    start = chain.start
    sources = sources_in(chain.text)
    donors = chain.donors
    if OWN.search(chain.text):
        donors = donors or [DonorRelation.AUTOLOGOUS]
    species = chain.species
    kind = ProductKind.ENGINEERED_CELLS if chain.engineered else ProductKind.CELLS
    suffix_end = end
    if decomposed is not None:
        species = species or decomposed.species
        if decomposed.concentrate:
            kind = ProductKind.TISSUE_OR_CONCENTRATE
        if decomposed.source and not sources:
            sources = [decomposed.source]
    if sources == ["esc"] and species is None:
        species = HOMO_SAPIENS if re.search(r"hesc|human", chain.text, re.I) else None
    post = _post_source(text, end)
    if post is not None:
        suffix_end, noun_phrase = post
        if re.search(r"\b(?:different|various|several|multiple|many|other)\b", noun_phrase, re.I):
            return
        found = sources_in(noun_phrase)
        sources = sources or found
        donors = donors or donor_of(noun_phrase)
        species = species or species_in(noun_phrase)
        if re.search(r"\b(?:wom[ae]n|patients?|m[ae]n|donors?|volunteers?|individuals|subjects)\b", noun_phrase, re.I):
            species = species or HOMO_SAPIENS
    if ENGINEERED_AFTER.match(text, end):
        kind = ProductKind.ENGINEERED_CELLS
    derivative = AFTER.match(text, end)
    if derivative is not None:
        kind = ProductKind.EXTRACELLULAR_VESICLES if derivative["vesicle"] else ProductKind.CONDITIONED_MEDIUM
        suffix_end = derivative.end()
    else:
        before = BEFORE.search(text, max(0, start - 110), start)
        if before is not None:
            kind = ProductKind.EXTRACELLULAR_VESICLES if before["vesicle"] else ProductKind.CONDITIONED_MEDIUM
            start = before.start()
    counterpart = COUNTERPART.search(text, max(0, start - 60), start)
    if counterpart is not None and ENGINEERED.search(NOT_ENGINEERED.sub(" ", counterpart["how"])):
        kind = ProductKind.ENGINEERED_CELLS
        start = counterpart.start()
    if weak or plain:
        if OTHER_STEM.search(text, max(0, head - 25), head):
            return
        if sources and not weak_allowed(sources, text[head:end], plain=plain):
            return
    coordinated = len(sources) > 1 and re.search(
        r"\b(?:and|or)\b|[,/]", text[chain.start : head] + (post[1] if post else ""), re.I
    )
    choices: list[str | None] = list(sources) if coordinated else [sources[-1] if sources else None]
    relations: list[DonorRelation | None] = list(donors[:2]) or [None]
    anaphor = (weak or plain) and not sources
    for source in choices:
        for relation in relations:
            yield Phrase(start, suffix_end, head, kind, source, relation, species, anaphor or plain)


def weak_allowed(sources: list[str], head: str, *, plain: bool) -> bool:
    """Whether sources with a head that lacks "mesenchymal" name an MSC product ("adipose stem cells" does).

    "Endometrial stromal cells" are resident cells of the organ, "cord blood stem cells" mostly haematopoietic.
    """
    if plain:
        return "endometrium" not in sources
    if re.search(r"stem|regenerative|progenitor", head, re.I):
        return all(BY_KEY[key].weak_head or key in ("endometrium", "cord_blood") for key in sources)
    return all(BY_KEY[key].weak_head for key in sources)


def _suffix_kind(suffix: str) -> ProductKind | None:
    low = suffix.lower()
    if re.search(r"-(?:s?evs?|exos?|exosomes?|mvs?|sev)$", low):
        return ProductKind.EXTRACELLULAR_VESICLES
    if re.search(r"-(?:cm|secretome)$", low):
        return ProductKind.CONDITIONED_MEDIUM
    if re.search(r"-(?:ntf|il\d*|trail|vegf|hgf|gfp\w+|oe|ox|sirna|shrna|tk|cd)$", low):
        return ProductKind.ENGINEERED_CELLS
    return None


def phrases(text: str, definitions: Mapping[str, Phrase | None]) -> list[Phrase]:
    """Find the MSC product phrases of a normalised text, in order; conjuncts are phrases of their own.

    Args:
        text: normalised text of a document.
        definitions: abbreviations that the document defines, without plural: the product that the long form names, or
            None when it names something else.
    """
    found: list[Phrase] = []
    taken = Taken()
    free = taken.free

    def add(items: list[Phrase], head: int, end: int) -> None:
        if items:
            found.extend(items)
            taken.add(min(items[0].start, head), max(items[0].end, end))

    for match in CONCENTRATE.finditer(text):
        chain = chain_before(text, match.start())
        if free(match.start(), match.end()):
            default = "adipose" if re.search(r"stromal|fat|adipose", match[0], re.I) else "bone_marrow"
            source = (sources_in(chain.text) or [default])[-1]
            donors = chain.donors or _donors(match[0]) or ([DonorRelation.AUTOLOGOUS] if OWN.search(chain.text) else [])
            kind = ProductKind.TISSUE_OR_CONCENTRATE
            add(
                [
                    Phrase(
                        chain.start,
                        match.end(),
                        match.start(),
                        kind,
                        source,
                        donors[0] if donors else None,
                        chain.species,
                    )
                ],
                match.start(),
                match.end(),
            )
    for match in STRONG_HEAD.finditer(text):
        if free(match.start(), match.end()):
            add(list(_build(text, match.start(), match.end())), match.start(), match.end())
    supported = bool(found) or bool(re.search(r"mesenchym", text, re.I))
    for short, start, end, suffix in _acronym_matches(text, definitions):
        if not free(start, end):
            continue
        defined = definitions.get(short, definitions.get(short.removesuffix("s")))
        decomposed = decompose(short.removesuffix("s"))
        if short in definitions or short.removesuffix("s") in definitions:
            if defined is None:
                continue
            decomposed = Decomposed(
                "defined", defined.source, defined.species, defined.kind is ProductKind.TISSUE_OR_CONCENTRATE
            )
        if decomposed is None or (decomposed.core in NEED_SUPPORT and not supported):
            continue
        if decomposed.core == "msc" and not (decomposed.source or decomposed.species or _CELL_WORD.search(text)):
            continue
        if decomposed.ambiguous_amnion:
            decomposed = replace(decomposed, source=_amnion_or_adipose(text))
        items = list(_build(text, start, end, decomposed=decomposed))
        suffixed = _suffix_kind(suffix or "-" + short.rpartition("-")[2])
        if defined is not None:
            suffixed = suffixed or (defined.kind if items and items[0].kind is ProductKind.CELLS else None)
            items = [replace(i, donor=i.donor or defined.donor) for i in items]
        if suffixed is not None:
            items = [replace(i, kind=suffixed) for i in items]
        if short.lower().startswith("allo-"):
            items = [replace(i, donor=i.donor or DonorRelation.ALLOGENEIC) for i in items]
        if suffixed is None and _GENE.match(short) and _TRANSFER.search(text):
            cells = ProductKind.CELLS
            items = [replace(i, kind=ProductKind.ENGINEERED_CELLS) if i.kind is cells else i for i in items]
        add(items, start, end)
    for match in WEAK_HEAD.finditer(text):
        if free(match.start(), match.end()):
            add(list(_build(text, match.start(), match.end(), weak=True)), match.start(), match.end())
            taken.add(match.start(), match.end())
    for match in DERIVED_CELLS.finditer(text):
        head = match.start("head")
        if free(head, match.end()):
            items = [replace(p, anaphor=False) for p in _build(text, head, match.end(), plain=True) if p.source]
            add(
                [p for p in items if p.source and BY_KEY[p.source].weak_head and p.source != "bone_marrow"],
                head,
                match.end(),
            )
    if found:
        for match in PLAIN_HEAD.finditer(text):
            if free(match.start(), match.end()):
                items = [p for p in _build(text, match.start(), match.end(), plain=True) if p.source]
                add(items, match.start(), match.end())
        _add_derivatives(text, found, taken)
    return _bracketed(text, sorted(found, key=lambda p: (p.start, p.end)))


_CELL_WORD: Final = re.compile(
    r"\bcells?\b|mesenchym|\bstem\b|stromal|progenitor|MSCs\b|vesicle|exosom|secretome|autolog|allogen", re.I
)
"""What a text about cells says somewhere; "MSC" in a text without it is a place, a score or a sample."""


_GENE: Final = re.compile(
    r"(?!(?:UC|BM|AD|WJ|AT|AF|CB|PB|DP|h|GDM)[A-Z]?-)(?:[A-Z][A-Z0-9]{2,}|[A-Z]+-?\d+)-", re.ASCII
)
"""How a product's acronym begins that names what the cells express: ``TRAIL-MSC``, ``IL10-MSC``, ``HO-1-PMSC``."""
_TRANSFER: Final = re.compile(
    r"\btransduc|\btransfect|over-?express|\bengineered|\bgene(?:tically)?[\s-]modif|lentivir|adenovir|\bsecreting\b"
    r"|\bgene\s+transfer|\bCRISPR",
    re.I,
)


def _bracketed(text: str, found: list[Phrase]) -> list[Phrase]:
    """Give a short form in brackets the source and donor of the long form right before it."""
    result: list[Phrase] = []
    for phrase in found:
        before = next((p for p in reversed(result) if p.end <= phrase.start), None)
        if before and phrase.source is None and phrase.donor is None and text[before.end : phrase.start].strip() == "(":
            phrase = replace(phrase, source=before.source, donor=before.donor, species=phrase.species or before.species)
        result.append(phrase)
    return result


def _acronym_matches(text: str, definitions: Mapping[str, Phrase | None]) -> Iterator[tuple[str, int, int, str]]:
    """Yield (acronym, start, end, suffix): those of known form, and those that the document defines."""
    spans = Taken()
    for match in ACRONYM.finditer(text):
        end = match.end("suffix") if match["suffix"] else match.end()
        spans.add(match.start(), end)
        yield match["body"], match.start(), end, match["suffix"]
    for short, product in definitions.items():
        if product is None:
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(short)}s?(?![\w-]*\w)", text):
            if spans.free(match.start(), match.end()):
                yield short, match.start(), match.end(), ""


def _amnion_or_adipose(text: str) -> str | None:
    if re.search(r"amnio", text, re.I):
        return "amnion"
    return "adipose" if re.search(r"adipos|fat\b", text, re.I) else None


def _add_derivatives(text: str, found: list[Phrase], taken: Taken) -> None:
    """Add bare "exosomes", "secretome" as anaphors, and "bone marrow vesicles" where the text has MSCs from there."""
    named = {phrase.source for phrase in found}
    medium = r"conditioned[\s-]+medi(?:um|a)|secretomes?|culture[\s-]+supernatants?"
    pattern = rf"\b(?:(?P<vesicle>{VESICLE}|vesicles)|(?P<medium>{medium}))"
    for match in re.finditer(pattern, text, re.I):
        if taken.free(match.start(), match.end()):
            kind = ProductKind.EXTRACELLULAR_VESICLES if match["vesicle"] else ProductKind.CONDITIONED_MEDIUM
            chain = chain_before(text, match.start())
            sources = [source for source in sources_in(chain.text) if source in named]
            choices: list[str | None] = [*sources] or [None]
            for source in choices:
                start = chain.start if sources else match.start()
                found.append(Phrase(start, match.end(), match.start(), kind, source, anaphor=source is None))
