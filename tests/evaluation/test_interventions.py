from __future__ import annotations

from typing import Any

from kg.evaluation import Counts
from kg.evaluation.interventions import align, assertion_counts, effect_counts, found_counts, target_counts


def test_align() -> None:
    wanted = [{"product": "cells", "tissue": "A"}, {"product": "cells", "tissue": "B", "donor": "autologous"}]
    found = [
        {"product": "cells", "tissue": "B"},
        {"product": "vesicles", "tissue": "C"},
        {"product": "cells", "tissue": "A"},
    ]
    assert align(wanted, found) == {0: 1, 2: 0}


def product(tissue: str, *targets: str, donor: str | None = None) -> dict[str, Any]:
    return {"product": "cells", "cell": "CL:1", "tissue": tissue, "donor": donor, "targets": list(targets)}


def test_found_and_exact() -> None:
    wanted = [product("A", donor="autologous"), product("B")]
    found = [product("A"), product("B"), product("C")]
    assert found_counts(wanted, found) == (Counts(2, 1, 0), Counts(1, 2, 1))


def test_targets() -> None:
    wanted = {
        "interventions": [product("A", "MESH:1", "NIL:thin"), product("B", "MESH:2")],
        "broader": {"NIL:thin": "MESH:9"},
    }
    found = {"interventions": [product("A", "MESH:9", "MESH:3")]}
    assert target_counts(wanted, found) == Counts(tp=1, fp=1, fn=2)


def said(intervention: int, disease: str, polarity: str) -> dict[str, Any]:
    return {"intervention": intervention, "disease": disease, "polarity": polarity}


def test_assertions_one_to_one() -> None:
    wanted = {
        "interventions": [product("A"), product("B")],
        "assertions": [said(0, "MESH:1", "positive"), said(1, "MESH:1", "negative")],
    }
    found = {
        "interventions": [product("B"), product("A")],
        "assertions": [said(1, "MESH:1", "positive"), said(0, "MESH:1", "positive"), said(0, "MESH:1", "inconclusive")],
    }
    assert assertion_counts(wanted, found) == (Counts(2, 1, 0), Counts(1, 2, 1))


def changed(cell: str, direction: str | None, *, negated: bool = False) -> dict[str, Any]:
    return {"cell_type": cell, "aspect": "survival", "direction": direction, "negated": negated}


def test_effects_where_nothing_changes_have_no_direction() -> None:
    wanted = {"effects": [changed("CL:1", "increased"), changed("CL:2", None, negated=True), changed("CL:3", None)]}
    found = {"effects": [changed("CL:1", "decreased"), changed("CL:2", "decreased", negated=True)]}
    assert effect_counts(wanted, found) == Counts(tp=1, fp=1, fn=2)


def test_nothing() -> None:
    assert target_counts({}, {}) == Counts()
    assert assertion_counts({}, {}) == (Counts(), Counts())
