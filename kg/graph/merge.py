"""Several built studies as one graph.

Ids of assertions, evidence, interventions and mentions are hashes of what they say, so that what two studies say alike
is one node of the union. What the union alone would get wrong is put right: a paper of two studies, a paper that one
study cites and another one holds, names of concepts from different terminologies, and the counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from kg.graph import literals
from kg.graph.dataset import Dataset, GraphBuilder
from kg.graph.iris import CONCEPTS_GRAPH, PROVENANCE_GRAPH, SCHEMA_GRAPH
from kg.graph.ns import DCTERMS, MSCKG, PROV, RDF_TYPE, VOID
from kg.graph.provenance import add_run
from kg.graph.schema import schema_graph
from kg.graph.serialize import read_quads
from kg.graph.survey import NO_PAPERS, is_description, survey
from kg.graph.united_concepts import unite_concepts
from kg.graph.united_papers import SharedPaper, UnitedPapers, unite
from kg.identifiers import digest
from kg.model import Provenance


@dataclass(frozen=True, slots=True)
class MergedStudies:
    """One graph of several studies.

    `titles` are the studies', sorted; `papers` is how many there are, `shared` those that were in several studies.
    """

    dataset: Dataset
    titles: tuple[str, ...]
    papers: int
    shared: tuple[SharedPaper, ...]


@dataclass(slots=True)
class _Parts:
    """What is kept of the studies while they are read one after the other."""

    quads: set[Quad] = field(default_factory=set)
    used: set[NamedNode] = field(default_factory=set)
    concepts: list[list[Triple]] = field(default_factory=list)
    schema: set[Quad] = field(default_factory=set)
    runs: set[Quad] = field(default_factory=set)


def merge(studies: Sequence[Path], run: Provenance) -> MergedStudies:
    """Unite the graphs of built studies.

    Each paper keeps its named graph. A paper of several studies is taken whole from the first study in which it is
    primary, else from the first one. The runs of all studies are kept, the counts are made anew, and the schema is
    that of this program. The order of `studies` decides only what they tell differently: a paper of several studies
    and the name of a concept.

    Each file is read twice, one quad at a time: the memory needed is that of the result.

    Args:
        studies: the N-Quads of each study.
        run: the merging itself; its inputs and hash are filled in.

    Raises:
        GraphError: a file is missing or no N-Quads, or different papers have the same name.
    """
    surveys = [survey(read_quads(path)) for path in studies]
    papers = unite(surveys)
    own = [{graph: paper.node for graph, paper in each.papers.items()} for each in surveys]
    parts = _Parts()
    for number, path in enumerate(studies):
        _add_study(parts, read_quads(path), number, papers, own[number])
    for paper, graph, curie in papers.identifiers:
        parts.quads.add(Quad(paper, DCTERMS["identifier"], literals.text(curie), graph))
    concepts = {
        Quad(triple.subject, triple.predicate, triple.object, CONCEPTS_GRAPH)
        for triple in unite_concepts(parts.concepts, parts.used)
    }
    content = {quad.triple for quad in chain(parts.quads, concepts)}
    titles = [each.title or path.name for each, path in zip(surveys, studies, strict=True)]
    provenance = _provenance(parts.runs, _described(run, studies, titles), content, papers)
    schema = _schema(parts.schema)
    dataset = Dataset.from_quads(chain(parts.quads, concepts, schema, provenance))
    return MergedStudies(dataset, tuple(sorted(titles)), len(papers.taken_from), papers.shared)


def _add_study(
    parts: _Parts, quads: Iterable[Quad], number: int, papers: UnitedPapers, own: dict[NamedNode, NamedNode]
) -> None:
    parts.concepts.append([])
    for quad in quads:
        graph = quad.graph_name
        if graph == CONCEPTS_GRAPH:
            parts.concepts[-1].append(quad.triple)
        elif graph == SCHEMA_GRAPH:
            parts.schema.add(quad)
        elif graph == PROVENANCE_GRAPH:
            if _is_of_a_run(quad, number, papers):
                parts.runs.add(quad)
        elif isinstance(graph, NamedNode) and papers.taken_from.get(graph) == number:
            for kept in _of_paper(quad, graph, own[graph], papers):
                parts.quads.add(kept)
                if isinstance(kept.object, NamedNode):
                    parts.used.add(kept.object)


def _of_paper(quad: Quad, graph: NamedNode, paper: NamedNode, papers: UnitedPapers) -> Iterator[Quad]:
    """Yield what a quad of a paper's graph becomes: other papers get their names, and the best description of each."""
    subject, value = papers.name(quad.subject), papers.name(quad.object)
    if quad.subject == paper or not (is_description(quad) and papers.is_paper(subject)):
        yield Quad(subject, quad.predicate, value, graph)
    elif quad.predicate == RDF_TYPE:
        # Every description has a type: what is to be said comes once, in its place.
        yield from (Quad(subject, predicate, said, graph) for predicate, said in papers.description(subject))


def _is_of_a_run(quad: Quad, number: int, papers: UnitedPapers) -> bool:
    """Tell whether a quad of a study's provenance is kept: the data set, its counts and what is not taken are not."""
    subject = quad.subject
    if not isinstance(subject, NamedNode) or subject.value.startswith(MSCKG["dataset"].value) or subject in NO_PAPERS:
        return False
    is_graph = subject.value.startswith(MSCKG["graph/"].value)
    return not is_graph or papers.taken_from.get(subject) == number


def _described(run: Provenance, studies: Sequence[Path], titles: Sequence[str]) -> Provenance:
    """Return the merging with its inputs: each study's title and the hash of its graph, in no order of the user's."""
    hashes = []
    for path in studies:
        with path.open("rb") as file:
            hashes.append(hashlib.file_digest(file, "sha256").hexdigest())
    inputs = tuple(sorted(zip(titles, hashes, strict=True)))
    return replace(run, inputs=inputs, settings_sha256=digest("merge", run.study, run.title, inputs, length=64))


def _provenance(runs: set[Quad], run: Provenance, content: set[Triple], papers: UnitedPapers) -> Iterator[Quad]:
    graph = GraphBuilder(PROVENANCE_GRAPH)
    label = f"merge of {len(run.inputs)} studies into {run.study}"
    activity = add_run(graph, run, content, [(CONCEPTS_GRAPH, None), (SCHEMA_GRAPH, None)], label=label)
    for name in papers.taken_from:
        graph.add(MSCKG["dataset"], VOID["subset"], name)
    for quad in runs:
        if quad.predicate == RDF_TYPE and quad.object == PROV["Activity"] and isinstance(quad.subject, NamedNode):
            graph.add(activity, PROV["wasInformedBy"], quad.subject)
    return chain(runs, graph)


def _schema(of_studies: set[Quad]) -> Iterator[Quad]:
    """Yield this program's schema, and definitions that only an older one of a study has."""
    ours = list(schema_graph())
    defined = {quad.subject for quad in ours}
    return chain(ours, (quad for quad in of_studies if quad.subject not in defined))
