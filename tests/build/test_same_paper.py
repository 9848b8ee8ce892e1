from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.build.same_paper import unite_papers
from kg.model import Document, Paper, Passage, Relation, Section


def document(text: str, *names: str, relation: Relation = Relation.CITED, **more: object) -> Document:
    paper = Paper(names[0], text, identifiers=names, **more)  # type: ignore[arg-type]
    return Document(text, paper, text, (Passage(Section.TITLE, 0, len(text)),), relation=relation)


def test_a_full_text_and_its_record() -> None:
    full = document("A long full text", "PMC:1", "PMID:2", journal="J", licence="CC BY")
    record = document(
        "Short",
        "doi:10.1000/a",
        "PMID:2",
        retracted=True,
        headings=("MESH:D1",),
        publication_types=("Review",),
        date="2020",
    )
    [(kept, origin)] = unite_papers([(record, "b"), (full, "a")])
    assert (kept.text, origin) == ("A long full text", "a")
    assert kept.paper.id == "doi:10.1000/a"
    assert kept.paper.identifiers == ("PMC:1", "PMID:2", "doi:10.1000/a")
    assert (kept.paper.retracted, kept.paper.headings, kept.paper.publication_types) == (
        True,
        ("MESH:D1",),
        ("Review",),
    )
    assert (kept.paper.journal, kept.paper.licence, kept.paper.date) == ("J", "CC BY", "2020")


def test_one_that_links_two_others() -> None:
    texts = [document("One", "PMID:1"), document("Two, longer", "PMC:9"), document("Three", "PMID:1", "PMC:9")]
    [(kept, _)] = unite_papers([(each, None) for each in texts])
    assert kept.text == "Two, longer"


def test_it_is_primary_when_one_of_them_is() -> None:
    pair = [document("Longer text", "PMID:1"), document("Short", "PMID:1", relation=Relation.PRIMARY)]
    [(kept, _)] = unite_papers([(each, None) for each in pair])
    assert kept.relation is Relation.PRIMARY


NAMES = st.sets(st.sampled_from([f"PMID:{n}" for n in range(1, 9)]), min_size=1, max_size=3)


@given(st.lists(NAMES, max_size=12))
def test_no_two_papers_that_are_left_share_an_identifier(names: list[set[str]]) -> None:
    found = [(document(f"text {n}", *sorted(group)), n) for n, group in enumerate(names)]
    kept = [set(each.paper.identifiers) for each, _ in unite_papers(found)]
    assert sum(map(len, kept)) == len(set().union(*kept, set()))
    assert set().union(*kept, set()) == set().union(*names, set())
