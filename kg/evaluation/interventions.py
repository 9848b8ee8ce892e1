"""Interventions, their targets and assertions of curated documents against those of the program.

A predicted intervention is one of the curator's when they agree best, one to one, in product, source tissue and donor;
product or tissue must. Targets and assertions count for aligned interventions: an assertion is right when intervention
and disease are, and right with its polarity when that is too. Micro-averaged over documents.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product
from typing import Any, Final

from kg.evaluation.score import Counts

Record = Mapping[str, Any]
_POINTS: Final = {"product": 3, "tissue": 3, "donor": 2, "cell": 1}
"""How much it says that two descriptions of an intervention agree in a field."""
_EXACT: Final = ("product", "cell", "tissue", "donor")
_NONE: Final = "NIL:"


def align(wanted: Sequence[Record], found: Sequence[Record]) -> dict[int, int]:
    """Return for each of `found` the one of `wanted` that it agrees with best, one to one, by number."""
    ranked = sorted(
        (-points, i, j)
        for (i, want), (j, have) in product(enumerate(wanted), enumerate(found))
        if (points := sum(value for name, value in _POINTS.items() if want.get(name) == have.get(name)))
        and (want.get("product") == have.get("product") or want.get("tissue") == have.get("tissue"))
    )
    partners: dict[int, int] = {}
    for _, i, j in ranked:
        if j not in partners and i not in partners.values():
            partners[j] = i
    return partners


def found_counts(wanted: Sequence[Record], found: Sequence[Record]) -> tuple[Counts, Counts]:
    """Count the interventions found, and those with product, cell, tissue and donor all right."""
    partners = align(wanted, found)
    exact = sum(all(wanted[i].get(name) == found[j].get(name) for name in _EXACT) for j, i in partners.items())
    return _counts(len(partners), len(wanted), len(found)), _counts(exact, len(wanted), len(found))


def target_counts(wanted: Record, found: Record) -> Counts:
    """Count pairs of an intervention and a disease that it is given for.

    Args:
        wanted: the curator's document.
        found: the program's.
    """
    gold, have = wanted.get("interventions", ()), found.get("interventions", ())
    broader = wanted.get("broader") or {}
    partners = align(gold, have)
    pairs = [(gold[i].get("targets", ()), have[j].get("targets", ())) for j, i in partners.items()]
    pairs += [(one.get("targets", ()), ()) for i, one in enumerate(gold) if i not in partners.values()]
    pairs += [((), one.get("targets", ())) for j, one in enumerate(have) if j not in partners]
    hits = sum(len(_matched(want, got, broader)) for want, got in pairs)
    spare = sum(len((set(got) - _matched(want, got, broader)) & set(broader.values())) for want, got in pairs)
    return _counts(hits, sum(len(set(w)) for w, _ in pairs), sum(len(set(g)) for _, g in pairs) - spare)


def assertion_counts(wanted: Record, found: Record) -> tuple[Counts, Counts]:
    """Count assertions by intervention and disease, and those with the right polarity among them."""
    gold, have = wanted.get("assertions", ()), found.get("assertions", ())
    broader = wanted.get("broader") or {}
    partners = align(wanted.get("interventions", ()), found.get("interventions", ()))
    ranked = sorted(
        (want["disease"] != got["disease"], want["polarity"] != got["polarity"], i, j)
        for (i, want), (j, got) in product(enumerate(gold), enumerate(have))
        if partners.get(got["intervention"]) == want["intervention"]
        and _matched([want["disease"]], [got["disease"]], broader)
    )
    taken: dict[int, int] = {}
    for _, _, i, j in ranked:
        if i not in taken and j not in taken.values():
            taken[i] = j
    polar = sum(gold[i]["polarity"] == have[j]["polarity"] for i, j in taken.items())
    return _counts(len(taken), len(gold), len(have)), _counts(polar, len(gold), len(have))


def effect_counts(wanted: Record, found: Record) -> Counts:
    """Count effects on cell types by cell type, aspect and direction; where nothing changes no direction counts."""
    gold, have = (
        {
            (e["cell_type"], e["aspect"], None if e["negated"] else e["direction"], e["negated"])
            for e in record.get("effects", ())
        }
        for record in (wanted, found)
    )
    return _counts(len(gold & have), len(gold), len(have))


def _matched(wanted: Collection[str], found: Collection[str], broader: Mapping[str, str]) -> set[str]:
    """Return the ids of `found` that stand for ids of `wanted`; any id ``NIL:...`` stands for another, or its wider."""
    hits = set(wanted) & set(found)
    for lacking in sorted(i for i in set(wanted) - hits if i.startswith(_NONE)):
        extra = sorted(set(found) - hits)
        stand_in = next((i for i in extra if i.startswith(_NONE) or i == broader.get(lacking)), None)
        if stand_in is not None:
            hits.add(stand_in)
    return hits


def _counts(hits: int, wanted: int, found: int) -> Counts:
    return Counts(hits, found - hits, wanted - hits)
