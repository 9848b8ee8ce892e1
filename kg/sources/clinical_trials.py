"""Trial records of ClinicalTrials.gov: the JSON of its API, version 2, and flat records, one a line.

A record becomes a text that its labelled fields close (``Conditions: ...``, ``Interventions: ...``, ``Phase: ...``,
``Study type: ...``), as `kg.nlp.registry_record` reads them. Results, contacts and eligibility are left out: what
excludes a patient is no subject of the study.

Source: https://clinicaltrials.gov/data-api/about-api/study-data-structure (API v2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kg import bibliographic_ids as ids
from kg.errors import SourceError
from kg.model import Document, Paper
from kg.sources.assembly import Located, title_and_abstract
from kg.sources.characters import excerpt, squeeze
from kg.sources.dates import iso_date
from kg.sources.jsonl import parse_json
from kg.sources.streams import ErrorHandler, iter_lines, read_lines

_REMEDY: Final = "download the record again from ClinicalTrials.gov as JSON"
_PROTOCOL: Final = "protocolSection"
_JOURNAL: Final = "ClinicalTrials.gov"
_LABEL: Final = re.compile(r"\b(Conditions|Interventions|Phase|Study type|Keywords):(?=\s|$)")
_REFERENCE: Final = "same as above"
"""What registrants write instead of a description."""


def read(path: Path, report: ErrorHandler) -> Iterator[Located]:
    """Yield a document a record, in order; a bad record goes to `report` and is left out.

    The file holds one study, a page of studies (``{"studies": [...]}``), a list of them, or one a line.

    Raises:
        SourceError: the file cannot be read or is not JSON.
    """
    for where, record in _records(path, report):
        try:
            yield Located(where, _document(record, where))
        except SourceError as error:
            report(error)


def _records(path: Path, report: ErrorHandler) -> Iterator[tuple[str, object]]:
    first = next((line.text for line in iter_lines(path, report) if line.text and line.text.strip()), "")
    if _is_record(first):
        for line in iter_lines(path, report):
            if line.text and line.text.strip():
                where = f"{path}:{line.number}"
                try:
                    yield where, parse_json(line.text, where)
                except SourceError as error:
                    report(error)
        return
    whole = parse_json("\n".join(read_lines(path)), path)
    studies = whole["studies"] if isinstance(whole, dict) and isinstance(whole.get("studies"), list) else whole
    for number, study in enumerate(studies if isinstance(studies, list) else [studies], start=1):
        yield f"{path}: record {number}", study


def _is_record(line: str) -> bool:
    """Tell whether a line is one record by itself, flat or of the API: the file then has one a line."""
    if not line.lstrip().startswith("{"):
        return False
    try:
        record = parse_json(line, "")
    except SourceError:
        return False
    return isinstance(record, dict) and "studies" not in record


def _document(record: object, where: str) -> Document:
    if not isinstance(record, dict):
        raise SourceError("is not an object", where=where, remedy=_REMEDY)
    flat = _flattened(record) if _PROTOCOL in record else record
    given = _text(flat.get("id"))
    curie = ids.trial(given)
    if curie is None:
        raise SourceError(f"has no NCT number but {excerpt(given)}", where=where, remedy=_REMEDY)
    number = curie.replace(":", "")
    title = _text(flat.get("title")) or _text(flat.get("official_title"))
    paper = Paper(
        id=curie,
        title=title,
        identifiers=ids.collect(curie),
        journal=_JOURNAL,
        date=iso_date(*_text(flat.get("date")).split("-")[:3]),
        url=f"https://clinicaltrials.gov/study/{number}",
    )
    return title_and_abstract(number, paper, title, " ".join(_sentences(flat)), where)


def _sentences(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the parts of the text, each closed by a full stop."""
    for name in ("official_title", "summary", "detailed"):
        text = _text(record.get(name))
        if text and text.lower() != _REFERENCE:
            yield _closed(text)
    fields = (
        ("Conditions", [_text(name) for name in _list(record.get("conditions"))]),
        ("Keywords", [_text(name) for name in _list(record.get("keywords"))]),
        ("Interventions", [_intervention(item) for item in _list(record.get("interventions"))]),
    )
    for label, values in fields:
        given = [value for value in values if value]
        if given:
            yield _closed(f"{label}: {'; '.join(given)}")
    yield _closed("Phase: " + (", ".join(_text(phase) for phase in _list(record.get("phase"))) or "Not Applicable"))
    yield _closed("Study type: " + (_text(record.get("study_type")) or "Interventional"))


def _intervention(item: object) -> str:
    if not isinstance(item, dict):
        return ""
    name, description = _text(item.get("name")), _text(item.get("description"))
    return f"{name}: {description}" if name and description else name or description


def _flattened(study: Mapping[str, Any]) -> dict[str, Any]:
    """Return a study of the API as a flat record."""

    def module(name: str) -> Mapping[str, Any]:
        protocol = study[_PROTOCOL]
        found = protocol.get(f"{name}Module") if isinstance(protocol, dict) else None
        return found if isinstance(found, dict) else {}

    name, described, design = module("identification"), module("description"), module("design")
    conditions, arms, start = module("conditions"), module("armsInterventions"), module("status").get("startDateStruct")
    return {
        "id": name.get("nctId"),
        "title": name.get("briefTitle"),
        "official_title": name.get("officialTitle"),
        "summary": described.get("briefSummary"),
        "detailed": described.get("detailedDescription"),
        "conditions": conditions.get("conditions"),
        "keywords": conditions.get("keywords"),
        "interventions": arms.get("interventions"),
        "phase": [_phase(_text(phase)) for phase in _list(design.get("phases"))],
        "study_type": _text(design.get("studyType")).replace("_", " ").capitalize(),
        "date": start.get("date") if isinstance(start, dict) else None,
    }


def _phase(code: str) -> str:
    """Write a phase of the API out: ``EARLY_PHASE1`` is "Early Phase 1", ``NA`` "Not Applicable"."""
    return "Not Applicable" if code == "NA" else code.replace("_", " ").replace("PHASE", "PHASE ").title()


def _closed(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _text(value: object) -> str:
    """Return a value as one line; what looks like the label of a field in it is made harmless."""
    return _LABEL.sub(r"\1 -", squeeze(value)) if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
