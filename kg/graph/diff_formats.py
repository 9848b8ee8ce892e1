"""Differences of two graphs as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any, Final, TypeAlias

from kg.graph.diff import Changes, GraphDiff
from kg.graph.facts import Claim, PaperFacts, Result, Results
from kg.graph.results import printable
from kg.identifiers import Curie

_Groups: TypeAlias = dict[str, list[dict[str, Any]]]
_COMPARED: Final = tuple(field.name for field in fields(PaperFacts) if field.name != "identifiers")


def diff_text(found: GraphDiff) -> str:
    """Return a diff as lines: ``+`` appeared, ``-`` disappeared, ``~`` changed, under a count for each kind."""
    lines: list[str] = []
    lines += _section("papers", found.papers, _paper_line, _paper_change)
    lines += _section("interventions", found.interventions, _intervention_line, _intervention_change)
    for title, claims in (("assertions", found.assertions), ("effects on cells", found.effects)):

        def line(claim: Claim, results: Results) -> str:
            return f"{_claim(claim, found.labels)}: {_results(results)}"

        def change(claim: Claim, _: Claim, old: Results, new: Results) -> str:
            return f"{_claim(claim, found.labels)}: {_results(old)} -> {_results(new)}"

        lines += _section(title, claims, line, change)
    return "".join(f"{printable(line)}\n" for line in lines)


def _section(
    title: str, changes: Changes[Any, Any], line: Callable[[Any, Any], str], change: Callable[[Any, Any, Any, Any], str]
) -> Iterator[str]:
    if not changes:
        yield f"{title}: no difference"
        return
    counts = (len(changes.appeared), len(changes.disappeared), len(changes.changed))
    yield "{}: {} appeared, {} disappeared, {} changed".format(title, *counts)
    yield from (f"  + {line(key, value)}" for key, value in changes.appeared)
    yield from (f"  - {line(key, value)}" for key, value in changes.disappeared)
    for key, old, new in changes.changed:
        yield f"  ~ {change(key, changes.renamed.get(key, key), old, new)}"


def _paper_line(paper: Curie, facts: PaperFacts) -> str:
    return f"{paper} {facts.title} ({facts.role}, {facts.study_type})"


def _paper_change(paper: Curie, now: Curie, old: PaperFacts, new: PaperFacts) -> str:
    parts = [f"{name} {_shown(before)} -> {_shown(after)}" for name, (before, after) in _compared(old, new).items()]
    if paper != now:
        parts.insert(0, f"id {paper} -> {now}")
    return f"{paper} {old.title}: {', '.join(parts)}"


def _compared(old: PaperFacts, new: PaperFacts) -> dict[str, tuple[Any, Any]]:
    both = {name: (getattr(old, name), getattr(new, name)) for name in _COMPARED}
    return {name: values for name, values in both.items() if values[0] != values[1]}


def _shown(value: str | bool) -> str:
    return {True: "yes", False: "no", "": "none"}.get(value, str(value))


def _intervention_line(intervention: Curie, label: str) -> str:
    return f"{label} ({intervention})"


def _intervention_change(intervention: Curie, _: Curie, old: str, new: str) -> str:
    return f"{intervention}: label {old} -> {new}"


def _claim(claim: Claim, labels: Mapping[Curie, str]) -> str:
    subject, target = labels.get(claim.subject, claim.subject), labels.get(claim.object, claim.object)
    predicate = claim.predicate.partition(":")[2].replace("_", " ")
    aspect = f" {claim.aspect.replace('_', ' ')} of" if claim.aspect else ""
    species = f"{labels.get(claim.species, claim.species)}, " if claim.species else ""
    phase = f" phase {claim.phase}" if claim.phase else ""
    return f"{subject} {predicate}{aspect} {target} [{species}{claim.study_type}{phase}]"


def _results(results: Results) -> str:
    return "; ".join(f"{_said(result)} ({', '.join(sorted(results[result]))})" for result in sorted(results))


def _said(result: Result) -> str:
    return f"denied, {result.value}" if result.negated else result.value


def diff_json(found: GraphDiff) -> str:
    """Return a diff as JSON: ``papers``, ``interventions``, ``assertions`` and ``effects``.

    Each has ``appeared``, ``disappeared`` and ``changed``, lists of objects. What changed of a paper or an intervention
    is under ``changes`` (name to old and new value), of an assertion or an effect under ``old`` and ``new``.
    """
    labels = found.labels
    document = {
        "papers": _group(
            found.papers,
            lambda paper, facts: {"paper": paper, **{name: getattr(facts, name) for name in _COMPARED}},
            lambda paper, now, old, new: {"paper": now, "changes": _paper_changes(paper, now, old, new)},
        ),
        "interventions": _group(
            found.interventions,
            lambda curie, label: {"intervention": curie, "label": label},
            lambda curie, _, old, new: {"intervention": curie, "changes": {"label": [old, new]}},
        ),
        "assertions": _claims(found.assertions, labels, "polarity"),
        "effects": _claims(found.effects, labels, "direction"),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _group(
    changes: Changes[Any, Any],
    entry: Callable[[Any, Any], dict[str, Any]],
    change: Callable[[Any, Any, Any, Any], dict[str, Any]],
) -> _Groups:
    return {
        "appeared": [entry(key, value) for key, value in changes.appeared],
        "disappeared": [entry(key, value) for key, value in changes.disappeared],
        "changed": [change(key, changes.renamed.get(key, key), old, new) for key, old, new in changes.changed],
    }


def _paper_changes(paper: Curie, now: Curie, old: PaperFacts, new: PaperFacts) -> dict[str, list[Any]]:
    changes = {name: list(values) for name, values in _compared(old, new).items()}
    return changes if paper == now else {"id": [paper, now], **changes}


def _claims(changes: Changes[Claim, Results], labels: Mapping[Curie, str], value: str) -> _Groups:
    def about(claim: Claim) -> dict[str, Any]:
        return {
            "subject": claim.subject,
            "subject_label": labels.get(claim.subject),
            "predicate": claim.predicate,
            "object": claim.object,
            "object_label": labels.get(claim.object),
            "species": claim.species,
            "study_type": claim.study_type,
            "phase": claim.phase,
            **({"aspect": claim.aspect} if value == "direction" else {}),
        }

    def results(found: Results) -> list[dict[str, Any]]:
        return [
            {value: result.value, "negated": result.negated, "papers": sorted(found[result])}
            for result in sorted(found)
        ]

    return _group(
        changes,
        lambda claim, found: {**about(claim), "results": results(found)},
        lambda claim, _, old, new: {**about(claim), "old": results(old), "new": results(new)},
    )
