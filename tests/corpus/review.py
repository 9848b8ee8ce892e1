"""A made-up review with 58 references of every sort that reference lists have, and the papers behind them."""

from __future__ import annotations

from dataclasses import replace

from tests.services.standin import FakePaper

REFERENCES = 58
_DISEASES = ("thin endometrium", "knee osteoarthritis", "graft versus host disease", "liver cirrhosis", "stroke")
_SOURCES = ("umbilical cord", "bone marrow", "adipose tissue")


def _abstract(number: int) -> str:
    disease, source = _DISEASES[number % 5], _SOURCES[number % 3]
    return (
        f"We gave {source} mesenchymal stem cells to {20 + number} patients with {disease}. "
        f"Symptoms of {disease} improved after the cells. No serious adverse event was seen."
    )


def _paper(number: int) -> FakePaper:
    paper = FakePaper(
        title=f"{_SOURCES[number % 3].capitalize()} mesenchymal stem cells for {_DISEASES[number % 5]}: study {number}",
        abstract=_abstract(number),
        pmid=str(30000 + number),
        doi=f"10.1000/ref{number}",
        year=2000 + number % 25,
        volume=str(number),
        page=str(100 + number),
        author=f"Author{chr(97 + number % 26)}",
    )
    match number % 6:
        case 0:
            return replace(paper, pmcid=str(5000 + number), body=_abstract(number))
        case 1:
            return replace(paper, pmid=None)  # a preprint, which Europe PMC has
        case 2:
            return replace(paper, retracted=number == 2)
        case _:
            return paper


def _printed(number: int, paper: FakePaper) -> str:
    """Return the ``ref`` content: with a PMID, a DOI, both, a PMCID, or with what is printed alone."""
    ids = {
        0: f"<pub-id pub-id-type='pmcid'>PMC{paper.pmcid}</pub-id>",
        1: f"<pub-id pub-id-type='doi'>{paper.doi}</pub-id>",
        2: f"<pub-id pub-id-type='pmid'>{paper.pmid}</pub-id>",
        3: f"<pub-id pub-id-type='doi'>{paper.doi}</pub-id><pub-id pub-id-type='pmid'>{paper.pmid}</pub-id>",
    }.get(number % 6, "")
    place = "" if number % 6 == 5 else f"<volume>{paper.volume}</volume><fpage>{paper.page}</fpage>"
    return (
        f"<element-citation><name><surname>{paper.author}</surname><given-names>A</given-names></name>"
        f"<article-title>{paper.title}</article-title><source>{paper.journal}</source><year>{paper.year}</year>{place}{ids}"
        "</element-citation>"
    )


CITED = tuple(_paper(number) for number in range(1, REFERENCES))
UNKNOWN = (
    "<mixed-citation>Nobody N. <article-title>A thesis that no service has ever heard of</article-title>. 1987."
    "</mixed-citation>"
)
REVIEW = FakePaper(
    title="Mesenchymal stem cells across diseases: a review",
    abstract="Umbilical cord mesenchymal stem cells have been tried for thin endometrium.",
    pmid="20000",
    pmcid="4000",
    doi="10.1000/review",
    body="Umbilical cord mesenchymal stem cells improved thin endometrium in a trial",
    references=(*(_printed(number, paper) for number, paper in enumerate(CITED, start=1)), UNKNOWN),
)
LIBRARY = (REVIEW, *CITED)
