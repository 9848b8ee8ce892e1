"""The run as RDF: PROV-O for how the graph came about, VoID and DCAT for what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph import literals
from kg.graph.dataset import GraphBuilder
from kg.graph.iris import node
from kg.graph.ns import DCAT, DCTERMS, MSCKG, PROV, RDF_TYPE, RDFS, SCHEMA, VOID
from kg.identifiers import Curie, digest
from kg.model import Provenance

_RIGHTS: Final = (
    "Labels and hierarchies keep the licences of their terminologies; sentences are quoted from the papers that are "
    "named as their sources."
)
_DISTRIBUTIONS: Final = (("graph.nq", "application/n-quads"), ("graph.ttl", "text/turtle"))
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"


def add_run(
    graph: GraphBuilder,
    run: Provenance,
    content: Iterable[Triple],
    graphs: Iterable[tuple[NamedNode, Curie | None]],
    *,
    label: str | None = None,
) -> NamedNode:
    """Describe the run and the data set; return the run's node.

    Args:
        graph: where to.
        run: the run.
        content: the distinct triples of the paper and concept graphs; the counts are of these.
        graphs: the named graphs, each with the paper that it is from (None for the concepts).
        label: what the run is called (default: the build of its study).
    """
    activity, dataset = run_node(run), MSCKG["dataset"]
    graph.type(activity, PROV["Activity"])
    graph.add(activity, RDFS["label"], literals.english(label or f"build of the study {run.study}"))
    graph.add(activity, MSCKG["settings_sha256"], literals.text(run.settings_sha256))
    if run.pipeline:
        graph.add(activity, MSCKG["pipeline"], literals.text(", ".join(run.pipeline)))
    graph.add(activity, PROV["wasAssociatedWith"], _add_software(graph, run))
    for used in (*_add_inputs(graph, run), *_add_terminologies(graph, run)):
        graph.add(activity, PROV["used"], used)
    _add_dataset(graph, dataset, run, list(content))
    graph.add(dataset, PROV["wasGeneratedBy"], activity)
    for name, paper in graphs:
        graph.type(name, PROV["Entity"], VOID["Dataset"])
        graph.add(dataset, VOID["subset"], name)
        graph.add(name, PROV["wasGeneratedBy"], activity)
        graph.add(name, PROV["hadPrimarySource"], node(paper) if paper is not None else None)
    return activity


def run_node(run: Provenance) -> NamedNode:
    """Return the node of a run, named by everything that decides its result."""
    terminologies = tuple((o.name, o.version, o.sha256) for o in run.ontologies)
    parts = (run.study, run.version, run.commit, run.settings_sha256, run.inputs, terminologies, run.pipeline)
    return MSCKG["run/" + digest(*parts)]


def _add_software(graph: GraphBuilder, run: Provenance) -> NamedNode:
    agent = MSCKG["software/" + digest(run.version, run.commit)]
    graph.type(agent, PROV["SoftwareAgent"])
    graph.add(agent, RDFS["label"], literals.english(f"msc-kg {run.version}"))
    graph.add(agent, SCHEMA["softwareVersion"], literals.text(run.version))
    if run.commit:
        graph.add(agent, MSCKG["commit"], literals.text(run.commit))
    return agent


def _add_inputs(graph: GraphBuilder, run: Provenance) -> list[NamedNode]:
    nodes = []
    for name, sha256 in run.inputs:
        entity = MSCKG["input/" + digest(name, sha256)]
        graph.type(entity, PROV["Entity"])
        graph.add(entity, RDFS["label"], literals.text(name))
        graph.add(entity, MSCKG["sha256"], literals.text(sha256))
        nodes.append(entity)
    return nodes


def _add_terminologies(graph: GraphBuilder, run: Provenance) -> list[NamedNode]:
    nodes = []
    for ontology in run.ontologies:
        entity = MSCKG["terminology/" + digest(ontology.name, ontology.version, ontology.sha256)]
        graph.type(entity, PROV["Entity"])
        graph.add(entity, RDFS["label"], literals.text(ontology.name))
        graph.add(entity, SCHEMA["version"], literals.text(ontology.version))
        graph.add(entity, DCTERMS["rights"], literals.text(ontology.licence))
        graph.add(entity, MSCKG["sha256"], literals.text(ontology.sha256))
        nodes.append(entity)
    return nodes


def _add_dataset(graph: GraphBuilder, dataset: NamedNode, run: Provenance, content: list[Triple]) -> None:
    graph.type(dataset, VOID["Dataset"], DCAT["Dataset"], PROV["Entity"])
    graph.add(dataset, DCTERMS["rights"], literals.english(_RIGHTS))
    for name, media_type in _DISTRIBUTIONS:
        distribution = MSCKG[f"dataset/{name}"]
        graph.type(distribution, DCAT["Distribution"])
        graph.add(distribution, DCTERMS["title"], literals.text(name))
        graph.add(distribution, DCAT["mediaType"], NamedNode(f"{_MEDIA_TYPES}{media_type}"))
        graph.add(dataset, DCAT["distribution"], distribution)
    graph.add(dataset, DCTERMS["title"], literals.text(run.title or run.study))
    graph.add(dataset, RDFS["label"], literals.text(run.title or run.study))
    graph.add(dataset, DCTERMS["issued"], _issued(run))
    graph.add(dataset, VOID["triples"], literals.integer(len(content)))
    graph.add(dataset, VOID["distinctSubjects"], literals.integer(len({triple.subject for triple in content})))
    graph.add(dataset, VOID["properties"], literals.integer(len({triple.predicate for triple in content})))
    classes = Counter(
        triple.object.value
        for triple in content
        if triple.predicate == RDF_TYPE and isinstance(triple.object, NamedNode)
    )
    for cls, count in classes.items():
        partition = MSCKG["dataset/" + digest(cls)]
        graph.type(partition, VOID["Dataset"])
        graph.add(dataset, VOID["classPartition"], partition)
        graph.add(partition, VOID["class"], NamedNode(cls))
        graph.add(partition, VOID["entities"], literals.integer(count))


def _issued(run: Provenance) -> Literal | None:
    return literals.date(run.generated[:10]) if run.generated else None
