"""Formats that every build writes: the file is copied, so that there is one way only to make it."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg.errors import GraphError
from kg.files import replacing_bytes


def write(source: Path, files: tuple[Path, ...]) -> None:
    """Copy a file of the build.

    Raises:
        GraphError: the build did not write it.
    """
    try:
        built = source.open("rb")
    except FileNotFoundError as error:
        raise GraphError("no such file of the build", where=source, remedy="build the study again") from error
    with built, replacing_bytes(files[0]) as file:
        shutil.copyfileobj(built, file)
