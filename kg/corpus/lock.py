"""``corpus.lock.json``: which papers a study is made of, and the exact bytes of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from kg.corpus.store import SAFE_NAME
from kg.errors import ConfigError
from kg.files import replacing_text
from kg.identifiers import Curie, is_curie
from kg.model import ReferenceMatch, Relation

LOCK: Final = "corpus.lock.json"
_VERSION: Final = 1
_PAPERS: Final = ("PMC:", "PMID:", "doi:", "NCT:")


@dataclass(frozen=True, slots=True)
class LockedPaper:
    """A paper of the corpus.

    `id` is what it was asked by, `identifiers` all that are known; `form` is a value of `kg.corpus.papers.Form`; `file`
    its name in the folder of the corpus; `source` the address it came from, on `day` (ISO 8601; empty for what a
    search told); `licence` as the file states it.
    """

    id: Curie
    identifiers: tuple[Curie, ...]
    relation: Relation
    form: str
    file: str
    source: str
    day: str
    sha256: str
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """The papers in the order of the study, what bare references were found to be, and what nobody had.

    `title`, `description` and `people` are those of the study; `files` are the names of its own input files, which a
    lock cannot bring.
    """

    papers: tuple[LockedPaper, ...]
    matches: tuple[ReferenceMatch, ...] = ()
    missing: tuple[Curie, ...] = ()
    title: str = ""
    description: str = ""
    people: bool = True
    files: tuple[str, ...] = ()


def write_lock(path: Path, lock: Lock) -> None:
    """Write a lock file."""
    with replacing_text(path) as file:
        json.dump({"version": _VERSION, **asdict(lock)}, file, indent=1, ensure_ascii=False)
        file.write("\n")


def read_lock(path: Path) -> Lock:
    """Read a lock file; nothing in it is trusted that names a file or an identifier.

    Raises:
        ConfigError: it is missing, or no lock file of this version.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["version"] != _VERSION:
            raise ConfigError(f"is of version {record['version']}", where=path, remedy=f"this program reads {_VERSION}")
        return Lock(
            tuple(_paper(entry) for entry in record["papers"]),
            tuple(_match(entry) for entry in record["matches"]),
            tuple(map(str, record["missing"])),
            str(record["title"]),
            str(record["description"]),
            bool(record["people"]),
            tuple(map(str, record["files"])),
        )
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", where=path, remedy="check the path") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ConfigError("is no lock file of a corpus", where=path, remedy=f"give the {LOCK} of a build") from error


def _paper(entry: dict[str, Any]) -> LockedPaper:
    paper = LockedPaper(
        **{**entry, "identifiers": tuple(entry["identifiers"]), "relation": Relation(entry["relation"])}
    )
    # A lock file from elsewhere must name neither files outside the folder nor addresses of its own.
    if not SAFE_NAME.fullmatch(paper.file) or not all(map(_is_paper, (paper.id, *paper.identifiers))):
        raise ValueError(paper.file)
    return paper


def _is_paper(curie: str) -> bool:
    return curie.startswith(_PAPERS) and is_curie(curie)


def _match(entry: dict[str, Any]) -> ReferenceMatch:
    match = ReferenceMatch(**entry)
    if not _is_paper(match.identifier):
        raise ValueError(match.identifier)
    return match


def in_order(papers: Sequence[LockedPaper]) -> tuple[LockedPaper, ...]:
    """Return the papers, primary ones first, else in their order, each file once."""
    ranks = list(Relation)
    unique: dict[str, LockedPaper] = {}
    for paper in sorted(papers, key=lambda paper: ranks.index(paper.relation)):
        unique.setdefault(paper.file, paper)
    return tuple(unique.values())
