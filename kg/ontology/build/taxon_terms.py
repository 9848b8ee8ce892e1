"""Names of taxa other than the scientific one: former scientific names, common names, names that MeSH gives them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.model import TermKind
from kg.ontology.build.by_hand import HandMade
from kg.ontology.build.crossref import name_key
from kg.ontology.build.mesh import Descriptor
from kg.ontology.build.obo import OboTerms
from kg.ontology.build.rows import TermRow, tidy
from kg.ontology.build.taxa import is_named, serovar_names
from kg.ontology.build.taxon_db import Taxonomy

SOURCE: Final = "ncbitaxon"
_ABBREVIATED: Final = re.compile(r"[A-Z][a-z]?\. ?[a-z-]+( [a-z-]+)?")
_BINOMIAL: Final = re.compile(r"([A-Z][a-z-]+)( \(?[A-Za-z-]+\)?)?(?: [a-z-]+)?(?: (?:subsp|var|f|bv|pv)\. [a-z-]+)?")
_INVERTED: Final = re.compile(r", ")


def term_rows(
    taxonomy: Taxonomy,
    former: Taxonomy,
    kept: Iterable[str],
    replaced: Mapping[str, str],
    animals: OboTerms,
    descriptors: Iterable[Descriptor],
    by_hand: HandMade,
) -> Iterator[TermRow]:
    """Return the terms of the taxa in `kept`, the surest first.

    A name that is the scientific name of another taxon is left out, and so is one that the hand-made list gives to
    another taxon.

    Args:
        taxonomy: the newest release.
        former: an older release: names that changed since, and the names of merged species.
        kept: ids of the taxa to name.
        replaced: merged species to the species that took their place.
        animals: terms of the NCBITaxon ontology, which has animals only, but all their common names.
        descriptors: MeSH descriptors; those of one organism carry its taxon id.
        by_hand: content of ``common_names.tsv``.
    """
    kept = set(kept)
    owner = _owners(taxonomy, kept)
    dropped = {(identifier, text.casefold()) for identifier, text in by_hand.dropped}
    fixed: defaultdict[str, set[str]] = defaultdict(set)
    for row in by_hand.added:
        fixed[row.text.casefold()].add(row.local_id)
    yield from by_hand.added
    candidates = [
        *_respelled(taxonomy, kept),
        *_former(former, taxonomy, kept, replaced),
        *_vernacular(taxonomy, former, kept, animals),
    ]
    for row in (*candidates, *_from_mesh(taxonomy, kept, replaced, descriptors, candidates)):
        key = row.text.casefold()
        alone = owner.get(key, {row.local_id}) == {row.local_id} and row.local_id in fixed.get(key, {row.local_id})
        if alone and (row.local_id, key) not in dropped:
            yield row


def kind_of(text: str, genera: frozenset[str]) -> TermKind:
    """Classify a name: a binomial of a known genus is exact, "E. coli" abbreviated, the rest common."""
    if _ABBREVIATED.fullmatch(text):
        return TermKind.ABBREVIATED
    match = _BINOMIAL.fullmatch(text)
    return TermKind.EXACT if match and match[2] and match[1] in genera else TermKind.COMMON


def _owners(taxonomy: Taxonomy, kept: Iterable[str]) -> dict[str, set[str]]:
    owner: defaultdict[str, set[str]] = defaultdict(set)
    for identifier in kept:
        owner[taxonomy.taxa[identifier].name.casefold()].add(identifier)
    return dict(owner)


def _respelled(taxonomy: Taxonomy, kept: Iterable[str]) -> Iterator[TermRow]:
    for identifier in sorted(kept):
        name = taxonomy.taxa[identifier].name
        plain = name.replace("[", "").replace("]", "").removeprefix("Candidatus ")
        if plain != name and plain:
            yield TermRow(identifier, TermKind.EXACT, SOURCE, plain)
        for text in serovar_names(name):
            yield TermRow(identifier, TermKind.EXACT, SOURCE, text)


def _former(
    former: Taxonomy, taxonomy: Taxonomy, kept: Iterable[str], replaced: Mapping[str, str]
) -> Iterator[TermRow]:
    for identifier in sorted(kept):
        before = former.taxa.get(identifier)
        if before and before.name != taxonomy.taxa[identifier].name and is_named(before.name):
            yield TermRow(identifier, TermKind.EXACT, SOURCE, before.name)
    for identifier, heir in sorted(replaced.items()):
        yield TermRow(heir, TermKind.EXACT, SOURCE, former.taxa[identifier].name)


def _vernacular(taxonomy: Taxonomy, former: Taxonomy, kept: Iterable[str], animals: OboTerms) -> Iterator[TermRow]:
    genera = frozenset(t.name for t in taxonomy.taxa.values() if t.rank == "genus")
    for identifier in sorted(kept):
        title = taxonomy.article_titles.get(identifier, "")
        texts = [
            taxonomy.common_names.get(identifier, ""),
            former.common_names.get(identifier, ""),
            *animals.get(identifier, {}).get("synonyms", ()),
            "" if "(" in title else title,
        ]
        for text in map(tidy, texts):
            if text and text != taxonomy.taxa[identifier].name:
                yield TermRow(identifier, kind_of(text, genera), SOURCE, text)


def _is_number_form(text: str, name: str) -> bool:
    """Tell whether `text` is a singular or plural that MeSH made of a Latin name ("Caenorhabditis elegan")."""
    return name.startswith(text) or (text.startswith(name) and len(text) - len(name) < 3)


def _from_mesh(
    taxonomy: Taxonomy,
    kept: Iterable[str],
    replaced: Mapping[str, str],
    descriptors: Iterable[Descriptor],
    named: Iterable[TermRow],
) -> Iterator[TermRow]:
    """Return the names of the MeSH descriptor of a taxon, where the two share a name."""
    kept = set(kept)
    keys: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in named:
        keys[row.local_id].add(name_key(row.text))
    genera = frozenset(t.name for t in taxonomy.taxa.values() if t.rank == "genus")
    for d in descriptors:
        identifier = replaced.get(d.taxon, d.taxon)
        if identifier not in kept:
            continue
        taxon = taxonomy.taxa[identifier]
        known = keys[identifier] | {name_key(taxon.name)}
        if name_key(d.label) in known or any(name_key(text) in known for text in d.terms):
            for text in (d.label, *d.terms):
                if not (_INVERTED.search(text) or _is_number_form(text, taxon.name)):
                    kind = TermKind.EXACT if taxon.viral else kind_of(text, genera)
                    yield TermRow(identifier, kind, "mesh", text)
