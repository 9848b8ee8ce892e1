"""What the user asked to build: a study, files, or identifiers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.bibliographic_ids import as_written
from kg.config import (
    PIPELINE_FILE,
    PIPELINES,
    CorpusSettings,
    InputSpec,
    Settings,
    check_name,
    read_settings,
)
from kg.errors import ConfigError
from kg.identifiers import Curie
from kg.model import Relation

_BIBLIOGRAPHIES: Final = ("bibtex", "csl-json", "medline", "ris")
_LOCK_ENDING: Final = ".lock.json"
_NOT_IN_NAME: Final = re.compile(r"[^A-Za-z0-9._-]+")


def resolve_targets(
    targets: Sequence[str], *, name: str | None = None, depth: int | None = None, max_documents: int | None = None
) -> list[Settings]:
    """Turn the arguments of ``kg build`` into studies: one for each study named, one for the rest together.

    Args:
        targets: names of studies under ``pipelines/``, pipeline files or their folders, document files, lock files,
            identifiers.
        name: name of the study made of files and identifiers (default: the first one's).
        depth: steps of references to fetch (default: that of the pipeline file; 1 for identifiers, 0 for files).
        max_documents: bound of what is fetched (default: that of the pipeline file, or 500).

    Raises:
        ConfigError: a target is neither a study, nor a file, nor an identifier; or a lock file is given with limits.
    """
    studies: list[Settings] = []
    files: list[Path] = []
    papers: list[Curie] = []
    for target in targets:
        pipeline = _pipeline_file(target)
        if pipeline is not None:
            studies.append(read_settings(pipeline))
        elif Path(target).is_file() and target.endswith(_LOCK_ENDING):
            studies.append(_study_of_lock(Path(target), name))
        elif Path(target).is_file():
            files.append(Path(target))
        elif (curie := as_written(target)) is not None:
            papers.append(curie)
        else:
            raise ConfigError("no such study, file or identifier", where=target, remedy=_known_studies())
    if files or papers:
        studies.append(_study_of_parts(files, papers, name))
    return [_limited(study, depth, max_documents) for study in studies]


def _limited(study: Settings, depth: int | None, max_documents: int | None) -> Settings:
    """Return the study with the limits that the command line gives."""
    if depth is None and max_documents is None:
        return study
    if study.corpus is not None and study.corpus.lock is not None:
        raise ConfigError(
            "a lock file says itself what to fetch",
            where=study.corpus.lock,
            remedy="leave --depth and --max-documents out, or build from the identifiers",
        )
    corpus = study.corpus or CorpusSettings(depth=0)
    corpus = corpus if depth is None else replace(corpus, depth=depth)
    corpus = corpus if max_documents is None else replace(corpus, max_documents=max_documents)
    return replace(study, corpus=corpus)


def _pipeline_file(target: str) -> Path | None:
    path = Path(target)
    candidates = (path, path / PIPELINE_FILE, PIPELINES / target / PIPELINE_FILE)
    return next((p for p in candidates if p.suffix == ".toml" and p.is_file()), None)


def _known_studies() -> str:
    names = sorted(p.parent.name for p in PIPELINES.glob(f"*/{PIPELINE_FILE}"))
    return f"studies here: {', '.join(names)}" if names else "name a file or a folder with a pipeline.toml"


def _study_of_parts(files: Sequence[Path], papers: Sequence[Curie], name: str | None) -> Settings:
    from kg.sources import detect_format

    first = files[0].name.split(".")[0] if files else _NOT_IN_NAME.sub("-", papers[0].replace("PMC:", "PMC"))
    specs = tuple(
        InputSpec(path, Relation.RELATED if detect_format(path) in _BIBLIOGRAPHIES else Relation.PRIMARY)
        for path in files
    )
    corpus = CorpusSettings(tuple(papers)) if papers else None
    study = check_name(name or first[:64], files[0] if files else papers[0])
    return Settings(name=study, title=name or (first if files else papers[0]), inputs=specs, corpus=corpus)


def _study_of_lock(path: Path, name: str | None) -> Settings:
    study = check_name(name or path.resolve().parent.name, path)
    return Settings(name=study, title=study, inputs=(), corpus=CorpusSettings(lock=path))
