from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Document, Relation, Section
from kg.sources import read_documents

ZOTERO = r"""
@article{doe_cells_2020,
	title = {Cells for a thin {Endometrium} \& {TNF}-$\alpha$ with 10$^{\textrm{6}}$ cells},
	volume = {1},
	copyright = {{\textcopyright} 2020},
	url = {https://journal.example/a\_b/\%7Ex},
	doi = {10.1000/ABC\_1},
	abstract = {We tried
		it \textit{in vivo} -- twice ({p} {\textless} 0.05; 5\% of women).},
	journal = {J. Invented \& Cells},
	author = {D{\"o}e, Jane K. and {Stem Cell, and Gene Group} and van der Roe, Jr., R. and Anne Poe and others},
	month = mar,
	year = {2020},
	note = {Publisher: Invented
PMID: 123
PMCID: PMC9},
	keywords = {cells},
}
"""
JABREF = """% Encoding: UTF-8

@String{jic = "Journal of " # inv}
@string(inv = {Invented Cells})
@string{jic = "Journal of " # inv}

@Article{roe2019,
  author  = "Roe, R.",
  title   = "A {"}quoted{"} title",
  journal = jic # { B},
  year    = 2019,
  month   = "15~" # feb
}

@Comment{jabref-meta: databaseType:bibtex;}
"""
BIBLATEX = r"""@comment{x}
@online{poe,
  title = {Rats},
  subtitle = {A tale},
  author = {family=Berg, given=Ann, prefix=van den, useprefix=true and Poe, P.},
  journaltitle = {Rats},
  date = {2018-05-06/2018-06-01},
  eprint = {456},
  eprinttype = {pubmed},
  pmcid = {PMC77},
}
"""


def write(tmp_path: Path, text: str, name: str = "refs.bib") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def one(tmp_path: Path, fields: str) -> Document:
    (document,) = read_documents(write(tmp_path, f"@article{{k, title = {{T}}, {fields}}}"))
    return document


def test_zotero(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path, ZOTERO, "refs.txt"))
    assert document.text == (
        "Cells for a thin Endometrium & TNF-α with 10^6 cells\nWe tried it in vivo – twice (p < 0.05; 5% of women)."
    )
    assert [p.section for p in document.passages] == [Section.TITLE, Section.ABSTRACT]
    assert document.relation is Relation.RELATED
    paper = document.paper
    assert (document.id, paper.id) == ("doe_cells_2020", "doi:10.1000/abc_1")
    assert paper.identifiers == ("PMC:9", "PMID:123", "doi:10.1000/abc_1")
    assert paper.authors == ("Jane K. Döe", "Stem Cell, and Gene Group", "R. van der Roe Jr.", "Anne Poe")
    assert (paper.journal, paper.date) == ("J. Invented & Cells", "2020-03")
    assert paper.url == "https://journal.example/a_b/%7Ex"


def test_strings_quotes_and_comments(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path, JABREF))
    assert document.title == 'A "quoted" title'
    assert document.paper.journal == "Journal of Invented Cells B"
    assert document.paper.date == "2019-02-15"


def test_biblatex(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path, BIBLATEX))
    assert document.title == "Rats: A tale"
    assert document.paper.authors == ("Ann van den Berg", "P. Poe")
    assert (document.paper.date, document.paper.journal) == ("2018-05-06", "Rats")
    assert document.paper.identifiers == ("PMC:77", "PMID:456")


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2020", "2020"),
        ("year = {2020}, month = {March}, day = 5", "2020-03-05"),
        ('year = "2020", month = 3, day = {31}', "2020-03-31"),
        ('year = 2020, month = mar # "~7"', "2020-03-07"),
        ("year = 2020, month = {Mar./Apr.}", "2020-03"),
        ("year = 2020, month = {spring}", "2020"),
        ("date = {2020-21}", "2020"),
        ("date = {2020-02~}", "2020-02"),
        ("date = {in press}, year = {2021}", "2021"),
        ("year = {in press}", None),
    ],
)
def test_dates(tmp_path: Path, fields: str, date: str | None) -> None:
    assert one(tmp_path, fields).paper.date == date


@pytest.mark.parametrize(
    ("fields", "journal"),
    [
        ("journal = jcell", "jcell"),
        ("journal = {}, booktitle = {Proceedings}", "Proceedings"),
        ("journal = {A}, journal = {B}", "A"),
        ("JOURNAL={A},,", "A"),
        ("Journal = {{A {B}}}", "A B"),
    ],
)
def test_fields(tmp_path: Path, fields: str, journal: str) -> None:
    assert one(tmp_path, fields).paper.journal == journal


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ("@article{b,\n abstract = {x}}", ":2: record 2: 'b' has no title"),
        ("@article{b, title = {x {y},\n year = 2020\n}", ":2: record 2: 'b' is not closed: a brace is missing"),
        ("@article{b,\n title = {x}}, abstract = {y}}", ":2: record 2: 'b' has a closing brace too many"),
        ("@article{b, title = }", ":2: record 2: 'b': \"title\" has no value that can be read"),
        ("@article{b, title = {x} year = 2020}", ":2: record 2: 'b': no comma behind \"title\""),
        ("@article{b, title {x}}", ":2: record 2: 'b': no field at 'title {x}'"),
        ("@article{title = {x}, year = 2020}", ":2: record 2: the article begins with 'title = {x}', not with its key"),
        ("@article{b, title = {x} # }", ":2: record 2: 'b': \"title\" has no value that can be read"),
        ('@article{b, title = "x}', ":2: record 2: 'b': \"title\" has no value that can be read"),
        ("@article{a, title = {B}}", ":2: record 2: the id 'a' occurs twice"),
        ("@string{x = }", ":2: '@string': \"x\" has no value that can be read"),
    ],
)
def test_a_bad_record_does_not_stop_the_batch(tmp_path: Path, record: str, problem: str) -> None:
    path = write(tmp_path, f"@article{{a, title = {{A}}}}\n{record}\n@article{{c, title = {{C}}}}\n")
    errors: list[SourceError] = []
    assert [d.id for d in read_documents(path, on_error=errors.append)] == ["a", "c"]
    assert [str(e).partition("; ")[0] for e in errors] == [f"{path}{problem}"]


def test_the_first_error_is_raised_without_a_handler(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="'b' is not closed"):
        list(read_documents(write(tmp_path, "@article{b, title = {x}\n")))


def test_entries_on_one_line_in_parentheses_and_without_key(tmp_path: Path) -> None:
    text = (
        '@article{a, title={A}} by me@work.org (1) @book(b, title="B :)", year={(1)}) @misc{, title={C}, doi={10.1/x}}'
    )
    text = text.replace("10.1/x", "10.1000/x")
    assert [d.id for d in read_documents(write(tmp_path, text))] == ["a", "b", "doi:10.1000/x"]


def test_an_unreadable_line_costs_its_record_and_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(
        b"@article{a, title={A}}\n@article{b, title={M\xfcller}}\n@misc{c,\n title={C}}\n@misc{d,\nnote={\xfc}}\n"
    )
    errors: list[SourceError] = []
    assert [d.id for d in read_documents(path, on_error=errors.append)] == ["a", "c"]
    assert [e.where for e in errors] == [f"{path}:2", f"{path}:6"]


def test_strings_cannot_explode(tmp_path: Path) -> None:
    names = "abcdefghij"
    bomb = '@string{a = "' + "x" * 100 + '"}\n'
    bomb += "".join(f"@string{{{b} = {' # '.join([a] * 10)}}}\n" for a, b in pairwise(names))
    errors: list[SourceError] = []
    path = write(tmp_path, bomb + "@article{k, title = {T}}")
    assert [d.title for d in read_documents(path, on_error=errors.append)] == ["T"]
    assert errors[0].problem == "the @string values are longer than 1,048,576 characters"
    value = " # ".join(["d"] * 700)
    errors.clear()
    path = write(tmp_path, bomb + f"@article{{k, title = {value}}}\n@article{{l, title = {{T}}}}")
    assert [d.title for d in read_documents(path, on_error=errors.append)] == ["T"]
    assert errors[-1].problem.startswith("the document is larger")


@pytest.mark.parametrize("braces", ["{" * 100_000 + "}" * 100_000, "{" * 100_000, "}" * 100_000])
def test_nested_braces_are_no_danger(tmp_path: Path, braces: str) -> None:
    path = write(tmp_path, f"@article{{a, title = {{x{braces}}}}}\n@article{{b, title = {{B}}}}")
    assert [d.id for d in read_documents(path, on_error=lambda _: None)][-1] == "b"


_WORDS = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="<>&\\{}$~`'-"), min_size=1, max_size=8
)
_LINES = st.lists(_WORDS, min_size=1, max_size=6).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(records=st.lists(st.tuples(_LINES, _LINES), min_size=1, max_size=5))
def test_round_trip(tmp_path: Path, records: list[tuple[str, str]]) -> None:
    entries = [
        f"@article{{k{number},\n  title = {{{title}}},\n  abstract = {{{abstract}}}\n}}\n"
        for number, (title, abstract) in enumerate(records)
    ]
    documents = list(read_documents(write(tmp_path, "".join(entries))))
    assert [d.id for d in documents] == [f"k{number}" for number in range(len(records))]
    for document, (title, abstract) in zip(documents, records, strict=True):
        assert [document.text[p.start : p.end] for p in document.passages] == [title, abstract]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(text=st.text(alphabet='@ab{}(),="#\\ \n1', max_size=80))
def test_any_text_gives_documents_or_errors(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, f"{text}\n@misc{{last, title = {{T}}}}")
    documents = list(read_documents(path, "bibtex", on_error=lambda _: None))
    assert documents[-1].id == "last"
