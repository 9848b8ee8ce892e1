"""The schema as a page for people: ``python -m kg.graph.schema_page`` writes ``ontologies/schema/schema.md``.

Made from ``schema.ttl`` (our own classes and properties) and ``shapes.ttl`` (what a node of each class has), so that it
cannot say what the graph does not do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH, SKOS

from kg.files import replacing_text
from kg.graph.schema import SCHEMA, SHAPES, schema_file

PAGE: Final = "schema.md"
_CLOSE: Final = (SKOS.closeMatch, SKOS.exactMatch, RDFS.subClassOf, RDFS.subPropertyOf)
_HEAD: Final = """# The schema of the graph

Made by `make schema` from [schema.ttl](schema.ttl) and [shapes.ttl](shapes.ttl); do not edit. What belongs together,
and why, is told in [kg/graph/README.md](../../kg/graph/README.md). Every build is checked against the shapes.
"""


@dataclass(frozen=True, slots=True)
class _Constraint:
    """What a shape asks of one property: how many, and of what kind."""

    path: str
    count: str
    kind: str
    targets: tuple[str, ...]


def schema_page() -> str:
    """Return the page as Markdown.

    Raises:
        GraphError: a file of the schema is missing.
    """
    schema = rdflib.Graph().parse(schema_file(SCHEMA))
    shapes = rdflib.Graph().parse(schema_file(SHAPES))
    nodes = sorted(_shapes(shapes))
    parts = [
        _HEAD,
        "## At a glance\n",
        *_picture(nodes),
        "",
        "## Our own classes and properties\n",
        *_terms(schema),
        "",
    ]
    parts += ["## What a node of each class has\n"]
    for name, constraints in nodes:
        rows = [f"| `{c.path}` | {c.count} | {c.kind} |" for c in constraints]
        parts += [f"### {name}\n", "| property | how many | what |", "| --- | --- | --- |", *rows, ""]
    return "\n".join(parts).rstrip() + "\n"


def _terms(schema: rdflib.Graph) -> Iterator[str]:
    yield "| name | meaning | of | value | nearest public term |"
    yield "| --- | --- | --- | --- | --- |"
    named = sorted({s for s in schema.subjects(RDFS.comment) if isinstance(s, rdflib.URIRef)})
    for term in named:
        about = [
            f"`{_short(schema, term)}`",
            str(schema.value(term, RDFS.comment)).replace("|", "\\|"),
            *(_list(schema, schema.objects(term, predicate)) for predicate in (RDFS.domain, RDFS.range)),
            _list(schema, (value for predicate in _CLOSE for value in schema.objects(term, predicate))),
        ]
        yield f"| {' | '.join(about)} |"


def _list(graph: rdflib.Graph, values: Iterable[rdflib.term.Node]) -> str:
    return ", ".join(f"`{name}`" for name in sorted({_short(graph, value) for value in values}))


def _short(graph: rdflib.Graph, term: rdflib.term.Node) -> str:
    return graph.namespace_manager.normalizeUri(str(term)).strip("<>")


def _shapes(shapes: rdflib.Graph) -> Iterator[tuple[str, tuple[_Constraint, ...]]]:
    """Yield for each shape of nodes whom it is for, and what it asks of their properties."""
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        target = shapes.value(shape, SH.targetClass)
        holder = shapes.value(shape, SH.targetSubjectsOf)
        object_of = shapes.value(shape, SH.targetObjectsOf)
        name = (
            f"`{_short(shapes, target)}`"
            if target
            else f"What has `{_short(shapes, holder)}`"
            if holder
            else f"What `{_short(shapes, object_of or shape)}` points at"
        )
        found = (_constraint(shapes, each) for each in shapes.objects(shape, SH.property))
        yield name, tuple(sorted(found, key=lambda constraint: (constraint.path, constraint.kind)))


def _constraint(shapes: rdflib.Graph, shape: rdflib.term.Node) -> _Constraint:
    path = shapes.value(shape, SH.path)
    least, most = shapes.value(shape, SH.minCount), shapes.value(shape, SH.maxCount)
    if isinstance(path, rdflib.BNode):
        alternatives = Collection(shapes, shapes.value(path, SH.alternativePath) or RDF.nil)
        name = " or ".join(_short(shapes, each) for each in alternatives)
    else:
        name = _short(shapes, path or shape)
    count = f"{least or 0} to {most or 'many'}" if (least or 0) != (most or None) else str(least)
    kinds = [_list(shapes, shapes.objects(shape, SH[name])) for name in ("class", "datatype", "hasValue")]
    listed = shapes.value(shape, SH["in"])
    if listed is not None:
        kinds.append("one of " + ", ".join(f"`{_short(shapes, each)}`" for each in Collection(shapes, listed)))
    pattern = shapes.value(shape, SH.pattern)
    if pattern is not None:
        kinds.append(f"like `{pattern}`".replace("|", "\\|"))
    targets = tuple(sorted(_short(shapes, each) for each in shapes.objects(shape, SH["class"])))
    return _Constraint(name, count, "; ".join(kind for kind in kinds if kind) or "any value", targets)


def _picture(nodes: Iterable[tuple[str, tuple[_Constraint, ...]]]) -> Iterator[str]:
    """Yield a Mermaid diagram (https://mermaid.js.org/) of which class points at which, by what."""
    yield "```mermaid"
    yield "flowchart LR"
    drawn: dict[tuple[str, str], list[str]] = {}
    for name, constraints in nodes:
        if not name.startswith("`"):
            continue
        for constraint in constraints:
            for target in constraint.targets:
                if " " not in constraint.path:
                    drawn.setdefault((name.strip("`"), target), []).append(constraint.path)
    for (source, target), paths in sorted(drawn.items()):
        yield f"  {_node(source)} -- {'<br>'.join(sorted(paths))} --> {_node(target)}"
    yield "```"


def _node(name: str) -> str:
    return f'{name.replace(":", "_")}["{name}"]'


def main() -> None:
    """Write the page beside the schema."""
    with replacing_text(schema_file(SCHEMA).with_name(PAGE)) as file:
        file.write(schema_page())


if __name__ == "__main__":
    main()
