"""Folders of derived tables, made once and kept between runs."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from kg.errors import OntologyError


def cache_home() -> Path:
    """Return the directory that compiled ontologies are kept in: ``$KG_CACHE_DIR`` or ``~/.cache/msc-kg``."""
    chosen = os.environ.get("KG_CACHE_DIR")
    return Path(chosen) if chosen else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "msc-kg"


def cached_folder(name: str, write: Callable[[Path], None]) -> Path:
    """Return the folder `name` of the cache, filled by `write` when it is not there.

    Two processes may race: each works in its own directory, and the first to finish wins.

    Args:
        name: tells by what the content was made (fingerprints of data and code).
        write: fills an empty folder.

    Raises:
        OntologyError: the cache directory cannot be written.
    """
    home = cache_home()
    target = home / name
    if target.is_dir():
        return target
    try:
        home.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".making-", dir=home))
    except OSError as error:
        raise OntologyError(
            f"cannot be written: {error.strerror}", where=home, remedy="set KG_CACHE_DIR to a writable directory"
        ) from error
    try:
        write(work)
        try:
            work.rename(target)
        except OSError:
            if not target.is_dir():
                raise
    except OSError as error:
        raise OntologyError(
            f"cannot be written: {error.strerror}", where=home, remedy="free some space or set KG_CACHE_DIR"
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target
