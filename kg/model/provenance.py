"""How a graph came about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OntologyVersion:
    """A terminology slice that a run used."""

    name: str
    version: str
    licence: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """The run: what was built, by what, from what.

    Holds no clock time of its own: `generated` is the newest modification date known from the inputs (ISO 8601 date or
    None), so that the same input gives the same bytes. Wall-clock times go to ``run.json`` alone.
    """

    study: str
    title: str
    version: str
    settings_sha256: str
    inputs: tuple[tuple[str, str], ...] = ()
    ontologies: tuple[OntologyVersion, ...] = ()
    pipeline: tuple[str, ...] = ()
    commit: str | None = None
    generated: str | None = None
