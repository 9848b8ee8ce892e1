"""``corpus.lock.json``: which papers a study is made of, and the exact bytes of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import ConfigError
from kg.files import replacing_text
from kg.identifiers import Curie
from kg.model import ReferenceMatch, Relation

LOCK: Final = "corpus.lock.json"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class LockedPaper:
    """A paper of the corpus.

    `id` is what it was asked by, `identifiers` all that are known; `form` is "full text", "abstract" or "registry
    record"; `file` its name in the folder of the corpus; `source` the address it came from, on `day` (ISO 8601; empty
    for what a search told); `licence` as the file states it.
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
    """The papers in the order of the study, what bare references were found to be, and what nobody had."""

    papers: tuple[LockedPaper, ...]
    matches: tuple[ReferenceMatch, ...] = ()
    missing: tuple[Curie, ...] = ()


def write_lock(path: Path, lock: Lock) -> None:
    """Write a lock file."""
    record = {
        "version": _VERSION,
        "papers": [asdict(paper) for paper in lock.papers],
        "matches": [asdict(match) for match in lock.matches],
        "missing": list(lock.missing),
    }
    with replacing_text(path) as file:
        json.dump(record, file, indent=1, ensure_ascii=False)
        file.write("\n")


def read_lock(path: Path) -> Lock:
    """Read a lock file.

    Raises:
        ConfigError: it is missing, or no lock file of this version.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["version"] != _VERSION:
            raise ConfigError(f"is of version {record['version']}", where=path, remedy=f"this program reads {_VERSION}")
        return Lock(
            tuple(_paper(entry) for entry in record["papers"]),
            tuple(ReferenceMatch(**entry) for entry in record["matches"]),
            tuple(map(str, record["missing"])),
        )
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", where=path, remedy="check the path") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError("is no lock file of a corpus", where=path, remedy=f"give the {LOCK} of a build") from error


def _paper(entry: dict[str, Any]) -> LockedPaper:
    name = str(entry["file"])
    if Path(name).name != name or name.startswith("."):
        raise ValueError(name)  # a lock file from elsewhere must not name files outside the folder
    return LockedPaper(**{**entry, "identifiers": tuple(entry["identifiers"]), "relation": Relation(entry["relation"])})


def in_order(papers: Sequence[LockedPaper]) -> tuple[LockedPaper, ...]:
    """Return the papers, primary ones first, else in their order, each file once."""
    ranks = list(Relation)
    unique: dict[str, LockedPaper] = {}
    for paper in sorted(papers, key=lambda paper: ranks.index(paper.relation)):
        unique.setdefault(paper.file, paper)
    return tuple(unique.values())
