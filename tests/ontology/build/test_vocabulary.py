"""The hand-made files against the slices that are in the repository."""

from __future__ import annotations

import lzma
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.identifiers import to_curie
from kg.model import MentionType
from kg.ontology.build.by_hand import read_by_hand
from kg.ontology.build.crossref import name_key

ONTOLOGIES = Path(__file__).resolve().parents[3] / "ontologies"
PREFIXES = {"mesh": "MESH", "cl": "CL", "uberon": "UBERON"}
SKOS = "http://www.w3.org/2004/02/skos/core#"
VOCABULARY = "https://w3id.org/msc-kg/vocabulary"
WHARTONS_JELLY = f"{VOCABULARY}/whartons-jelly"


def lines(file: str) -> Iterator[list[str]]:
    with lzma.open(ONTOLOGIES / file, "rt", encoding="utf-8", newline="\n") as table:
        for line in table:
            yield line.rstrip("\n").split("\t")


@cache
def labels(name: str) -> dict[str, str]:
    return {row[0]: row[1] for row in lines(f"{name}.concepts.tsv.xz")}


@cache
def names(name: str) -> dict[tuple[str, ...], set[str]]:
    found: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in lines(f"{name}.concepts.tsv.xz"):
        if row[3] == "0":
            found[name_key(row[1])].add(row[0])
    for row in lines(f"{name}.terms.tsv.xz"):
        found[name_key(row[3])].add(row[0])
    return dict(found)


@cache
def vocabulary() -> dict[str, dict[str, set[str]]]:
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in parse(path=str(ONTOLOGIES / "vocabulary.ttl"), format=RdfFormat.TURTLE):
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        found[quad.subject.value][quad.predicate.value.removeprefix(SKOS)].add(quad.object.value)
    return {iri: dict(facts) for iri, facts in found.items() if iri != VOCABULARY}


def test_every_concept_is_complete() -> None:
    assert len(vocabulary()) > 90
    for iri, facts in vocabulary().items():
        assert iri.startswith(VOCABULARY + "/")
        assert len(facts["prefLabel"]) == len(facts["definition"]) == 1
        assert facts["http://purl.org/dc/terms/type"] <= set(MentionType)
        assert facts.get("broader") or facts.get("broadMatch"), iri
        assert facts.get("broader", set()) <= vocabulary().keys()


def test_comments_behind_foreign_ids_are_their_labels() -> None:
    pattern = re.compile(r"skos:(?:broad|close)Match (mesh:|obo:CL_|obo:UBERON_)(\w+) ;  # (.+)")
    text = (ONTOLOGIES / "vocabulary.ttl").read_text(encoding="utf-8")
    found = pattern.findall(text)
    assert len(found) == text.count("Match ")
    for prefix, local_id, label in found:
        name = {"mesh:": "mesh", "obo:CL_": "cl", "obo:UBERON_": "uberon"}[prefix]
        assert labels(name)[local_id] == label


def test_broader_concepts_are_of_the_same_type() -> None:
    types = {"MESH": "Disease", "CL": "CellType", "UBERON": "Tissue"}
    for iri, facts in vocabulary().items():
        for target in facts.get("broadMatch", ()):
            curie = to_curie(target)
            assert curie is not None
            assert {types[curie.partition(":")[0]]} == facts["http://purl.org/dc/terms/type"], iri


@pytest.mark.parametrize("name", PREFIXES)
def test_vocabulary_holds_only_what_the_others_lack(name: str) -> None:
    for iri, facts in vocabulary().items():
        if iri == WHARTONS_JELLY:
            continue  # UBERON has it as a name of the embryonic mesenchyme; see ontologies/README.md
        for text in facts["prefLabel"] | facts.get("altLabel", set()):
            assert name_key(text) not in names(name), (iri, text)


def test_no_name_belongs_to_two_concepts() -> None:
    owner: dict[tuple[str, ...], str] = {}
    for iri, facts in vocabulary().items():
        for text in facts["prefLabel"] | facts.get("altLabel", set()):
            assert owner.setdefault(name_key(text), iri) == iri, text


def test_acronyms_are_notations_alone() -> None:
    for facts in vocabulary().values():
        for text in facts["prefLabel"] | facts.get("altLabel", set()):
            assert not re.fullmatch(r"\S*[A-Z]\S*[A-Z]\S*", text), text


@pytest.mark.parametrize(
    ("text", "mesh_id"),
    [
        ("Asherman syndrome", "D006175"),
        ("intrauterine adhesions", "D006175"),
        ("endometrial cancer", "D016889"),
        ("lung cancer", "D008175"),
        ("uterine diseases", "D014591"),
        ("infertility, female", "D007247"),
        ("premature ovarian failure", "D016649"),
        ("primary ovarian insufficiency", "D016649"),
        ("graft versus host disease", "D006086"),
        ("COVID-19", "D000086382"),
        ("recurrent pregnancy loss", "D000026"),
        ("Immune System Diseases", "D007154"),
    ],
)
def test_mesh_names(text: str, mesh_id: str) -> None:
    assert names("mesh")[name_key(text)] == {mesh_id}


def test_mesenchymal_stem_cells_of_every_source_are_there() -> None:
    parents = {row[0]: row[2].split("|") for row in lines("cl.concepts.tsv.xz")}
    for local_id in ("0002537", "0002540", "0002541", "0002569", "0002570"):
        assert "0000134" in parents[local_id]
    assert "0002569" in parents["0002568"]
    assert labels("cl")["0002255"] == "stromal cell of endometrium"


def test_hand_made_names_fit_the_slices() -> None:
    table = (ONTOLOGIES / "mesh_terms.tsv").read_text(encoding="utf-8")
    made = read_by_hand(table, "mesh_terms.tsv", labels("mesh"))
    for row in made.added:
        assert row.local_id in names("mesh")[name_key(row.text)], row.text
    for local_id, text in made.dropped:
        assert local_id not in names("mesh").get(name_key(text), set()), text


def test_species_have_their_usual_names() -> None:
    wanted = {"HCV": "3052230", "HIV-1": "11676", "mouse": "10090", "yeast": "4932", "SARS-CoV-2": "2697049"}
    found = {row[3]: row[0] for row in lines("ncbitaxon.terms.tsv.xz") if row[3] in wanted}
    assert found == wanted


def test_hand_made_names_of_taxa_carry_the_right_scientific_names() -> None:
    table = (ONTOLOGIES / "common_names.tsv").read_text(encoding="utf-8")
    ids = {line.split("\t")[0] for line in table.splitlines()[1:]}
    scientific = {row[0]: row[1] for row in lines("ncbitaxon.concepts.tsv.xz") if row[0] in ids}
    assert len(read_by_hand(table, "common_names.tsv", scientific).added) > 40
