"""What the user asked to build: a study, files, or identifiers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kg.config import PIPELINE_FILE, PIPELINES, InputSpec, Settings, check_name, read_settings
from kg.errors import ConfigError, SourceError
from kg.model import Relation

_IDENTIFIER: Final = re.compile(r"PMC\d+|PMID:\s*\d+|doi:\s*10\.\S+|10\.\d{4,9}/\S+|NCT\d{8}", re.IGNORECASE)
_BIBLIOGRAPHIES: Final = ("bibtex", "csl-json", "medline", "ris")


def resolve_targets(targets: Sequence[str], *, name: str | None = None) -> list[Settings]:
    """Turn the arguments of ``kg build`` into studies: one for each study named, one for all files together.

    Args:
        targets: names of studies under ``pipelines/``, pipeline files or their folders, document files.
        name: name of the study made of files (default: the first file's name without its endings).

    Raises:
        ConfigError: a target is neither a study nor a file.
        SourceError: a target is an identifier, which this version cannot fetch.
    """
    studies: list[Settings] = []
    files: list[Path] = []
    for target in targets:
        pipeline = _pipeline_file(target)
        if pipeline is not None:
            studies.append(read_settings(pipeline))
        elif Path(target).is_file():
            files.append(Path(target))
        elif _IDENTIFIER.fullmatch(target):
            raise SourceError(
                "fetching a paper by its identifier is not available yet",
                where=target,
                remedy="download its JATS XML or text and run 'kg build FILE'",
            )
        else:
            raise ConfigError("no such study, file or identifier", where=target, remedy=_known_studies())
    if files:
        studies.append(_study_of_files(files, name))
    return studies


def _pipeline_file(target: str) -> Path | None:
    path = Path(target)
    candidates = (path, path / PIPELINE_FILE, PIPELINES / target / PIPELINE_FILE)
    return next((p for p in candidates if p.suffix == ".toml" and p.is_file()), None)


def _known_studies() -> str:
    names = sorted(p.parent.name for p in PIPELINES.glob(f"*/{PIPELINE_FILE}"))
    return f"studies here: {', '.join(names)}" if names else "name a file or a folder with a pipeline.toml"


def _study_of_files(files: Sequence[Path], name: str | None) -> Settings:
    from kg.sources import detect_format

    stem = files[0].name.split(".")[0]
    specs = tuple(
        InputSpec(path, Relation.RELATED if detect_format(path) in _BIBLIOGRAPHIES else Relation.PRIMARY)
        for path in files
    )
    return Settings(name=check_name(name or stem, files[0]), title=name or stem, inputs=specs)
