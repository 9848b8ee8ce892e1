"""Linking of diseases: one trained judge over exact readings, remembered surfaces and whatever is similar."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kg.grounding.candidates import Candidate, Sources, find_candidates
from kg.grounding.composite import split
from kg.grounding.context import Context
from kg.grounding.features import Features, Wording
from kg.grounding.grounder import UNGROUNDED, Decision, Grounder
from kg.grounding.names import Names
from kg.grounding.rerank import Model
from kg.grounding.translation import Translation
from kg.identifiers import Curie
from kg.model import MentionType
from kg.ontology.normalize import key

Float = npt.NDArray[np.float32]

THRESHOLD: Final = 0.4
"""Probability under which a concept is not taken."""
_PART: Final = 0.5
"""Mean probability that every way to split a phrase must reach to be taken for an enumeration."""
_LONGEST: Final = 160
"""Longest mention in characters; what is longer is no name."""
_CACHE: Final = 1 << 11
"""Wordings whose candidates are kept at hand, with some 10 kB each."""
_LABEL: Final = 0.97
"""Score from which on an exact reading is by a preferred label, in singular or plural."""


def written_out(surface: str, context: Context) -> str:
    """Return a mention with the short forms that the document defines replaced by their long forms."""
    return context.long_form(surface) or " ".join(context.long_form(word) or word for word in surface.split())


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The candidates of a wording, with their rows of features but for the columns that depend on the document."""

    curies: tuple[Curie, ...]
    terms: tuple[int, ...]
    rows: Float


class Linker:
    """Chooses concepts for mentions of diseases.

    Args:
        names: the names of all diseases.
        model: the trained judge.
        grounder: gives the exact readings.
        threshold: probability under which the answer is none.
    """

    def __init__(self, names: Names, model: Model, grounder: Grounder, threshold: float = THRESHOLD) -> None:
        self._names: Final = names
        self._model: Final = model
        self._grounder: Final = grounder
        self._threshold: Final = threshold
        self._sources: Final = Sources(names, model.alike, model.memory, Translation(names, model.translation))
        self._features: Final = Features(self._sources)
        self._shortlist: Final = lru_cache(maxsize=_CACHE)(self.shortlist)

    @property
    def header(self) -> Mapping[str, Any]:
        """What the model was trained on, and when."""
        return self._model.header

    def link(self, surface: str, context: Context, document: Collection[Curie] = ()) -> Decision:
        """Link one mention of a disease.

        Args:
            surface: the mention's text.
            context: its document.
            document: concepts that the document's other mentions name by exact reading.
        """
        return self.link_all({surface: self._grounder.ground(surface, MentionType.DISEASE, context)}, context, document)[
            surface
        ]

    def link_all(
        self, exact: Mapping[str, Decision], context: Context, document: Collection[Curie] = ()
    ) -> dict[str, Decision]:
        """Link the diseases of a document.

        A preferred label stays what it is. Everything else is for the judge, with all that is known: the exact
        reading, what training texts mean by the surface, and what is similar.

        Args:
            exact: for each mention, what the exact readings say.
            context: the document.
            document: further concepts that the document names.
        """
        result: dict[str, Decision] = {}
        open_: list[tuple[str, Collection[Curie], list[str]]] = []
        for surface, decision in exact.items():
            if decision.score >= _LABEL and decision.method != "none":
                result[surface] = decision
            elif len(surface) > _LONGEST:
                result[surface] = UNGROUNDED
            else:
                others = {c for s, d in exact.items() if s != surface for c in d.curies}.union(document)
                ways = split(written_out(surface, context))
                parts = list(dict.fromkeys(part for way in ways for part in way))
                open_.append((surface, others, parts))
        wanted = [(text, others) for surface, others, parts in open_ for text in (surface, *parts)]
        answers = iter(self._judged(wanted, context))
        for surface, _, parts in open_:
            whole = next(answers)
            of_parts = {part: next(answers) for part in parts}
            enumerated = self._enumeration(split(written_out(surface, context)), of_parts, whole)
            result[surface] = enumerated or (whole if whole.score >= self._threshold else UNGROUNDED)
        return result

    def wording(self, surface: str, context: Context) -> Wording:
        """Return a mention as the judge sees it, with its exact readings."""
        text = written_out(surface, context)
        found = [r for r in self._grounder.readings(surface, context) if r.type is MentionType.DISEASE]
        best = self._grounder.best(found, MentionType.DISEASE, context)
        if best is not None:
            found.sort(key=lambda reading: reading is not best)
        readings = tuple((reading.curie, reading.score) for reading in found)
        return Wording(surface, key(text).strip(), readings, open=best is None, expanded=text != surface)

    def shortlist(self, wording: Wording, *, hidden: str = "", forgotten: str = "") -> Shortlist:
        """Return the candidates of a wording (see `kg.grounding.candidates.find_candidates`), in the order of CURIEs."""
        found = find_candidates(wording.form, self._sources, hidden=hidden, forgotten=forgotten)
        for curie, _ in wording.readings:
            found.setdefault(curie, Candidate(curie))
        candidates = [found[curie] for curie in sorted(found) if self._names.ontology.resolve(curie) == curie]
        rows = self._features.rows(wording, candidates, hidden=hidden, forgotten=forgotten)
        return Shortlist(tuple(c.curie for c in candidates), tuple(c.term for c in candidates), rows)

    def rows(self, shortlist: Shortlist, context: Context, document: Collection[Curie]) -> Float:
        """Return the whole rows of features of a shortlist in a document."""
        return np.hstack([shortlist.rows, self._features.in_context(shortlist.curies, document, context)])

    def _judged(self, wanted: Iterable[tuple[str, Collection[Curie]]], context: Context) -> list[Decision]:
        """Return the likeliest concept of each wording, however unlikely."""
        shortlists = [(self._shortlist(self.wording(text, context)), others) for text, others in wanted]
        rows = [self.rows(shortlist, context, others) for shortlist, others in shortlists]
        if not rows:
            return []
        probabilities = self._model.trees.probabilities(np.vstack(rows))
        result: list[Decision] = []
        start = 0
        for shortlist, _ in shortlists:
            end = start + len(shortlist.curies)
            result.append(self._decision(shortlist, probabilities[start:end]))
            start = end
        return result

    def _decision(self, shortlist: Shortlist, probabilities: Float) -> Decision:
        if not len(probabilities):
            return UNGROUNDED
        best = int(probabilities.argmax())
        number = shortlist.terms[best]
        term = self._names.ontology.term(number).text if number >= 0 else None
        return Decision((shortlist.curies[best],), term, "linked", float(probabilities[best]))

    def _enumeration(
        self, ways: Sequence[Sequence[str]], parts: Mapping[str, Decision], whole: Decision
    ) -> Decision | None:
        """Return the diseases of an enumeration, or None when the mention reads better as one."""
        best: Decision | None = None
        for way in ways:
            found = [parts[part] for part in way]
            lowest = min(part.score for part in found)
            mean = sum(part.score for part in found) / len(found)
            if lowest < self._threshold or mean < max(_PART, whole.score if _is_name(whole) else 0.0):
                continue
            if best is None or mean > best.score:
                curies = tuple(dict.fromkeys(curie for part in found for curie in part.curies))
                term = " | ".join(filter(None, (part.term for part in found))) or None
                best = Decision(curies, term, "composite", mean)
        return best


def _is_name(decision: Decision) -> bool:
    """Tell whether the chosen name is itself an enumeration ("nausea and vomiting")."""
    return decision.term is not None and len(split(decision.term)) > 0


def default_linker(grounder: Grounder) -> Linker | None:
    """Return the linker with the model that comes with the package, or None when there is none."""
    resource = files("kg.grounding").joinpath("data", "linker.npz")
    if not resource.is_file():
        return None
    with as_file(resource) as path:
        return Linker(Names(grounder.index.ontology), Model.load(path), grounder)
