from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Relation, Section
from kg.sources import read_documents, tagged_records

ZOTERO = """TY  - JOUR
TI  - Cells for a thin <i>endometrium</i> &amp; 10<sup>6</sup> of CD34<sup>+</sup> cells
AU  - Doe, Jane K.
AU  - Smith, John, Jr.
AU  - Stem Cell Group,
T2  - Journal of Invented Cells
J2  - J Inv Cells
AB  - We tried
it  twice.
DA  - 2020/03/15/
PY  - 2020
DO  - https://doi.org/10.1000/ABC
UR  - https://pubmed.ncbi.nlm.nih.gov/123/
N1  - PMID: 999
PMCID: PMC9
KW  - cells
ER  -

"""
ENDNOTE = """TY  - JOUR
AB  - Six rats.
AN  - 456
AU  - Roe, R.
C2  - PMC77
DA  - Mar 5
DB  - PubMed
DP  - NLM
J2  - Rats
N1  - Roe, R
eng
Comment in: Cells. PMID: 888
PY  - 2019
T2  - Rats and cells
TI  - Rats
ER  -
"""
NLM = """TY  - JOUR
DB  - PubMed
AU  - Poe, P.
T1  - An old form
N2  - Its abstract.
Y1  - 2018/11//other
U1  - 321[pmid]
U2  - PMC654[pmcid]
DO  - 10.1000/old
JF  - The whole name
JO  - Name
ER  -
"""


def write(tmp_path: Path, text: str, name: str = "refs.ris") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_zotero(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path, ZOTERO))
    assert document.text == "Cells for a thin endometrium & 10^6 of CD34+ cells\nWe tried it twice."
    assert [p.section for p in document.passages] == [Section.TITLE, Section.ABSTRACT]
    assert document.relation is Relation.RELATED
    paper = document.paper
    assert (document.id, paper.id) == ("doi:10.1000/abc", "doi:10.1000/abc")
    assert paper.identifiers == ("PMC:9", "PMID:999", "doi:10.1000/abc")
    assert paper.authors == ("Jane K. Doe", "John Smith Jr.", "Stem Cell Group")
    assert (paper.journal, paper.date) == ("Journal of Invented Cells", "2020-03-15")
    assert paper.url == "https://pubmed.ncbi.nlm.nih.gov/123/"


def test_endnote(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path, ENDNOTE))
    paper = document.paper
    assert paper.identifiers == ("PMC:77", "PMID:456")
    assert (paper.journal, paper.date, paper.authors) == ("Rats and cells", "2019-03-05", ("R. Roe",))


def test_old_tags_and_labelled_ids(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path, NLM))
    assert document.text == "An old form\nIts abstract."
    assert document.paper.identifiers == ("PMC:654", "PMID:321", "doi:10.1000/old")
    assert (document.paper.date, document.paper.journal) == ("2018-11", "The whole name")


@pytest.mark.parametrize(
    ("fields", "identifiers"),
    [
        ("M3  - 10.1000/x", ("doi:10.1000/x",)),
        ("M3  - Journal Article", ()),
        ("AN  - 456", ()),
        ("AN  - WOS:000123\nDB  - PubMed", ()),
        ("UR  - https://doi.org/10.1000/y", ("doi:10.1000/y",)),
        ("UR  - https://journal.example/doi/10.1000/y?full=1", ()),
        ("UR  - https://pmc.ncbi.nlm.nih.gov/articles/PMC5/", ("PMC:5",)),
        ("UR  - https://www.ncbi.nlm.nih.gov/pubmed/12?dopt=x", ("PMID:12",)),
        ("UR  - https://pubmed.ncbi.nlm.nih.gov/12x", ()),
        ("N1  - see PMID: 5", ()),
        ("N1  - PMID: 5; PMCID: PMC6; DOI: 10.1000/z.\n", ("PMC:6", "PMID:5", "doi:10.1000/z")),
    ],
)
def test_identifiers(tmp_path: Path, fields: str, identifiers: tuple[str, ...]) -> None:
    (document,) = read_documents(write(tmp_path, f"TY  - JOUR\nTI  - T\n{fields}\nER  - \n"))
    found = document.paper.identifiers
    assert tuple(i for i in found if not i.startswith("MSCKG:")) == identifiers


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("PY  - 2020", "2020"),
        ("PY  - 2020///", "2020"),
        ("PY  - 2020\nDA  - 2021/05/01", "2020"),
        ("DA  - 2021-05-01", "2021-05-01"),
        ("PY  - 2020\nDA  - 12 Mar", "2020"),
        ("PY  - in press", None),
        ("KW  - x", None),
    ],
)
def test_dates(tmp_path: Path, fields: str, date: str | None) -> None:
    (document,) = read_documents(write(tmp_path, f"TY  - JOUR\nTI  - T\n{fields}\nER  - \n"))
    assert document.paper.date == date


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ("TY  - JOUR\nID  - b\nAB  - only\nER  - ", ":6: record 2: 'b' has no title"),
        ("TY  - JOUR\nER  - ", ":6: record 2: has no title"),
        ("TY  - JOUR\nTI  - B", ":6: record 2: 'B' is not closed"),
        ("TI  - B\nER  - ", ":6: fields outside of a record"),
        ("TY  - JOUR\nTI  - A\nDO  - 10.1000/a\nER  - ", ":6: record 2: the id 'doi:10.1000/a' occurs twice"),
    ],
)
def test_a_bad_record_does_not_stop_the_batch(tmp_path: Path, record: str, problem: str) -> None:
    good = "TY  - JOUR\nTI  - {0}\nDO  - 10.1000/{0}\nER  - \n"
    path = write(tmp_path, f"{good.format('A')}\n{record}\n{good.format('C')}")
    errors: list[SourceError] = []
    assert [d.title for d in read_documents(path, on_error=errors.append)] == ["A", "C"]
    assert [str(e).partition("; ")[0] for e in errors] == [f"{path}{problem}"]


def test_a_file_that_is_cut_short_says_so(tmp_path: Path) -> None:
    errors: list[SourceError] = []
    assert list(read_documents(write(tmp_path, ENDNOTE[:-6]), on_error=errors.append)) == []
    assert [e.problem for e in errors] == ["'Rats' is not closed"]


def test_an_unreadable_line_costs_its_record_and_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "refs.ris"
    path.write_bytes(b"TY  - JOUR\nTI  - M\xfcller\nER  - \n" + ZOTERO.encode())
    errors: list[SourceError] = []
    assert len(list(read_documents(path, on_error=errors.append))) == 1
    assert [e.where for e in errors] == [f"{path}:2"]


def test_a_record_that_is_too_large_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagged_records, "MAX_DOCUMENT", 1000)
    large = "TY  - JOUR\nTI  - L\n" + "AB  - text\n" * 200 + "ER  - \n"
    errors: list[SourceError] = []
    assert len(list(read_documents(write(tmp_path, large + ZOTERO), on_error=errors.append))) == 1
    assert len(errors) == 1
    assert errors[0].problem.startswith("the document is larger")


def test_a_heading_of_the_database_windows_lines_and_gzip(tmp_path: Path) -> None:
    text = "\ufeffProvider: Invented\nContent: text\n\n" + ZOTERO.replace("TY  -", "TY -")
    path = tmp_path / "refs.ris.gz"
    path.write_bytes(gzip.compress(text.replace("\n", "\r\n").encode()))
    (document,) = read_documents(path)
    assert document.title.startswith("Cells for a thin")


def test_a_line_of_an_abstract_is_no_tag(tmp_path: Path) -> None:
    text = "TY  - JOUR\nTI  - T\nAB  - We measured\nIL -6 and\nIL - 8 and IL  - 10.\nER  - \n"
    (document,) = read_documents(write(tmp_path, text))
    assert document.text == "T\nWe measured IL -6 and IL - 8 and IL - 10."


def test_an_empty_bibliography_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no document"):
        list(read_documents(write(tmp_path, "no record\n")))


_WORDS = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="<>&"), min_size=1, max_size=8)
_LINES = st.lists(_WORDS, min_size=1, max_size=6).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(records=st.lists(st.tuples(_LINES, _LINES), min_size=1, max_size=5))
def test_round_trip(tmp_path: Path, records: list[tuple[str, str]]) -> None:
    text = "".join(f"TY  - JOUR\nTI  - {title}\nAB  - {abstract}\nER  - \n" for title, abstract in records)
    documents = list(read_documents(write(tmp_path, text), "ris", unique_ids=False))
    assert [d.title for d in documents] == [title for title, _ in records]
    for document, (title, abstract) in zip(documents, records, strict=True):
        assert [document.text[p.start : p.end] for p in document.passages] == [title, abstract]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    lines=st.lists(st.sampled_from(["TY  - JOUR", "TI  - x", "AB  - y", "ER  - ", "", "z", "ER", "DA  - ", "AU  - ,"]))
)
def test_any_lines_give_documents_or_errors(tmp_path: Path, lines: list[str]) -> None:
    path = write(tmp_path, "\n".join([*lines, "."]))
    errors: list[SourceError] = []
    documents = list(read_documents(path, "ris", on_error=errors.append, unique_ids=False))
    assert len(documents) + len(errors) >= max(lines.count("TY  - JOUR"), 1)
