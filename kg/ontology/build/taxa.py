"""Which taxa go into the slice: the properly named ones from genus down, and what stands above them.

Three in four taxa of the NCBI Taxonomy are isolates and samples that were never named ("Bacillus sp. BA12", "Influenza
A virus (A/mallard/Ohio/56/1999(H1N1))"). Nobody writes them, and they would make the slice four times as large.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.ontology.build.rows import ConceptRow
from kg.ontology.build.taxon_db import Taxon, Taxonomy

_SPECIES_DOWN: Final = frozenset(
    {
        *("species", "species group", "species subgroup", "subspecies", "varietas", "subvariety", "forma"),
        *("forma specialis", "biotype", "serotype", "serogroup", "pathogroup", "morph"),
    }
)
_GENERA: Final = frozenset({"genus", "subgenus"})
_UNNAMED: Final = re.compile(
    r"\b(?:uncultured|unidentified|unclassified|unassigned|environmental|metagenomes?|incertae|endosymbionts?"
    r"|symbionts?|bacterium|archaeon|eukaryote|clones?|isolates?|samples?|synthetic|hybrids?|ensemble)\b"
    r"|\b(?:spp?|ssp|cf|aff|nr|gen)\.",
    re.IGNORECASE,
)
_DESIGNATION: Final = re.compile(r"\d{3}|_|['\"/<>{}:;=+*]")
_ISOLATE: Final = re.compile(
    r"[()\[\]]|\b(?:strain|str\.|substr\.|serovar)|(?:\S+ ){7}|-\d{2}|\b[A-Z]{2,}\d+-", re.ASCII
)
_SEROVAR: Final = re.compile(r"([A-Z][a-z]+ [a-z]+)( subsp\. [a-z]+)? serovar ([A-Z][a-z]+(?: [A-Z])?)")
_PATHOVAR: Final = re.compile(r"[A-Z][a-z]+ [a-z]+ (?:pv|bv)\. [a-z]+")


def wanted(taxonomy: Taxonomy) -> dict[str, str]:
    """Return the taxa to keep, everything above them included: id to the id of the parent to show.

    Bins such as "unclassified Hepacivirus" are left out; what is in them hangs on the taxon above. The root, alone, is
    its own parent.
    """
    shown: dict[str, str] = {}
    stack = [taxon.id for taxon in taxonomy.taxa.values() if _is_wanted(taxon, taxonomy)]
    while stack:
        identifier = stack.pop()
        if identifier not in shown:
            shown[identifier] = parent = _parent_to_show(taxonomy.taxa[identifier], taxonomy)
            stack.append(parent)
    return shown


def serovar_names(name: str) -> tuple[str, ...]:
    """Return the shorter names of a serovar: "Salmonella enterica serovar Typhi" and "Salmonella Typhi"."""
    match = _SEROVAR.fullmatch(name)
    if not match:
        return ()
    species, _, serovar = match.groups()
    return f"{species} serovar {serovar}", f"{species.split()[0]} {serovar}"


def is_named(name: str) -> bool:
    """Tell whether `name` is the name of a taxon, not the designation of a sample."""
    return not (_UNNAMED.search(name) or _DESIGNATION.search(name))


def merged(former: Taxonomy, taxonomy: Taxonomy, kept: Iterable[str]) -> dict[str, str]:
    """Return named species that are gone since a former release, with the species that took their place.

    The package has no list of merged ids. So a species counts as merged into the one of the same name or, where its
    children survive, into the one that all of them now belong to ("Hepacivirus C", 11103, into Hepacivirus hominis).
    """
    kept = set(kept)
    species = {t.name: t.id for t in taxonomy.taxa.values() if t.rank == "species" and t.id in kept}
    children: defaultdict[str, set[str]] = defaultdict(set)
    for taxon in former.taxa.values():
        if taxon.id in taxonomy.taxa:
            children[taxon.parent].add(taxonomy.taxa[taxon.id].parent)
    found: dict[str, str] = {}
    for taxon in former.taxa.values():
        if taxon.id in taxonomy.taxa or taxon.rank != "species" or not is_named(taxon.name):
            continue
        now = {species[taxon.name]} if taxon.name in species else children[taxon.id]
        if len(now) == 1 and (heir := next(iter(now))) in kept and taxonomy.taxa[heir].rank == "species":
            found[taxon.id] = heir
    return found


def concept_rows(
    taxonomy: Taxonomy, kept: Mapping[str, str], former: Taxonomy, replaced: Mapping[str, str]
) -> Iterator[ConceptRow]:
    """Return a row for each taxon kept (see `wanted`) and for each merged one (see `merged`)."""
    for identifier, parent in kept.items():
        taxon = taxonomy.taxa[identifier]
        yield ConceptRow(identifier, taxon.name, () if parent == identifier else (parent,), detail=taxon.rank)
    for identifier, heir in replaced.items():
        yield ConceptRow(identifier, former.taxa[identifier].name, obsolete=True, replaced_by=heir, detail="species")


def _parent_to_show(taxon: Taxon, taxonomy: Taxonomy) -> str:
    above = taxonomy.taxa[taxon.parent]
    while above.rank == "no rank" and _UNNAMED.search(above.name) and above.parent != above.id:
        above = taxonomy.taxa[above.parent]
    return above.id


def _is_wanted(taxon: Taxon, taxonomy: Taxonomy) -> bool:
    name = taxon.name
    if taxon.id in taxonomy.common_names:
        return True
    if taxon.rank in {"strain", "isolate", "no rank"} and taxon.id in taxonomy.sequenced:
        return not _UNNAMED.search(name)
    if not is_named(name):
        return False
    if taxon.rank in _GENERA:
        return True
    if taxon.viral:
        low = taxon.rank in _SPECIES_DOWN or taxon.rank in {"no rank", "genotype", "clade", "isolate"}
        return low and (taxon.formal or not _ISOLATE.search(name))
    if taxon.rank in _SPECIES_DOWN:
        return taxon.formal or taxon.rank not in {"species", "subspecies"}
    return bool(_SEROVAR.fullmatch(name) or _PATHOVAR.fullmatch(name))
