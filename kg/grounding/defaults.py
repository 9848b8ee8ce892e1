"""The grounder as this project sets it up: stop lists, settled common names, words for people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from kg.errors import GroundingError
from kg.grounding.grounder import Grounder
from kg.grounding.index import TermIndex
from kg.grounding.people import MAN, NO_NAMES, PEOPLE
from kg.identifiers import Curie
from kg.model import MentionType
from kg.ontology import Ontology
from kg.ontology.normalize import key
from kg.vocabulary import HOMO_SAPIENS

_DATA: Final = "kg.grounding"
_NO_MENTION: Final = "-"


@cache
def stop_keys() -> dict[MentionType, frozenset[str]]:
    """Return, for each type, the keys that are never a mention (``data/stop.tsv``, derived: see its header)."""
    found: dict[MentionType, set[str]] = {}
    for kind, form in _rows("stop.tsv"):
        found.setdefault(MentionType(kind), set()).add(form + " ")
    return {kind: frozenset(forms) for kind, forms in found.items()}


@cache
def common_names() -> dict[str, tuple[Curie, str]]:
    """Return settled names of organisms (``data/organisms.tsv``): key to CURIE and the name as it is written."""
    return {key(name): (curie, name) for curie, name in _rows("organisms.tsv")}


@cache
def cell_names() -> dict[str, tuple[Curie, str]]:
    """Return settled names of cell types (``data/cells.tsv``): key to CURIE and the name as it is written."""
    return {key(name): (curie, name) for curie, name in _rows("cells.tsv") if curie != _NO_MENTION}


@cache
def _no_cells() -> frozenset[str]:
    """Return the keys that the table of cell types takes away."""
    return frozenset(key(name) for curie, name in _rows("cells.tsv") if curie == _NO_MENTION)


def make_grounder(
    ontology: Ontology,
    types: Collection[MentionType],
    *,
    people: bool = True,
    stop: Mapping[MentionType, frozenset[str]] | None = None,
) -> Grounder:
    """Return a grounder with this project's stop lists and settled names.

    Args:
        ontology: the terminologies.
        types: types of mention that it has to tell apart.
        people: read words for people (patients, women) as Homo sapiens; without them, only names of organisms count,
            and neither do words such as "calf" and "murine".
        stop: keys that are never a mention, by type; None: the lists that come with the package.
    """
    species = dict(common_names())
    stopped = dict(stop_keys() if stop is None else stop)
    if people:
        species.update({form: (HOMO_SAPIENS, form.strip()) for form in PEOPLE})
    else:
        no_names = (PEOPLE | NO_NAMES) - {key(MAN)}
        stopped[MentionType.SPECIES] = stopped.get(MentionType.SPECIES, frozenset()) | no_names
        species = {form: name for form, name in species.items() if form not in no_names}
        species[key(MAN)] = (HOMO_SAPIENS, MAN)
    stopped[MentionType.CELL_TYPE] = stopped.get(MentionType.CELL_TYPE, frozenset()) | _no_cells()
    fixed = {MentionType.SPECIES: species, MentionType.CELL_TYPE: cell_names()}
    return Grounder(TermIndex(ontology, types, stop=stopped, fixed=fixed))


def _rows(name: str) -> list[tuple[str, str]]:
    """Read a table of two columns; lines with ``#`` at the start are comments."""
    rows: list[tuple[str, str]] = []
    text = files(_DATA).joinpath("data", name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if line and not line.startswith("#"):
            first, tab, second = line.partition("\t")
            if not tab or not second:
                raise GroundingError(f"line {number} has no two columns", where=name)
            rows.append((first, second))
    return rows
