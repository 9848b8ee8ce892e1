"""Linking of free wordings of diseases: for mentions that no exact reading explains."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Final

import numpy as np

from kg.grounding.candidates import Candidate, find_candidates
from kg.grounding.composite import split
from kg.grounding.context import Context
from kg.grounding.features import Features
from kg.grounding.grounder import UNGROUNDED, Decision
from kg.grounding.names import Names, bag_of, words_of
from kg.grounding.rerank import Model
from kg.identifiers import Curie
from kg.ontology import Ontology
from kg.ontology.normalize import key

THRESHOLD: Final = 0.55
"""Probability under which a concept is not taken: best for documents' concepts with a recogniser's mentions."""
_PART: Final = 0.5
"""Mean probability that every way to split a phrase must reach to be taken for an enumeration."""
_SIMILAR: Final = 8
"""How many similar surfaces of the memory are looked at."""
_SURE: Final = 0.6
"""Share of a surface's meanings in training from which on the most frequent one is its meaning."""
_KNOWN: Final = 2
"""How often a surface must have been annotated for that."""
_KNOWN_SHORT: Final = 4
"""The same for an acronym that the document does not define."""
_LONGEST: Final = 160
"""Longest mention in characters; what is longer is no name."""


def written_out(surface: str, context: Context) -> str:
    """Return a mention with the short forms that the document defines replaced by their long forms."""
    return context.long_form(surface) or " ".join(context.long_form(word) or word for word in surface.split())


class Linker:
    """Chooses a disease for a wording that is no term of the vocabulary.

    Args:
        names: the names of all diseases.
        model: the trained judge.
        threshold: probability under which the answer is none.
    """

    def __init__(self, names: Names, model: Model, threshold: float = THRESHOLD) -> None:
        self._names: Final = names
        self._model: Final = model
        self._features: Final = Features(names, model.alike)
        self._threshold: Final = threshold

    @property
    def header(self) -> Mapping[str, Any]:
        """What the model was trained on, and when."""
        return self._model.header

    def remembered(self, surface: str, context: Context, exact: Decision = UNGROUNDED) -> Decision | None:
        """Return what training texts nearly always mean by a surface (or by what it stands for), or None.

        A short form that the document does not define needs more support, and an enumeration is read by its parts.
        It never stands against a preferred label, nor for something more general than the `exact` reading.
        """
        text = written_out(surface, context)
        if split(text) or exact.score == 1.0:
            return None
        form = key(text).strip()
        found = self._model.memory.counts.get(form)
        if not found:
            return None
        curie, most = max(found.items(), key=lambda pair: (pair[1], pair[0]))
        share = most / sum(found.values())
        resolved = self._names.ontology.resolve(curie)
        if most < (_KNOWN_SHORT if text.isupper() else _KNOWN) or share < _SURE or resolved is None:
            return None
        if any(resolved in self._names.ontology.ancestors(other) for other in exact.curies):
            return None
        return Decision((resolved,), None, "memory", share)

    def link(self, surface: str, context: Context, document: Collection[Curie] = ()) -> Decision:
        """Link a mention of a disease.

        Args:
            surface: the mention's text.
            context: its document.
            document: concepts that the document's other mentions name by exact reading.
        """
        if len(surface) > _LONGEST:
            return UNGROUNDED
        whole = self._best(surface, context, document)
        enumerated = self._enumeration(surface, context, document, whole)
        return enumerated or (whole if whole.score >= self._threshold else UNGROUNDED)

    def scored(
        self, surface: str, context: Context, document: Collection[Curie] = ()
    ) -> tuple[list[Candidate], list[list[float]]]:
        """Return the candidates of a mention and their rows of features."""
        text = written_out(surface, context)
        form = key(text).strip()
        memory = self._model.memory
        found = find_candidates(form, self._names, self._model.alike)
        for curie in memory.counts.get(form, ()):
            found.setdefault(curie, Candidate(curie))
        for curie, cosine in memory.similar(bag_of(words_of(form)), _SIMILAR).items():
            found.setdefault(curie, Candidate(curie)).remembered = cosine
        candidates = [found[curie] for curie in sorted(found) if curie in self._names.ontology]
        rows = self._features.rows(
            surface, form, candidates, memory, expanded=text != surface, document=document, context=context
        )
        return candidates, rows

    def _best(self, surface: str, context: Context, document: Collection[Curie]) -> Decision:
        candidates, rows = self.scored(surface, context, document)
        if not candidates:
            return UNGROUNDED
        probabilities = self._model.trees.probabilities(np.asarray(rows, dtype=np.float32))
        best = int(probabilities.argmax())
        chosen = candidates[best]
        curie = self._names.ontology.resolve(chosen.curie)
        if curie is None:
            return UNGROUNDED
        term = self._names.ontology.term(chosen.term).text if chosen.term >= 0 else None
        return Decision((curie,), term, "linked", float(probabilities[best]))

    def _enumeration(
        self, surface: str, context: Context, document: Collection[Curie], whole: Decision
    ) -> Decision | None:
        """Return the diseases of an enumeration, or None when the mention reads better as one."""
        best: Decision | None = None
        for way in split(written_out(surface, context)):
            parts = [self._best(part, context, document) for part in way]
            lowest = min(part.score for part in parts)
            mean = sum(part.score for part in parts) / len(parts)
            if lowest < self._threshold or mean < max(_PART, whole.score if _is_name(whole) else 0.0):
                continue
            if best is None or mean > best.score:
                curies = tuple(dict.fromkeys(curie for part in parts for curie in part.curies))
                best = Decision(
                    curies, " | ".join(filter(None, (part.term for part in parts))) or None, "composite", mean
                )
        return best


def _is_name(decision: Decision) -> bool:
    """Tell whether the chosen name is itself an enumeration ("nausea and vomiting")."""
    return decision.term is not None and len(split(decision.term)) > 0


@cache
def default_linker(ontology: Ontology) -> Linker | None:
    """Return the linker with the model that comes with the package, or None when there is none."""
    resource = files("kg.grounding").joinpath("data", "linker.npz")
    if not resource.is_file():
        return None
    with as_file(resource) as path:
        return Linker(Names(ontology), Model.load(path))
