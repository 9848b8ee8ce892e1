"""The files of a study's fetched papers: one a paper, with where and when it came from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from kg.files import replacing_bytes, replacing_text
from kg.identifiers import Curie, digest

_INDEX: Final = "index.json"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A fetched file: its name, where it came from (address), on which day (ISO 8601), its SHA-256."""

    name: str
    source: str
    day: str
    sha256: str


class CorpusStore:
    """A folder of fetched files. What is in it need not be fetched again."""

    def __init__(self, folder: Path) -> None:
        """Open the folder; it is made when the first file is kept."""
        self.folder = folder
        self._files: dict[str, StoredFile] = {}
        try:
            entries = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
            self._files = {entry["name"]: StoredFile(**entry) for entry in entries}
        except (OSError, ValueError, TypeError, KeyError):
            # No index, or not one of ours: everything is fetched (or taken from the cache of answers) again.
            self._files = {}

    def path(self, name: str) -> Path:
        """Return where a file of this name is kept."""
        return self.folder / name

    def get(self, name: str) -> StoredFile | None:
        """Return a file that is there whole, None when it is missing or altered."""
        known = self._files.get(name)
        if known is None:
            return None
        try:
            content = self.path(name).read_bytes()
        except OSError:
            return None
        return known if hashlib.sha256(content).hexdigest() == known.sha256 else None

    def put(self, name: str, content: bytes, *, source: str, day: str) -> StoredFile:
        """Keep a file, and note where it came from; both are written whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        stored = StoredFile(name, source, day, hashlib.sha256(content).hexdigest())
        with replacing_bytes(self.path(name)) as stream:
            stream.write(content)
        self._files[name] = stored
        with replacing_text(self.path(_INDEX)) as index:
            json.dump([asdict(self._files[key]) for key in sorted(self._files)], index, indent=1)
            index.write("\n")
        return stored


def file_name(curie: Curie) -> str:
    """Return the name of the file that holds a paper: by database and number; a DOI by its hash."""
    prefix, _, local = curie.partition(":")
    match prefix:
        case "PMC":
            return f"PMC{local}.nxml"
        case "PMID":
            return f"PMID{local}.xml"
        case "NCT":
            return f"NCT{local}.json"
        case _:
            return f"doi-{digest(curie)}.json"
