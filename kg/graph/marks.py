"""What a reader should see in a sentence: its mentions, those of the assertion's two ends told apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.graph.mentions import all_groundings
from kg.identifiers import Curie
from kg.model import AnnotatedDocument, Evidence, Grounding, Mention

SUBJECT: Final = "subject"
OBJECT: Final = "object"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A mention within a sentence.

    `start` and `end` are offsets in Unicode code points of the sentence, 0-based and half-open. `type` is that of the
    mention; `role` says which end of the assertion it names: `SUBJECT`, `OBJECT`, or "" for neither.
    """

    start: int
    end: int
    type: str
    role: str = ""


class SentenceMarks:
    """The mentions of documents, to be found by sentence."""

    def __init__(self, documents: Iterable[AnnotatedDocument]) -> None:
        """Sort the mentions of `documents`, which must have distinct ids."""
        self._mentions: dict[str, list[tuple[Mention, tuple[Curie, ...]]]] = {}
        for annotated in documents:
            found = [(g.mention, g.curies) for g in _distinct(all_groundings(annotated))]
            self._mentions[annotated.document.id] = sorted(found)

    def marks(self, evidence: Evidence, subject: Curie, target: Curie) -> tuple[Mark, ...]:
        """Return the marks of a piece of evidence for an assertion of `subject` on `target`, from left to right.

        They do not overlap: what names an end of the assertion comes first, then the longer mention.
        """
        inside = self._inside(evidence)
        roles = [_role(curies, subject, target) for _, curies in inside]
        ranked = sorted(
            zip(inside, roles, strict=True),
            key=lambda each: (not each[1], each[0][0].start - each[0][0].end, each[0][0].start, each[0][0].type),
        )
        taken: list[Mark] = []
        for (mention, _), role in ranked:
            mark = Mark(mention.start - evidence.start, mention.end - evidence.start, str(mention.type), role)
            if all(mark.end <= other.start or other.end <= mark.start for other in taken):
                taken.append(mark)
        return tuple(sorted(taken))

    def _inside(self, evidence: Evidence) -> Sequence[tuple[Mention, tuple[Curie, ...]]]:
        mentions = self._mentions.get(evidence.document_id, [])
        first = bisect_left(mentions, evidence.start, key=lambda each: each[0].start)
        last = bisect_left(mentions, evidence.end, key=lambda each: each[0].start)
        return [each for each in mentions[first:last] if each[0].end <= evidence.end]


def _distinct(groundings: Iterable[Grounding]) -> Iterable[Grounding]:
    return {(g.mention, g.curies): g for g in groundings}.values()


def _role(curies: Sequence[Curie], subject: Curie, target: Curie) -> str:
    return SUBJECT if subject in curies else OBJECT if target in curies else ""
