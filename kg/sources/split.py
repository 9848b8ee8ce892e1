"""Sets of records, as services deliver them, taken apart: one XML document a record, by its identifier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from kg import bibliographic_ids as ids
from kg.identifiers import Curie
from kg.sources.safe_xml import iter_elements


@dataclass(frozen=True, slots=True)
class RecordPart:
    """One record of a set, as an XML document of its own.

    `full` tells whether it has more than front matter; `doi` is what the record itself gives.
    """

    id: Curie
    content: bytes
    full: bool
    doi: Curie | None = None


def pubmed_parts(path: Path) -> Iterator[RecordPart]:
    """Yield the records of a ``PubmedArticleSet``, books too; one without a PMID is left out.

    Raises:
        SourceError: the XML is broken or hostile.
    """
    yield from _parts(path, ("PubmedArticle", "PubmedBookArticle"), _pmid)


def pmc_parts(path: Path) -> Iterator[RecordPart]:
    """Yield the articles of a ``pmc-articleset``; one without a PMCID is left out.

    PubMed Central delivers an article that is not open without its ``body``.

    Raises:
        SourceError: the XML is broken or hostile.
    """
    yield from _parts(path, ("article",), _pmcid)


def _pmid(record: etree._Element) -> Curie | None:
    return ids.pmid(record.findtext("{*}MedlineCitation/{*}PMID") or record.findtext("{*}BookDocument/{*}PMID") or "")


def _pmcid(article: etree._Element) -> Curie | None:
    for element in article.iterfind("{*}front/{*}article-meta/{*}article-id"):
        if element.get("pub-id-type") in ("pmc", "pmcid", "pmcaid") and (found := ids.pmc(element.text or "")):
            return found
    return None


def _parts(path: Path, names: Sequence[str], id_of: Callable[[etree._Element], Curie | None]) -> Iterator[RecordPart]:
    for element in iter_elements(path, *names):
        curie = id_of(element)
        if curie is not None:
            content = etree.tostring(element, encoding="utf-8", xml_declaration=True, with_tail=False)
            doi = element.findtext("{*}PubmedData/{*}ArticleIdList/{*}ArticleId[@IdType='doi']")
            yield RecordPart(curie, content, element.find("{*}body") is not None, ids.doi(doi or ""))
