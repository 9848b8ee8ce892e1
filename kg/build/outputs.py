"""Outputs take the place of older ones together, once all of them are made."""

from __future__ import annotations

from pathlib import Path


def move_outputs(new: Path, folder: Path) -> tuple[str, ...]:
    """Move the files of `new` into `folder`, in place of files of the same names; return the names, sorted."""
    names = sorted(path.name for path in new.iterdir())
    for name in names:
        (new / name).replace(folder / name)
    return tuple(names)
