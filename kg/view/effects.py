"""What the interventions do to cell types, as a table of the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from kg.identifiers import Curie
from kg.model import AnnotatedDocument, Aspect, Direction, Evidence
from kg.view.evidence_table import Labels, intervention_labels
from kg.view.links import concept_links, paper_url
from kg.view.markdown import code, escape, link, table
from kg.vocabulary import AFFECTS

_Key = tuple[str, str, Curie, Aspect, Direction | None, bool]
_HEADINGS: Final = ("intervention", "effect", "cell type", "papers", "sentence", "paper")


def effects_section(documents: Sequence[AnnotatedDocument], ontology: Labels) -> list[str]:
    """Return the section of the report: one row for each effect, most papers first; empty where none was found.

    Args:
        documents: the study's documents with what was found in them.
        ontology: gives labels.
    """
    names = intervention_labels(documents)
    papers = {a.document.paper.id: a.document.paper for a in documents}
    found: dict[_Key, list[Evidence]] = defaultdict(list)
    for annotated in documents:
        for a in annotated.assertions:
            q = a.qualifiers
            if a.predicate == AFFECTS and a.subject in names and q.aspect is not None:
                key = (
                    names[a.subject],
                    ontology.label(a.object) or a.object,
                    a.object,
                    q.aspect,
                    q.direction,
                    a.negated,
                )
                found[key] += a.evidence
    if not found:
        return []
    rows = []
    for (name, label, cell, aspect, direction, negated), evidence in sorted(
        found.items(), key=lambda item: (-len({e.paper for e in item[1]}), *map(str, item[0]))
    ):
        best = min(evidence, key=lambda e: (-e.confidence, e.paper, e.start))
        links = concept_links(cell)
        rows.append(
            [
                escape(name),
                escape(effect_words(aspect, direction, negated=negated)),
                f"{link(label, links[0].url) if links else escape(label)} {code(cell)}",
                str(len({e.paper for e in evidence})),
                escape(best.sentence),
                link(papers[best.paper].title or best.paper, paper_url(best.paper)),
            ]
        )
    return ["## Effects on cell types", "", *table(list(_HEADINGS), rows)]


def effect_words(aspect: Aspect, direction: Direction | None, *, negated: bool) -> str:
    """Say an effect in words: "cell death decreased", "no effect on function"."""
    process = aspect.value.replace("_", " ")
    if negated:
        return f"{process} not {direction or 'changed'}"
    return f"{process} {direction or 'changed'}"
