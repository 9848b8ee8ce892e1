"""The papers of several studies as one set: which graph each is taken from, and one name and description for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from pyoxigraph import NamedNode

from kg.errors import GraphError
from kg.graph.ns import DCTERMS, RDFS
from kg.graph.papers import identifier_order
from kg.graph.results import friendly
from kg.graph.survey import IDENTIFYING, Property, StudyPaper, Survey, identifiers_of
from kg.identifiers import LOCAL
from kg.model import Relation

T = TypeVar("T")
_PRIMARY: Final = Relation.PRIMARY.value


@dataclass(frozen=True, slots=True)
class SharedPaper:
    """A paper (a CURIE) of several studies: their numbers, and the one that it is taken from, with its role there."""

    paper: str
    studies: tuple[int, ...]
    taken_from: int
    role: str


@dataclass(frozen=True, slots=True)
class UnitedPapers:
    """The papers of several studies; studies are numbered in the order given.

    `taken_from` has the study of each named graph that is kept. `names` has the name of each paper that goes by
    another one. `documents` are the papers that are kept, `described` has what is said of papers that are only cited.
    `identifiers` are those that the kept papers have in other studies only, each as paper, named graph and CURIE.
    """

    taken_from: Mapping[NamedNode, int]
    names: Mapping[NamedNode, NamedNode]
    described: Mapping[NamedNode, frozenset[Property]]
    shared: tuple[SharedPaper, ...]
    documents: frozenset[NamedNode]
    identifiers: frozenset[tuple[NamedNode, NamedNode, str]]

    def name(self, term: T) -> T | NamedNode:
        """Return what a paper is called; any other term stays as it is."""
        return self.names.get(term, term) if isinstance(term, NamedNode) else term

    def description(self, paper: object) -> frozenset[Property]:
        """Return what is said of a paper that is only cited; nothing for a document, which describes itself."""
        return self.described.get(paper, frozenset()) if isinstance(paper, NamedNode) else frozenset()

    def is_paper(self, node: object) -> bool:
        """Tell whether a node is a paper, so that what the graphs of other papers say of it describes it."""
        return node in self.described or node in self.documents


def unite(surveys: Sequence[Survey]) -> UnitedPapers:
    """Decide which graph each paper is taken from, and what each cited paper is called.

    A paper of several studies is taken from the first study in which it is primary, else from the first one; its
    other graphs are left out. Documents are the same paper when their own records share an identifier. A cited paper
    that is a document somewhere goes by that document's name and needs no description.

    Raises:
        GraphError: two documents that are named by their files have one name and two titles.
    """
    groups = [(min(group, key=_preference), group) for group in _same_paper(surveys)]
    groups.sort(key=lambda each: each[0][1].node.value)
    names: dict[NamedNode, NamedNode] = {}
    owner: dict[str, NamedNode] = {}
    shared: list[SharedPaper] = []
    for (number, chosen), group in groups:
        for _, paper in group:
            _refuse_namesake(chosen, paper)
            names[paper.node] = chosen.node
            for curie in paper.identifiers:
                owner.setdefault(curie, chosen.node)
        if len(group) > 1:
            shared.append(
                SharedPaper(friendly(chosen.node), tuple(sorted(study for study, _ in group)), number, chosen.role)
            )
    taken_from = {chosen.graph: number for (number, chosen), _ in groups}
    described = _describe(surveys, names, owner)
    renamed = {node: name for node, name in names.items() if node != name}
    documents = frozenset(chosen.node for (_, chosen), _ in groups)
    # Else a later merge would not see that a paper is the same.
    identifiers = frozenset(
        (chosen.node, chosen.graph, curie)
        for (_, chosen), group in groups
        for _, paper in group
        for curie in paper.identifiers - chosen.identifiers
    )
    return UnitedPapers(taken_from, renamed, described, tuple(shared), documents, identifiers)


def _preference(found: tuple[int, StudyPaper]) -> tuple[bool, int, str]:
    number, paper = found
    return paper.role != _PRIMARY, number, paper.node.value


def _refuse_namesake(one: StudyPaper, other: StudyPaper) -> None:
    if one.node == other.node and one.node.value.startswith(LOCAL) and one.title != other.title:
        raise GraphError(
            f"{one.title!r} and {other.title!r} have the same name",
            where=one.node.value,
            remedy="rename the file of one of them and build its study again",
        )


def _same_paper(surveys: Sequence[Survey]) -> list[list[tuple[int, StudyPaper]]]:
    """Return the documents of all studies, those of one paper together, each with the number of its study."""
    found = [(number, paper) for number, study in enumerate(surveys) for paper in study.papers.values()]
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while (above := root.setdefault(name, name)) != name:
            name = above
        return name

    for _, paper in found:
        first, *others = sorted({paper.node.value, *paper.identifiers})
        for other in others:
            low, high = sorted((find(first), find(other)))
            root[high] = low
    groups: dict[str, list[tuple[int, StudyPaper]]] = {}
    for number, paper in found:
        groups.setdefault(find(paper.node.value), []).append((number, paper))
    return [part for group in groups.values() for part in _split(group)]


def _split(group: list[tuple[int, StudyPaper]]) -> list[list[tuple[int, StudyPaper]]]:
    """Take a group with two documents of one study apart: that study told them apart, so an identifier is wrong."""
    if len({number for number, _ in group}) == len(group):
        return [group]
    by_node: dict[NamedNode, list[tuple[int, StudyPaper]]] = {}
    for number, paper in group:
        by_node.setdefault(paper.node, []).append((number, paper))
    return list(by_node.values())


def _describe(
    surveys: Sequence[Survey], names: dict[NamedNode, NamedNode], owner: dict[str, NamedNode]
) -> dict[NamedNode, frozenset[Property]]:
    """Name the papers that are cited, and describe those that are no documents; `names` and `owner` are filled up."""
    said: dict[NamedNode, set[frozenset[Property]]] = {}
    for study in surveys:
        for node, descriptions in study.described.items():
            if node not in names:
                said.setdefault(node, set()).update(descriptions)
    known = {
        node: identifiers_of(fact for facts in descriptions for fact in facts) for node, descriptions in said.items()
    }
    by_name: dict[NamedNode, set[frozenset[Property]]] = {}
    for node in sorted(said, key=lambda node: (min(map(identifier_order, known[node]), default=(99, "")), node.value)):
        ordered = sorted(known[node], key=identifier_order)
        name = names[node] = next((owner[curie] for curie in ordered if curie in owner), node)
        for curie in ordered:
            owner.setdefault(curie, name)
        by_name.setdefault(name, set()).update(said[node])
    documents = {names[paper.node] for study in surveys for paper in study.papers.values()}
    return {name: _best(descriptions) for name, descriptions in by_name.items() if name not in documents}


def _best(descriptions: Iterable[frozenset[Property]]) -> frozenset[Property]:
    """Return the description that tells most, with the identifiers of all."""
    ranked = sorted(descriptions, key=_rank)
    return frozenset(
        fact for place, facts in enumerate(ranked) for fact in facts if not place or fact[0] in IDENTIFYING
    )


def _rank(facts: frozenset[Property]) -> tuple[int, list[str]]:
    """A title beside a citation comes first, then any other text, last what has only an identifier for a label."""
    label = next((value.value for predicate, value in facts if predicate == RDFS["label"]), "")
    cited = {value.value for predicate, value in facts if predicate == DCTERMS["bibliographicCitation"]}
    codes = {value.value for predicate, value in facts if predicate == DCTERMS["identifier"]}
    bare = label in codes | {code.replace("NCT:", "NCT") for code in codes}
    rank = 2 if bare else 0 if cited and label not in cited else 1
    return rank, sorted(f"{predicate} {value}" for predicate, value in facts)
