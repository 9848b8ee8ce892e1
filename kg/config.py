"""Settings of a study, read from its ``pipeline.toml``.

A pipeline file is data, not code::

    [study]
    name = "endometrium"
    title = "Allogeneic MSCs in endometrium dysfunction"

    [[input]]
    path = "paper.md"            # relative to the pipeline file
    relation = "primary"         # primary (default), cited or related

    [corpus]                     # papers to fetch, in place of files or beside them
    papers = ["PMC12984748"]     # PMCIDs, PMIDs (PMID:123), DOIs (doi:10...), NCT numbers
    depth = 1                    # 1: what they cite is fetched too; 2: what that cites; 0: nothing
    max_documents = 500
    full_text = true             # open full texts of what is cited, not only abstracts

    [services]                   # who asks, where the environment (KG_EMAIL, NCBI_API_KEY) does not say
    email = "me@example.org"

    [nlp]
    people = true                # words for people (patients, women) are mentions of Homo sapiens

Unknown keys are errors: a misspelt option must never be a silent default.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.bibliographic_ids import as_written
from kg.errors import ConfigError
from kg.identifiers import Curie, digest
from kg.model.document import ReferenceMatch, Relation

PIPELINE_FILE: Final = "pipeline.toml"
PIPELINES: Final = Path("pipelines")
OUTPUTS: Final = Path("outputs")

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.IGNORECASE)
_KEYS: Final[dict[str, frozenset[str]]] = {
    "": frozenset({"study", "input", "corpus", "services", "nlp"}),
    "study": frozenset({"name", "title", "description"}),
    "input": frozenset({"path", "format", "relation"}),
    "corpus": frozenset({"papers", "depth", "max_documents", "full_text"}),
    "services": frozenset({"email", "api_key"}),
    "nlp": frozenset({"people"}),
}


@dataclass(frozen=True, slots=True)
class InputSpec:
    """One input file of a study; `format` None means: found out from its name and content."""

    path: Path
    relation: Relation = Relation.PRIMARY
    format: str | None = None


@dataclass(frozen=True, slots=True)
class CorpusSettings:
    """What to fetch: `papers` by identifier, and what they cite, `depth` steps far (0: nothing).

    `max_documents` bounds all that is fetched; `full_text` asks for open full texts of what is cited, not only
    abstracts. `lock` names a lock file that says it all instead.
    """

    papers: tuple[Curie, ...] = ()
    depth: int = 1
    max_documents: int = 500
    full_text: bool = True
    lock: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that decides what a build makes, but for the input's bytes and the program's version.

    `name` is the folder's name under ``outputs/``; `people` makes words for people mentions of Homo sapiens. `corpus`
    is None where nothing is fetched; `matches` are references without identifier that were found. `email` and `api_key`
    tell the services who asks; they decide nothing.
    """

    name: str
    title: str
    inputs: tuple[InputSpec, ...]
    description: str = ""
    people: bool = True
    corpus: CorpusSettings | None = None
    matches: tuple[ReferenceMatch, ...] = ()
    email: str | None = None
    api_key: str | None = field(default=None, repr=False)

    @property
    def sha256(self) -> str:
        """Hash of the settings; input paths count by name, so that a moved study keeps it."""
        inputs = tuple((spec.path.name, str(spec.relation), spec.format) for spec in self.inputs)
        matches = tuple((m.paper, m.key, m.identifier) for m in self.matches)
        return digest(self.name, self.title, self.description, inputs, self.people, matches, length=64)


def read_settings(path: Path) -> Settings:
    """Read a pipeline file.

    Args:
        path: the file, or the folder that holds a ``pipeline.toml``.

    Raises:
        ConfigError: the file is missing or not TOML, a key is unknown, missing or of the wrong type.
    """
    path = path / PIPELINE_FILE if path.is_dir() else path
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(
            "no such pipeline file", where=path, remedy="name a study folder or a pipeline.toml"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read ({error})", where=path, remedy="write it as UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"is not valid TOML: {error}", where=path, remedy="correct the line") from error

    _refuse_unknown(table, "", path)
    study = _table(table, "study", path)
    nlp, services = _table(table, "nlp", path), _table(table, "services", path)
    specs = table.get("input", [])
    corpus = _corpus(_table(table, "corpus", path), path) if "corpus" in table else None
    if not isinstance(specs, list) or not all(isinstance(spec, dict) for spec in specs) or not (specs or corpus):
        raise ConfigError("has no [[input]]", where=path, remedy='add [[input]] with path = "FILE", or [corpus]')
    name = _string(study, "name", path, default=path.parent.resolve().name)
    return Settings(
        name=check_name(name, path),
        title=_string(study, "title", path, default=name),
        description=_string(study, "description", path, default=""),
        inputs=tuple(_input(spec, path) for spec in specs),
        people=_boolean(nlp, "people", path, default=True),
        corpus=corpus,
        email=_string(services, "email", path) if "email" in services else None,
        api_key=_string(services, "api_key", path) if "api_key" in services else None,
    )


def _corpus(table: dict[str, Any], path: Path) -> CorpusSettings:
    listed = table.get("papers", [])
    papers = listed if isinstance(listed, list) else [listed]
    curies = [as_written(paper) if isinstance(paper, str) else None for paper in papers]
    if None in curies or papers is not listed:
        wrong = papers[curies.index(None)] if None in curies else listed
        raise ConfigError(
            f"papers: {wrong!r} is no identifier",
            where=path,
            remedy='write "PMC123", "PMID:123", "doi:10..." or "NCT..."',
        )
    default = CorpusSettings()
    return CorpusSettings(
        papers=tuple(curie for curie in curies if curie),
        depth=_integer(table, "depth", path, default=default.depth, least=0),
        max_documents=_integer(table, "max_documents", path, default=default.max_documents, least=1),
        full_text=_boolean(table, "full_text", path, default=default.full_text),
    )


def check_name(name: str, where: object) -> str:
    """Return `name` when it can be a folder's name under ``outputs/``.

    Raises:
        ConfigError: it is empty, too long, or holds a character other than letters, digits, ``.``, ``_``, ``-``.
    """
    if not _NAME.fullmatch(name):
        raise ConfigError(
            f"study name {name!r} cannot be a folder name", where=where, remedy="use letters, digits, '.', '_' and '-'"
        )
    return name


def _input(spec: dict[str, Any], path: Path) -> InputSpec:
    _refuse_unknown(spec, "input", path)
    file = _string(spec, "path", path)
    relation = _string(spec, "relation", path, default=Relation.PRIMARY.value)
    if relation not in set(Relation):
        raise ConfigError(
            f"relation = {relation!r} is unknown", where=path, remedy=f"use one of {', '.join(sorted(Relation))}"
        )
    return InputSpec(
        path=path.parent / file,
        relation=Relation(relation),
        format=_string(spec, "format", path) if "format" in spec else None,
    )


def _refuse_unknown(table: dict[str, Any], name: str, path: Path) -> None:
    unknown = sorted(set(table) - _KEYS[name])
    if unknown:
        place = f" in [{name}]" if name else ""
        raise ConfigError(
            f"unknown key {unknown[0]!r}{place}", where=path, remedy=f"known keys: {', '.join(sorted(_KEYS[name]))}"
        )


def _table(table: dict[str, Any], key: str, path: Path) -> dict[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise ConfigError(f"{key!r} is not a table", where=path, remedy=f"write [{key}]")
    _refuse_unknown(value, key, path)
    return value


def _string(table: dict[str, Any], key: str, path: Path, default: str | None = None) -> str:
    value = table.get(key, default)
    if value is None:
        raise ConfigError(f"key {key!r} is missing", where=path, remedy=f'add {key} = "..."')
    if not isinstance(value, str):
        raise ConfigError(f"{key} = {value!r} is not a string", where=path, remedy="put it in quotes")
    return value


def _integer(table: dict[str, Any], key: str, path: Path, *, default: int, least: int) -> int:
    value = table.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ConfigError(f"{key} = {value!r} is no whole number from {least} on", where=path, remedy="correct it")
    return value


def _boolean(table: dict[str, Any], key: str, path: Path, *, default: bool) -> bool:
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise ConfigError(f"{key} = {value!r} is not true or false", where=path, remedy=f"write {key} = true or false")
    return value
