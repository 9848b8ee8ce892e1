"""``report.md``: what the study found, for people who read.

The same input gives the same bytes. All text from documents is escaped, so that it can only be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from kg.files import replacing_text
from kg.identifiers import Curie
from kg.model import AnnotatedDocument, Intervention, MentionType, Provenance, Relation
from kg.view.effects import effects_section
from kg.view.evidence_table import EvidenceRow, Labels, PairEvidence, evidence_rows, pairs
from kg.view.links import concept_links, paper_url
from kg.view.markdown import code, escape, link, table
from kg.view.report_papers import references_section, retracted_section
from kg.view.report_terms import foreign_section, local_section, ungrounded_section
from kg.view.style import DIRECTIONS

_TYPE_NAMES: Final = {
    MentionType.DISEASE: "diseases",
    MentionType.SPECIES: "species",
    MentionType.CELL_TYPE: "cell types",
    MentionType.TISSUE: "tissues",
}


def write_report(
    documents: Sequence[AnnotatedDocument],
    ontology: Labels,
    provenance: Provenance,
    failures: Sequence[str],
    path: Path,
) -> None:
    """Write the report of a study.

    Args:
        documents: the study's documents with what was found in them.
        ontology: gives labels and broader concepts.
        provenance: the run.
        failures: one line for each document that could not be read or annotated.
        path: file to write; replaced whole.
    """
    text = report(documents, ontology, provenance, failures)
    with replacing_text(path) as stream:
        stream.write(text)


def report(
    documents: Sequence[AnnotatedDocument], ontology: Labels, provenance: Provenance, failures: Sequence[str]
) -> str:
    """Return the report as Markdown; see `write_report`."""
    ordered = sorted(documents, key=lambda a: (_RELATION_ORDER[a.document.relation], a.document.id))
    rows = evidence_rows(ordered, ontology)
    sections = (
        _head(ordered, provenance),
        _counts(ordered, rows),
        retracted_section(ordered),
        _evidence(rows),
        effects_section(ordered, ontology),
        _interventions(ordered, ontology),
        references_section(ordered),
        local_section(ordered, ontology),
        ungrounded_section(ordered),
        foreign_section(ordered, ontology),
        _warnings(ordered),
        _failures(failures),
        _provenance(provenance),
    )
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


_RELATION_ORDER: Final = {relation: rank for rank, relation in enumerate(Relation)}


def _head(documents: Sequence[AnnotatedDocument], provenance: Provenance) -> list[str]:
    lines = [f"# {escape(provenance.title or provenance.study)}", ""]
    for annotated in documents:
        paper = annotated.document.paper
        if annotated.document.relation is Relation.PRIMARY:
            about = ", ".join(escape(part) for part in (paper.journal, paper.date) if part)
            title = link(paper.title or paper.id, paper_url(paper.id, paper.url))
            lines.append(f"- Paper: {title}{f' ({about})' if about else ''}")
    others = Counter(a.document.relation for a in documents)
    if others[Relation.CITED]:
        lines.append(f"- Cited by it: {_documents(others[Relation.CITED])}")
    if others[Relation.RELATED]:
        lines.append(
            f"- Related literature, chosen by the user and not said to be cited: {_documents(others[Relation.RELATED])}"
        )
    if provenance.generated:
        lines.append(f"- Newest input: {escape(provenance.generated)}")
    return lines


def _counts(documents: Sequence[AnnotatedDocument], rows: Sequence[EvidenceRow]) -> list[str]:
    lines = ["## Counts", ""]
    body = [["documents", str(len(documents)), "", ""]]
    for kind, name in _TYPE_NAMES.items():
        found = [g for a in documents for g in a.groundings if g.mention.type is kind]
        linked = [g for g in found if g.curies]
        concepts = {curie for g in linked for curie in g.curies}
        body.append([f"mentions of {name}", str(len(found)), str(len(linked)), str(len(concepts))])
    uses = [use for a in documents for use in a.interventions]
    products = {use.intervention.id for use in uses}
    body.append(["mentions of interventions", str(sum(len(u.mentions) for u in uses)), "", str(len(products))])
    assertions = {assertion.id for a in documents for assertion in a.assertions}
    body.append(["assertions", "", "", str(len(assertions))])
    body.append(
        [
            "sentences about an intervention and a disease",
            str(len({(r.document, r.start, r.end) for r in rows})),
            "",
            "",
        ]
    )
    lines += table(["what", "number", "with a concept", "distinct"], body)
    return lines


def _evidence(rows: Sequence[EvidenceRow]) -> list[str]:
    lines = ["## Evidence by intervention and disease", ""]
    found = pairs(rows)
    if not found:
        return [*lines, "No statement about an intervention and a disease was found."]
    note = (
        "Pairs with more papers first. Numbers in brackets count papers; the sentence shown is the one with the "
        "strongest kind of study. All sentences, with offsets: `evidence.csv`."
    )
    lines += [note, ""]
    headings = ["intervention", "disease", "papers", "kind of study", "result", "species", "best evidence", "paper"]
    lines += table(headings, (_pair(pair) for pair in found))
    return lines


def _pair(pair: PairEvidence) -> list[str]:
    best = pair.best
    return [
        escape(best.intervention_label),
        _named(best.disease, best.disease_label),
        str(len(pair.papers)),
        _tally((name.replace("_", " "), n) for name, n in pair.papers_by("study_type")),
        _tally((_direction(name), n) for name, n in pair.papers_by("direction")),
        escape(", ".join(pair.species)) or "not stated",
        escape(best.sentence),
        _paper(best),
    ]


def _paper(row: EvidenceRow) -> str:
    # The sentence of a paper known by its title alone is that title: no need to say it twice.
    name = row.paper if row.sentence == row.paper_title else row.paper_title
    year = f" ({row.paper_year})" if row.paper_year else ""
    return link(name, paper_url(row.paper)) + year + (" **retracted**" if row.retracted else "")


def _direction(name: str) -> str:
    style = DIRECTIONS.get(name)
    return style.title.lower() if style else name


def _tally(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{escape(name)} ({number})" for name, number in counts)


def _named(curie: Curie, label: str) -> str:
    links = concept_links(curie)
    name = link(label, links[0].url) if links else escape(label)
    return f"{name} {code(curie)}"


def _interventions(documents: Sequence[AnnotatedDocument], ontology: Labels) -> list[str]:
    lines = ["## Interventions", ""]
    products: dict[Curie, Intervention] = {}
    papers: dict[Curie, set[Curie]] = {}
    details: dict[Curie, dict[str, set[str]]] = {}
    for annotated in documents:
        for use in annotated.interventions:
            key = use.intervention.id
            products[key] = use.intervention
            papers.setdefault(key, set()).add(annotated.document.paper.id)
            detail = details.setdefault(key, {"routes": set(), "carriers": set()})
            detail["routes"].update(route.value.replace("_", " ") for route in use.routes)
            if use.carrier:
                detail["carriers"].add(use.carrier)
    if not products:
        return [*lines, "None was found."]

    def name(curie: Curie | None) -> str:
        return escape(ontology.label(curie) or curie) if curie else "not stated"

    body = [
        [
            escape(product.label),
            escape(product.product.value.replace("_", " ")),
            name(product.cell),
            name(product.tissue),
            escape(product.donor.value) if product.donor else "not stated",
            escape(", ".join(sorted(details[key]["routes"]))),
            escape(", ".join(sorted(details[key]["carriers"]))),
            str(len(papers[key])),
        ]
        for key, product in sorted(
            products.items(), key=lambda kv: (-len(papers[kv[0]]), kv[1].label.casefold(), kv[0])
        )
    ]
    lines += table(
        ["intervention", "product", "cell type", "source tissue", "donor", "route", "carrier", "papers"], body
    )
    return lines


def _warnings(documents: Sequence[AnnotatedDocument]) -> list[str]:
    lines = ["## Warnings", ""]
    titles = [a for a in documents if len(a.document.passages) < 2]
    silent = [a for a in documents if not a.groundings and not a.interventions]
    idle = {u.intervention.id: u.intervention.label for a in documents for u in a.interventions}
    for annotated in documents:
        for assertion in annotated.assertions:
            idle.pop(assertion.subject, None)
    notes = []
    if titles:
        notes.append(f"- {_documents(len(titles))} with a title only: what their texts say is not in the graph.")
    if silent:
        notes.append(f"- {_documents(len(silent))} in which nothing was found: {_few(a.document.id for a in silent)}.")
    if idle:
        noun = "intervention" if len(idle) == 1 else "interventions"
        notes.append(f"- {len(idle)} {noun} about which nothing is asserted: {_few(sorted(idle.values()))}.")
    return lines + (notes or ["None."])


def _documents(number: int) -> str:
    return f"{number} document{'' if number == 1 else 's'}"


def _few(names: Iterable[str], limit: int = 12) -> str:
    listed = list(names)
    more = f" and {len(listed) - limit} more" if len(listed) > limit else ""
    return ", ".join(escape(name) for name in listed[:limit]) + more


def _failures(failures: Sequence[str]) -> list[str]:
    if not failures:
        return []
    return ["## Failures", "", *(f"- {escape(line)}" for line in failures)]


def _provenance(provenance: Provenance) -> list[str]:
    lines = [
        "## Provenance",
        "",
        f"- Study: {escape(provenance.study)}",
        f"- Program: msc-kg {escape(provenance.version)}"
        + (f", commit {code(provenance.commit)}" if provenance.commit else ""),
        f"- Settings: sha256 {code(provenance.settings_sha256)}",
    ]
    if provenance.pipeline:
        lines.append(f"- Pipeline: {escape(', '.join(provenance.pipeline))}")
    if provenance.inputs:
        lines += ["", *table(["input", "sha256"], ([escape(name), code(sha)] for name, sha in provenance.inputs))]
    if provenance.ontologies:
        body = (
            [escape(o.name), escape(o.version), escape(o.licence), code(o.sha256[:16])]
            for o in sorted(provenance.ontologies, key=lambda o: o.name)
        )
        lines += ["", *table(["terminology", "version", "licence", "sha256 (start)"], body)]
    return lines
