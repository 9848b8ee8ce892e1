"""Who may import what: the architecture, held by a test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg

ROOT = Path(kg.__file__).parent

MAY_IMPORT = {
    "bibliographic_ids": {"identifiers"},
    "errors": set(),
    "files": set(),
    "identifiers": {"errors"},
    "vocabulary": {"identifiers"},
    "model": {"identifiers"},
    "config": {"bibliographic_ids", "errors", "identifiers", "model"},
    "ontology": {"errors", "files", "identifiers", "model", "vocabulary"},
    "grounding": {"errors", "identifiers", "model", "vocabulary", "ontology"},
    "sources": {"bibliographic_ids", "errors", "identifiers", "model"},
    "services": {"bibliographic_ids", "errors", "identifiers"},
    "corpus": {"config", "errors", "files", "identifiers", "model", "services", "sources"},
    "nlp": {"errors", "files", "identifiers", "model", "vocabulary", "ontology", "grounding"},
    "training": {
        *("errors", "evaluation", "files", "grounding", "identifiers", "model", "nlp", "ontology", "sources"),
        "vocabulary",
    },
    "annotation": {"model", "nlp", "ontology"},
    "writers": {"identifiers", "model", "ontology", "vocabulary"},
    "evaluation": {
        *("annotation", "errors", "graph", "identifiers", "model", "nlp", "ontology", "sources", "view"),
        *("vocabulary", "writers"),
    },
    "graph": {"errors", "files", "identifiers", "model", "vocabulary"},
    "view": {"errors", "files", "identifiers", "model", "vocabulary"},
    "exports": {"errors", "files", "graph", "identifiers", "vocabulary"},
    "serve": {"errors", "graph"},
    "study": {"config", "errors", "graph"},
    "build": {
        *("annotation", "bibliographic_ids", "config", "errors", "files", "graph", "identifiers", "model"),
        *("ontology", "sources", "view"),
    },
    "cli": {
        *("annotation", "build", "config", "corpus", "errors", "evaluation", "exports", "files", "graph", "model"),
        *("ontology", "serve", "services", "sources", "study", "writers"),
    },
}
"""Rooms of the package, and the rooms that each may import; what is missing here may be imported by nobody."""

LIVES_IN = {
    "spacy": {"annotation", "nlp", "training"},
    "scispacy": {"nlp"},
    "rdflib": {"graph"},
    "pyoxigraph": {"exports", "graph", "ontology", "study"},
    "oxrdflib": {"graph"},
    "pandas": {"graph"},
    "pyshacl": {"graph"},
    "networkx": {"evaluation", "graph", "view"},
    "igraph": {"view"},
    "pyvis": {"evaluation", "view"},
    "lxml": {"sources"},
    "marisa_trie": {"grounding", "nlp", "ontology", "training"},
    "click": {"cli"},
    "gensim": {"training"},
    "safetensors": {"training"},
    "tokenizers": {"training"},
    "torch": {"training"},
    "pycrfsuite": {"training"},
    "sklearn": {"training"},
    "requests": {"services"},
    "requests_cache": {"services"},
    "requests_ratelimiter": {"services"},
    "rich": {"cli"},
    "tenacity": {"services"},
    "urllib3": {"services"},
    "starlette": {"serve"},
    "uvicorn": {"cli"},
    "socket": set(),
    "urllib.request": set(),
    "http.client": set(),
}
"""Packages that only the named rooms may import."""


def modules() -> Iterator[tuple[str, Path, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        room = parts[0]
        if room != "__init__":
            yield room, path, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names) if module == "kg" else (module,)


def test_every_room_is_in_the_plan() -> None:
    assert {room for room, _, _ in modules()} == set(MAY_IMPORT)


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_what_it_may(room: str) -> None:
    for name, path, tree in modules():
        if name != room:
            continue
        for module in imports(tree):
            if module.startswith("kg."):
                other = module.split(".")[1]
                assert other == room or other in MAY_IMPORT[room], f"{path.relative_to(ROOT)} imports {module}"


@pytest.mark.parametrize("package", sorted(LIVES_IN))
def test_a_package_lives_only_in_its_rooms(package: str) -> None:
    for room, path, tree in modules():
        for module in imports(tree):
            if module == package or module.startswith(package + "."):
                assert room in LIVES_IN[package], f"{path.relative_to(ROOT)} imports {module}"


def test_no_module_is_a_god_or_a_drawer() -> None:
    for _, path, _ in modules():
        assert path.stem not in {"utils", "util", "helpers", "misc", "common"}, path
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, f"{path} is too long for one job"
