"""Linking of diseases: one trained judge over exact readings, remembered surfaces and whatever is similar."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kg.grounding.candidates import Candidate, Sources, find_candidates
from kg.grounding.composite import split
from kg.grounding.context import Context
from kg.grounding.features import EFFECTS, Features, Wording
from kg.grounding.grounder import UNGROUNDED, Decision, Grounder
from kg.grounding.names import Names
from kg.grounding.rerank import Model
from kg.grounding.translation import Translation
from kg.identifiers import Curie
from kg.model import MentionType
from kg.ontology.normalize import key

Float = npt.NDArray[np.float32]

MODEL: Final = Path(__file__).with_name("data") / "linker.npz"
"""The model that comes with the package."""
THRESHOLD: Final = 0.55
"""Probability under which a concept is not taken. Concepts of held-out documents, with a recogniser's mentions, are
best from 0.5 to 0.6; wordings never seen get a right concept more often, and a wrong one too, the lower it is."""
_PART: Final = 0.5
"""Mean probability that every way to split a phrase must reach to be taken for an enumeration."""
_LONGEST: Final = 160
"""Longest mention in characters; what is longer is no name."""
_CACHE: Final = 1 << 11
"""Wordings whose candidates are kept at hand, with some 10 kB each."""
_SUPPORT: Final = 5
"""How many training texts must have a name of MeSH before their meaning is asked for: a few are no usage."""
_OFTEN: Final = 0.3
"""Share of its mentions that must mean something else."""
_INDUCED: Final = "C25"
"""MeSH tree of chemically induced disorders."""
_PROCESSES: Final = "C23"
"""MeSH tree of pathological conditions, signs and symptoms."""
_EFFECTS: Final = 1
"""Words about the effects of drugs that make a text one about them."""
_SURE: Final = 0.89
"""Score from which on an exact reading is by a preferred label or an exact synonym, in any form."""
_FIRM: Final = 0.66
"""Score under which an exact reading is by a name that is only related to the concept, or wider."""
_LIKELY: Final = 0.6
"""Probability that a concept needs to stand for such a reading that is firmer."""
_MESH: Final = "mesh"


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
        self._mesh_names: Final = lru_cache(maxsize=_CACHE)(self._looked_up)

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
        return self.link_all(
            {surface: self._grounder.ground(surface, MentionType.DISEASE, context)}, context, document
        )[surface]

    def link_all(
        self, exact: Mapping[str, Decision], context: Context, document: Collection[Curie] = ()
    ) -> dict[str, Decision]:
        """Link the diseases of a document.

        A name that MeSH itself gives a concept stands, unless training texts often mean something else by it; then, and
        for all other wordings, a judge weighs what is known: exact readings, what training texts mean by the surface,
        and what is similar. Against a name of MeSH it has no free hand, and where it finds nothing likely, most exact
        readings stand (`_may_replace`).

        Args:
            exact: for each mention, what the exact readings say.
            context: the document.
            document: further concepts that the document names.
        """
        result: dict[str, Decision] = {}
        open_: list[tuple[str, Collection[Curie], tuple[tuple[str, ...], ...]]] = []
        for surface, decision in exact.items():
            if self._is_of_mesh(decision) and not self._is_used_otherwise(surface, decision, context):
                result[surface] = decision
            elif len(surface) > _LONGEST:
                result[surface] = UNGROUNDED
            else:
                others = {c for s, d in exact.items() if s != surface for c in d.curies}.union(document)
                ways = () if decision.score >= _SURE else split(written_out(surface, context))
                open_.append((surface, others, ways))
        parts = [(part, others) for _, others, ways in open_ for way in ways for part in way]
        answers = iter(self._judged([*((surface, others) for surface, others, _ in open_), *parts], context))
        wholes = [next(answers) for _ in open_]
        for (surface, _, ways), whole in zip(open_, wholes, strict=True):
            enumerated = self._enumeration([[next(answers) for _ in way] for way in ways], whole)
            is_taken = whole.score >= self._threshold and not self._is_beside_head(surface, whole, context)
            chosen = enumerated or (whole if is_taken else UNGROUNDED)
            result[surface] = chosen if self._may_replace(chosen, exact[surface], context) else exact[surface]
        return result

    def _is_used_otherwise(self, surface: str, name: Decision, context: Context) -> bool:
        """Tell whether training texts often mean something else by a name than its concept."""
        found = self._model.memory.counts.get(key(written_out(surface, context)).strip())
        if not found:
            return False
        total = sum(found.values())
        return total >= _SUPPORT and total - sum(found.get(curie, 0) for curie in name.curies) >= _OFTEN * total

    def _is_of_mesh(self, name: Decision) -> bool:
        """Tell whether MeSH itself gives a concept the name that was read, not a vocabulary that refers to it."""
        return name.score >= _SURE and name.term is not None and self._mesh_names(name.term, name.curies)

    def _looked_up(self, term: str, curies: tuple[Curie, ...]) -> bool:
        found = self._names.ontology.lookup(term, (MentionType.DISEASE,))
        return any(one.source == _MESH and one.curie in curies for one in found)

    def _may_replace(self, chosen: Decision, name: Decision, context: Context) -> bool:
        """Tell whether what the judge chose may stand for an exact name: any concept, unless the name is one of MeSH.

        None may stand for a name that is only related to its concept. For a name of MeSH it may be a wider concept:
        annotators call "tardive dyskinesia" a drug-induced dyskinesia, throughout. In a text about the effects of drugs
        it may also be a narrower one, or something that drugs cause: "hepatitis" is a drug-induced liver injury there.
        """
        if not name.curies or not chosen.curies:
            return name.score < _FIRM
        if not self._is_of_mesh(name):
            return name.score < _FIRM or chosen.score >= _LIKELY
        if len(chosen.curies) != 1 or len(name.curies) != 1:
            return False
        (one,), (other,) = chosen.curies, name.curies
        ontology = self._names.ontology
        if one in ontology.ancestors(other):
            return True
        if context.words_starting(EFFECTS) < _EFFECTS:
            return False
        return other in ontology.ancestors(one) or any(t.startswith(_INDUCED) for t in ontology.tree_numbers(one))

    def _is_beside_head(self, surface: str, chosen: Decision, context: Context) -> bool:
        """Tell whether a wording that no training text has ends in the name of a disease unrelated to what was chosen.

        "Postoperative ileus" is an ileus, however much it resembles Pain, Postoperative. A head that names a process
        says less: conjunctival inflammation is a conjunctivitis.
        """
        wording = self.wording(surface, context)
        if self.knows(wording):
            return False
        words = wording.form.split()
        ontology = self._names.ontology
        for first in range(1, len(words)):
            head = self._grounder.ground(" ".join(words[first:]), MentionType.DISEASE, context)
            if head.score >= _SURE and not all(map(self._is_process, head.curies)):
                (one,) = chosen.curies
                line = {one, *ontology.ancestors(one)}
                return not any(curie in line or one in ontology.ancestors(curie) for curie in head.curies)
        return False

    def _is_process(self, curie: Curie) -> bool:
        """Tell whether a concept is but a pathological process or a symptom."""
        trees = self._names.ontology.tree_numbers(curie)
        return bool(trees) and all(tree.startswith(_PROCESSES) for tree in trees)

    def wording(self, surface: str, context: Context) -> Wording:
        """Return a mention as the judge sees it, with its exact readings."""
        text = written_out(surface, context)
        found = [r for r in self._grounder.readings(surface, context) if r.type is MentionType.DISEASE]
        best = self._grounder.best(found, MentionType.DISEASE, context)
        if best is not None:
            found.sort(key=lambda reading: reading is not best)
        readings = tuple((reading.curie, reading.score) for reading in found)
        return Wording(surface, key(text).strip(), readings, open=best is None, expanded=text != surface)

    def knows(self, wording: Wording) -> bool:
        """Tell whether training texts have a wording."""
        return wording.form in self._model.memory.counts

    def shortlist(self, wording: Wording, forgotten: str = "") -> Shortlist:
        """Return the candidates of a wording (`kg.grounding.candidates.find_candidates`), in the order of CURIEs."""
        found = find_candidates(wording.form, self._sources, forgotten)
        for curie, _ in wording.readings:
            for near in (curie, *self._names.ontology.parents(curie)):
                found.setdefault(near, Candidate(near))
        candidates = [found[curie] for curie in sorted(found) if self._names.ontology.resolve(curie) == curie]
        rows = self._features.rows(wording, candidates, forgotten)
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

    def _enumeration(self, ways: Sequence[Sequence[Decision]], whole: Decision) -> Decision | None:
        """Return the diseases of an enumeration, or None when the mention reads better as one."""
        best: Decision | None = None
        for found in ways:
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
    return Linker(Names(grounder.index.ontology), Model.load(MODEL), grounder) if MODEL.is_file() else None
