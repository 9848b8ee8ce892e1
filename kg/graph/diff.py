"""What differs between two graphs: what appeared, what disappeared, what is told otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from kg.graph.facts import Claim, GraphFacts, PaperFacts, Results, facts_of
from kg.graph.serialize import read_quads
from kg.identifiers import Curie

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Changes(Generic[K, V]):
    """Differences of one kind of thing, each sorted; what changed has its old and its new value.

    A changed thing goes by its old name; `renamed` has the new one where it has another.
    """

    appeared: tuple[tuple[K, V], ...]
    disappeared: tuple[tuple[K, V], ...]
    changed: tuple[tuple[K, V, V], ...]
    renamed: Mapping[K, K]

    def __bool__(self) -> bool:
        return bool(self.appeared or self.disappeared or self.changed)


@dataclass(frozen=True, slots=True)
class GraphDiff:
    """Differences of two graphs.

    A claim has changed when the set of its results (polarity or direction, and whether it is denied) is another one;
    more papers that say the same are no change. `labels` are those of the new graph, then of the old one.
    """

    papers: Changes[Curie, PaperFacts]
    interventions: Changes[Curie, str]
    assertions: Changes[Claim, Results]
    effects: Changes[Claim, Results]
    labels: Mapping[Curie, str]

    def __bool__(self) -> bool:
        return any((self.papers, self.interventions, self.assertions, self.effects))


def diff(old: Path, new: Path) -> GraphDiff:
    """Compare two graphs; each file is read once, one quad at a time.

    Papers are the same when they share an identifier, interventions when they are the same product, assertions when
    subject, predicate, object, species and kind of study are the same, effects on cells when in addition the same
    aspect of the cells is meant.

    Args:
        old: N-Quads of a study.
        new: those that it is compared to.

    Raises:
        GraphError: a file is missing or no N-Quads.
    """
    return compare(facts_of(read_quads(old)), facts_of(read_quads(new)))


def compare(old: GraphFacts, new: GraphFacts) -> GraphDiff:
    """Compare what two graphs say; see `diff`."""
    labels = old.labels | new.labels

    def by_label(claim: Claim) -> tuple[str, ...]:
        names = [labels.get(curie, curie) for curie in (claim.subject, claim.object)]
        rest = (claim.species, claim.study_type, claim.aspect, claim.phase, claim.subject, claim.object)
        return (*names, claim.predicate, *(part or "" for part in rest))

    def of_intervention(curie: Curie) -> tuple[str, str]:
        return labels.get(curie, ""), curie

    return GraphDiff(
        _changes(old.papers, new.papers, str, renamed=_renamed(old.papers, new.papers)),
        _changes(old.interventions, new.interventions, of_intervention),
        _changes(old.assertions, new.assertions, by_label, same=_same_results),
        _changes(old.effects, new.effects, by_label, same=_same_results),
        labels,
    )


def _same_results(old: Results, new: Results) -> bool:
    return old.keys() == new.keys()


def _changes(
    old: Mapping[K, V],
    new: Mapping[K, V],
    order: Callable[[K], str | tuple[str, ...]],
    *,
    same: Callable[[V, V], bool] = lambda old, new: old == new,
    renamed: Mapping[K, K] | None = None,
) -> Changes[K, V]:
    renamed = renamed or {}
    arrived = set(renamed.values())

    def ordered(keys: Iterable[K]) -> list[K]:
        return sorted(keys, key=lambda key: (order(key),))

    pairs = [(key, old[key], new[renamed.get(key, key)]) for key in ordered(old) if renamed.get(key, key) in new]
    return Changes(
        appeared=tuple((key, new[key]) for key in ordered(new) if key not in old and key not in arrived),
        disappeared=tuple((key, old[key]) for key in ordered(old) if key not in new and key not in renamed),
        changed=tuple(pair for pair in pairs if pair[0] in renamed or not same(pair[1], pair[2])),
        renamed=renamed,
    )


def _renamed(old: Mapping[Curie, PaperFacts], new: Mapping[Curie, PaperFacts]) -> dict[Curie, Curie]:
    """Return the papers that go by another identifier in the new graph (a DOI was found since), old to new."""
    known = {identifier: curie for curie in sorted(new) if curie not in old for identifier in new[curie].identifiers}
    found: dict[Curie, Curie] = {}
    for curie in sorted(old):
        if curie not in new:
            others = {known[identifier] for identifier in old[curie].identifiers if identifier in known}
            if len(others) == 1 and not others & set(found.values()):
                found[curie] = others.pop()
    return found
