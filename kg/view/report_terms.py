"""The report's sections on terms: without a concept, with a concept of our own, and as others annotated them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.identifiers import Curie
from kg.model import AnnotatedDocument, Grounding, MentionType
from kg.view.evidence_table import Labels
from kg.view.markdown import code, escape, table

_UNGROUNDED_SHOWN = 100


def ungrounded_section(documents: Sequence[AnnotatedDocument]) -> list[str]:
    """Return the terms that were recognised and have no concept, most frequent first."""
    lines = ["## Terms without a concept", ""]
    counts: Counter[tuple[str, str]] = Counter()
    holders: dict[tuple[str, str], set[Curie]] = defaultdict(set)
    for annotated in documents:
        for grounding in annotated.groundings:
            if not grounding.curies and grounding.mention.type is not MentionType.INTERVENTION:
                key = (_fold(grounding.mention.text), grounding.mention.type.value)
                counts[key] += 1
                holders[key].add(annotated.document.paper.id)
    if not counts:
        return [*lines, "None."]
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    body = (
        [escape(text), escape(kind), str(number), str(len(holders[text, kind]))]
        for (text, kind), number in ranked[:_UNGROUNDED_SHOWN]
    )
    lines += ["A wrong concept is worse than none: these are named in the text and stay without one.", ""]
    lines += table(["term", "type", "mentions", "papers"], body)
    if len(ranked) > _UNGROUNDED_SHOWN:
        lines += ["", f"{len(ranked) - _UNGROUNDED_SHOWN} rarer terms are not listed."]
    return lines


def local_section(documents: Sequence[AnnotatedDocument], ontology: Labels) -> list[str]:
    """Return the concepts that no public vocabulary has, each with its broader one."""
    lines = ["## Concepts of our own vocabulary", ""]
    counts: Counter[Curie] = Counter(
        curie
        for annotated in documents
        for grounding in annotated.groundings
        for curie in grounding.curies
        if curie.startswith("MSCKG:")
    )
    if not counts:
        return [*lines, "None."]
    lines += ["No public vocabulary has a concept for these; each hangs under the nearest one that is right.", ""]
    ordered = sorted(counts, key=lambda curie: (-counts[curie], curie))
    body = (
        [
            f"{escape(ontology.label(curie) or curie)} {code(curie)}",
            ", ".join(_named(parent, ontology) for parent in ontology.parents(curie)) or "none",
            str(counts[curie]),
        ]
        for curie in ordered
    )
    lines += table(["concept", "broader", "mentions"], body)
    return lines


def foreign_section(documents: Sequence[AnnotatedDocument], ontology: Labels) -> list[str]:
    """Return the annotations that came with the input beside ours of the same text; empty when none came."""
    body = [
        [
            escape(foreign.text),
            escape(foreign.type),
            _named(foreign.curie, ontology),
            _ours(ours, ontology),
            _verdict(foreign.curie, ours),
            escape(foreign.origin),
        ]
        for annotated in documents
        for foreign in sorted(annotated.document.foreign, key=lambda f: (f.origin, f.type, _fold(f.text), f.curie))
        for ours in [_matching(annotated, foreign.text, foreign.curie)]
    ]
    if not body:
        return []
    return [
        "## How our ids differ from the annotations that came with the input",
        "",
        "Somebody else's annotations, shown beside ours for comparison; none of theirs is in the graph.",
        "",
        *table(["text", "type", "theirs", "ours", "", "from"], body),
    ]


def _matching(annotated: AnnotatedDocument, text: str, curie: Curie) -> list[Grounding]:
    """Return our groundings of the same text, else those to the same concept."""
    same_text = [g for g in annotated.groundings if _fold(g.mention.text) == _fold(text)]
    return same_text or [g for g in annotated.groundings if curie in g.curies]


def _ours(groundings: Sequence[Grounding], ontology: Labels) -> str:
    if not groundings:
        return "not marked"
    found = sorted({curie for g in groundings for curie in g.curies})
    return ", ".join(_named(curie, ontology) for curie in found) or "marked, without a concept"


def _verdict(curie: Curie, groundings: Sequence[Grounding]) -> str:
    found = {each for g in groundings for each in g.curies}
    if not found:
        return "only theirs"
    return "same" if found == {curie} else "differs"


def _named(curie: Curie, ontology: Labels) -> str:
    label = ontology.label(curie)
    return f"{escape(label) if label else 'no label in our vocabularies'} {code(curie)}"


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
