"""The files of a study's fetched papers: one a paper, with where and when it came from."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from kg.errors import ServiceError
from kg.files import replacing_bytes
from kg.identifiers import Curie, digest, is_curie

_INDEX: Final = "index.jsonl"
SAFE_NAME: Final = re.compile(r"PMC\d+(?:\.bioc)?\.(?:nxml|xml)|PMID\d+\.xml|NCT\d{8}\.json|doi-[0-9a-f]+\.json")
"""Names of files of a corpus: no other is written or read, whatever a lock file or a service says."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A fetched file: its name, where it came from (address), on which day (ISO 8601), its SHA-256."""

    name: str
    source: str
    day: str
    sha256: str


class CorpusStore:
    """A folder of fetched files. What is in it, and what nobody had, need not be asked for again.

    Its index is a journal: a line is added for each file, the last one of a name counts.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder; it is made when the first file is kept."""
        self.folder = folder
        self._files: dict[str, StoredFile] = {}
        self._absent: set[str] = set()
        try:
            lines = (folder / _INDEX).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        for line in lines:
            self._take(line)

    def _take(self, line: str) -> None:
        try:
            entry = json.loads(line)
            if "absent" in entry:
                self._absent.add(str(entry["absent"]))
            else:
                stored = StoredFile(**entry)
                self._files[stored.name] = stored
                self._absent.discard(stored.name)
        except (ValueError, TypeError, KeyError):
            return  # a line cut short by an interruption: that file is fetched again

    def path(self, name: str) -> Path:
        """Return where a file of this name is kept.

        Raises:
            ServiceError: the name is none of a corpus (`SAFE_NAME`).
        """
        if not SAFE_NAME.fullmatch(name):
            raise ServiceError(f"{name[:60]!r} is no name of a file of a corpus")
        return self.folder / name

    def get(self, name: str, sha256: str | None = None) -> StoredFile | None:
        """Return a file that is there whole, None when it is missing, altered, or not that of `sha256`."""
        known = self._files.get(name)
        if known is None or (sha256 is not None and known.sha256 != sha256):
            return None
        try:
            content = self.path(name).read_bytes()
        except OSError:
            return None
        return known if hashlib.sha256(content).hexdigest() == known.sha256 else None

    def forget(self, name: str) -> None:
        """Let a file be fetched again."""
        self._files.pop(name, None)
        self._absent.discard(name)

    def is_absent(self, name: str) -> bool:
        """Tell whether it was asked for, and nobody had it."""
        return name in self._absent

    def put(self, name: str, content: bytes, *, source: str, day: str) -> StoredFile:
        """Keep a file, and note where it came from; a file is written whole or not at all."""
        path = self.path(name)
        stored = StoredFile(name, source, day, hashlib.sha256(content).hexdigest())
        with replacing_bytes(path) as stream:
            stream.write(content)
        self._files[name] = stored
        self._absent.discard(name)
        self._note(asdict(stored))
        return stored

    def note_absent(self, name: str) -> None:
        """Note that nobody has it."""
        if name not in self._absent:
            self._absent.add(name)
            self._note({"absent": name})

    def _note(self, entry: dict[str, str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _INDEX).open("a", encoding="utf-8", newline="\n") as index:
            index.write(json.dumps(entry) + "\n")


def file_name(curie: Curie) -> str:
    """Return the name of the file that holds a paper: by database and number; a DOI by its hash.

    Raises:
        ServiceError: it is no identifier of a paper.
    """
    prefix, _, local = curie.partition(":")
    names = {"PMC": f"PMC{local}.nxml", "PMID": f"PMID{local}.xml", "NCT": f"NCT{local}.json"}
    if not is_curie(curie) or prefix not in (*names, "doi"):
        raise ServiceError(f"{curie[:60]!r} is no identifier of a paper")
    return names.get(prefix) or f"doi-{digest(curie)}.json"
