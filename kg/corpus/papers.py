"""Bringing papers by their identifiers: the open full text, else the abstract, else what a registry has."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from kg.corpus.store import CorpusStore, StoredFile, file_name
from kg.errors import NotFoundError, ServiceError, SourceError
from kg.identifiers import Curie
from kg.services import bioc_pmc, crossref, europe_pmc, eutils, id_converter, registry
from kg.services.http import Answer, Client
from kg.sources.split import RecordPart, pmc_parts, pubmed_parts

Note = Callable[[str], None]
"""Takes a line for the user about something that could not be had."""


class Form(StrEnum):
    """What was brought of a paper."""

    FULL_TEXT = "full text"
    ABSTRACT = "abstract"
    RECORD = "registry record"
    INDEX = "index record"
    """PubMed's record of a paper whose full text is there: publication types, MeSH headings, retraction."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A paper that was brought: the identifier it was asked by, all that are known, the form, and the file."""

    asked: Curie
    identifiers: tuple[Curie, ...]
    form: Form
    file: StoredFile


@dataclass(slots=True)
class _Wanted:
    """What is known of one paper while it is looked for."""

    asked: Curie
    names: dict[str, Curie] = field(default_factory=dict)
    record: dict[str, Any] | None = None

    def learn(self, identifiers: Iterable[Curie]) -> None:
        for curie in identifiers:
            self.names.setdefault(curie.partition(":")[0], curie)

    @property
    def identifiers(self) -> tuple[Curie, ...]:
        return tuple(sorted(set(self.names.values())))


class PaperFetcher:
    """Brings papers into a store. What a service fails to give is noted, and the next source is asked."""

    def __init__(self, client: Client, store: CorpusStore, note: Note) -> None:
        """Build the fetcher.

        Args:
            client: asks the services.
            store: keeps what they give.
            note: takes a line for each thing that could not be had because a service failed.
        """
        self._client = client
        self._store = store
        self._note = note

    def bring(self, curies: Sequence[Curie], *, full_text: bool, insist: bool = False) -> list[Brought]:
        """Return what could be brought of the papers, in their order; what nobody has is left out.

        A paper that is in PubMed is brought with its record there too, in which a retraction is told.

        Args:
            curies: PMCIDs, PMIDs, DOIs and NCT numbers.
            full_text: whether open full texts are wanted, not only abstracts.
            insist: ask further services for a full text that PubMed Central does not give.
        """
        wanted = [_Wanted(curie) for curie in dict.fromkeys(curies)]
        for one in wanted:
            one.learn((one.asked,))
        papers = [one for one in wanted if "NCT" not in one.names]
        self._identify(papers)
        found: dict[Curie, tuple[Form, StoredFile]] = {}
        if full_text:
            self._full_texts(papers, found, insist=insist)
        indexed = self._records(papers)
        for asked, file in indexed.items():
            found.setdefault(asked, (Form.ABSTRACT, file))
        for one in (one for one in papers if one.asked not in found):
            self._other_abstract(one, found)
        for one in (one for one in wanted if "NCT" in one.names):
            self._trial(one, found)
        brought = [Brought(one.asked, one.identifiers, *found[one.asked]) for one in wanted if one.asked in found]
        brought += [
            Brought(one.asked, one.identifiers, Form.INDEX, indexed[one.asked])
            for one in wanted
            if one.asked in indexed and found[one.asked][0] is Form.FULL_TEXT
        ]
        return brought

    def _identify(self, papers: Sequence[_Wanted]) -> None:
        """Learn the other identifiers of the papers: from the converter, and of DOIs from Europe PMC."""
        with _noting(self._note):
            known = id_converter.convert(self._client, [one.asked for one in papers])
            for one in papers:
                one.learn(known.get(one.asked, ()))
        unknown = {one.names["doi"]: one for one in papers if set(one.names) == {"doi"}}
        if unknown:
            with _noting(self._note):
                for record in europe_pmc.search_dois(self._client, list(unknown)):
                    identifiers = europe_pmc.identifiers_of(record)
                    paper = next((unknown[curie] for curie in identifiers if curie in unknown), None)
                    if paper is not None:
                        paper.learn(identifiers)
                        paper.record = paper.record or record

        unknown = {doi: one for doi, one in unknown.items() if set(one.names) == {"doi"} and one.record is None}
        if unknown:
            self._search_pubmed(unknown)

    def _search_pubmed(self, papers: Mapping[Curie, _Wanted]) -> None:
        """Look DOIs up in PubMed itself, and keep the records that turn out to be theirs."""
        with _noting(self._note):
            pmids = eutils.search_dois(self._client, list(papers))
            for answer in eutils.pubmed_records(self._client, pmids):
                for part in self._parts(answer, pubmed_parts):
                    if part.doi is not None and part.doi in papers:
                        papers[part.doi].learn((part.id,))
                        self._keep(part.id, part.content, answer)

    def _full_texts(
        self, papers: Sequence[_Wanted], found: dict[Curie, tuple[Form, StoredFile]], *, insist: bool
    ) -> None:
        open_ = {one.names["PMC"]: one for one in papers if "PMC" in one.names}
        for pmcid, file in self._kept(open_):
            found[open_[pmcid].asked] = (Form.FULL_TEXT, file)
        missing = [pmcid for pmcid, one in open_.items() if one.asked not in found]
        with _noting(self._note):
            for answer in eutils.pmc_articles(self._client, missing):
                for part in self._parts(answer, pmc_parts):
                    if part.full and part.id in open_:
                        found[open_[part.id].asked] = (Form.FULL_TEXT, self._keep(part.id, part.content, answer))
        for pmcid, one in open_.items():
            if insist and one.asked not in found and (other := self._second_full_text(pmcid)) is not None:
                found[one.asked] = (Form.FULL_TEXT, other)

    def _second_full_text(self, pmcid: Curie) -> StoredFile | None:
        for ask in (europe_pmc.full_text, bioc_pmc.article):
            with _noting(self._note):
                try:
                    answer = ask(self._client, pmcid)
                except NotFoundError:
                    continue
                return self._keep(pmcid, answer.content, answer)
        return None

    def _records(self, papers: Sequence[_Wanted]) -> dict[Curie, StoredFile]:
        """Return PubMed's records of the papers, by the identifier asked."""
        listed = {one.names["PMID"]: one.asked for one in papers if "PMID" in one.names}
        records = {listed[pmid]: file for pmid, file in self._kept(listed)}
        missing = [pmid for pmid, asked in listed.items() if asked not in records]
        with _noting(self._note):
            for answer in eutils.pubmed_records(self._client, missing):
                for part in self._parts(answer, pubmed_parts):
                    if part.id in listed:
                        records[listed[part.id]] = self._keep(part.id, part.content, answer)
        return records

    def _other_abstract(self, one: _Wanted, found: dict[Curie, tuple[Form, StoredFile]]) -> None:
        """Take what Europe PMC told of a paper that PubMed lacks, else ask Crossref."""
        doi = one.names.get("doi")
        if doi is None:
            return
        if (file := self._kept_file(doi)) is not None:
            found[one.asked] = (Form.ABSTRACT, file)
            return
        if one.record is not None and one.record.get("abstractText"):
            source = f"{europe_pmc.BASE}/search?query=DOI:{doi.partition(':')[2]}"
            found[one.asked] = (Form.ABSTRACT, self._keep_item(doi, europe_pmc.to_csl(one.record), source, ""))
            return
        with _noting(self._note):
            try:
                answer, work = crossref.work(self._client, doi)
            except NotFoundError:
                return
            if work.get("title"):
                found[one.asked] = (Form.ABSTRACT, self._keep_item(doi, work, answer.url, answer.day))

    def _trial(self, one: _Wanted, found: dict[Curie, tuple[Form, StoredFile]]) -> None:
        if (file := self._kept_file(one.asked)) is not None:
            found[one.asked] = (Form.RECORD, file)
            return
        with _noting(self._note):
            try:
                answer = registry.trial(self._client, one.asked)
            except NotFoundError:
                return
            found[one.asked] = (Form.RECORD, self._keep(one.asked, answer.content, answer))

    def _kept(self, curies: Iterable[Curie]) -> Iterator[tuple[Curie, StoredFile]]:
        yield from ((curie, file) for curie in curies if (file := self._kept_file(curie)) is not None)

    def _kept_file(self, curie: Curie) -> StoredFile | None:
        return None if self._client.settings.refresh else self._store.get(file_name(curie))

    def _keep(self, curie: Curie, content: bytes, answer: Answer) -> StoredFile:
        return self._store.put(file_name(curie), content, source=answer.url, day=answer.day)

    def _keep_item(self, doi: Curie, item: dict[str, Any], source: str, day: str) -> StoredFile:
        content = json.dumps([item], ensure_ascii=False, sort_keys=True, indent=1).encode()
        return self._store.put(file_name(doi), content, source=source, day=day)

    def _parts(self, answer: Answer, split: Callable[[Path], Iterator[RecordPart]]) -> Iterator[RecordPart]:
        """Yield the records of an answer; where one is broken, those before it are kept and the fault is noted."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answer.xml"
            path.write_bytes(answer.content)
            try:
                yield from split(path)
            except SourceError as error:
                self._note(f"{answer.url}: {error.problem}")


class _noting:  # noqa: N801 - reads as a statement
    """Notes a `ServiceError` of its block, and goes on behind it."""

    def __init__(self, note: Note) -> None:
        self._note = note

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, ServiceError):
            self._note(str(error))
            return True
        return False
