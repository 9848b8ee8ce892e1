"""Bringing papers by their identifiers: the open full text, else the abstract, else what a registry has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from kg.corpus.reading import article_in, csl_item, is_trial, json_bytes, pmc_records, pubmed_records
from kg.corpus.store import CorpusStore, StoredFile, file_name
from kg.errors import NotFoundError, ServiceError
from kg.identifiers import Curie
from kg.services import bioc_pmc, crossref, europe_pmc, eutils, id_converter, registry
from kg.services.http import Answer, Client
from kg.services.identifiers import doi_curie

Note = Callable[[str], None]
"""Takes a line for the user about something that could not be had."""
Result = TypeVar("Result")


class Form(StrEnum):
    """What was brought of a paper."""

    FULL_TEXT = "full text"
    ABSTRACT = "abstract"
    RECORD = "registry record"
    INDEX = "index record"
    """PubMed's record of a paper whose full text is there: publication types, MeSH headings, retraction."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A paper that was brought: what it was asked by, all its identifiers, the form, and the file."""

    asked: tuple[Curie, ...]
    identifiers: tuple[Curie, ...]
    form: Form
    file: StoredFile


@dataclass(slots=True)
class _Wanted:
    """What is known of one paper while it is looked for; `asked` are all identifiers that it was asked by."""

    asked: list[Curie]
    names: dict[str, Curie] = field(default_factory=dict)
    record: dict[str, Any] | None = None
    form: Form | None = None
    file: StoredFile | None = None
    index: StoredFile | None = None

    def learn(self, identifiers: Iterable[Curie]) -> None:
        for curie in identifiers:
            self.names.setdefault(curie.partition(":")[0], curie)

    def take(self, form: Form, file: StoredFile) -> None:
        if self.file is None:
            self.form, self.file = form, file


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

        A paper that is asked for by two identifiers is brought once. One that is in PubMed is brought with its record
        there too, in which a retraction is told.

        Args:
            curies: PMCIDs, PMIDs, DOIs and NCT numbers.
            full_text: whether open full texts are wanted, not only abstracts.
            insist: ask further services for a full text that PubMed Central does not give.
        """
        found = [_Wanted([curie], {curie.partition(":")[0]: curie}) for curie in dict.fromkeys(curies)]
        trials = [one for one in found if "NCT" in one.names]
        papers = [one for one in found if "NCT" not in one.names]
        self._identify(papers)
        papers = _united(papers)
        if full_text:
            self._full_texts(papers, insist=insist)
        self._records(papers)
        for one in papers:
            if one.file is None:
                self._other_abstract(one)
        for one in trials:
            self._trial(one)
        places = {curie: place for place, curie in enumerate(curies)}
        wanted = sorted((*papers, *trials), key=lambda one: places[one.asked[0]])
        brought = [self._brought(one, one.form, one.file) for one in wanted if one.file and one.form]
        brought += [self._brought(one, Form.INDEX, one.index) for one in wanted if one.index]
        return brought

    @staticmethod
    def _brought(one: _Wanted, form: Form, file: StoredFile) -> Brought:
        return Brought(tuple(one.asked), tuple(sorted(set(one.names.values()))), form, file)

    def _identify(self, papers: Sequence[_Wanted]) -> None:
        """Learn the other identifiers of the papers: from the converter, and of DOIs from Europe PMC and PubMed."""
        known: dict[Curie, tuple[Curie, ...]] = {}
        for batch in id_converter.batches([one.asked[0] for one in papers]):
            known |= self._tried(partial(id_converter.convert, self._client, batch)) or {}
        for one in papers:
            one.learn(known.get(one.asked[0], ()))
        unknown = {one.names["doi"]: one for one in papers if set(one.names) == {"doi"}}
        for dois in _parts(list(unknown), europe_pmc.DOIS):
            for result in self._tried(partial(europe_pmc.search_dois, self._client, dois)) or ():
                identifiers = europe_pmc.identifiers_of(result)
                paper = next((unknown[curie] for curie in identifiers if curie in unknown), None)
                if paper is not None:
                    paper.learn(identifiers)
                    paper.record = paper.record or result
        unknown = {doi: one for doi, one in unknown.items() if set(one.names) == {"doi"} and one.record is None}
        for dois in _parts(list(unknown), eutils.DOIS):
            pmids = self._tried(partial(eutils.search_dois, self._client, dois)) or ()
            for part, answer in self._pubmed(pmids):
                if part.doi in unknown:
                    unknown[part.doi].learn((part.id,))
                    self._keep(file_name(part.id), part.content, answer)

    def _full_texts(self, papers: Sequence[_Wanted], *, insist: bool) -> None:
        open_ = {one.names["PMC"]: one for one in papers if "PMC" in one.names}
        for pmcid, one in open_.items():
            if (file := self._kept(file_name(pmcid)) or self._kept(bioc_name(pmcid))) is not None:
                one.take(Form.FULL_TEXT, file)
        asked = [c for c, one in open_.items() if one.file is None and not self._is_absent(file_name(c))]
        answered: set[Curie] = set()
        for part, answer in self._halving(eutils.pmc_articles, asked, eutils.FULL_TEXTS, pmc_records):
            answered.add(part.id)
            if part.id in open_ and part.full:
                open_[part.id].take(Form.FULL_TEXT, self._keep(file_name(part.id), part.content, answer))
        for pmcid, one in open_.items():
            if one.file is None and insist:
                self._second_full_text(pmcid, one)
            if one.file is None and pmcid in answered:
                self._store.note_absent(file_name(pmcid))
            self._fall_back(one, Form.FULL_TEXT, file_name(pmcid))

    def _second_full_text(self, pmcid: Curie, one: _Wanted) -> None:
        for ask, name in ((europe_pmc.full_text, file_name(pmcid)), (bioc_pmc.article, bioc_name(pmcid))):
            answer = self._tried(partial(_or_none, partial(ask, self._client, pmcid)))
            if answer is not None and article_in(answer.content, pmcid):
                one.take(Form.FULL_TEXT, self._keep(name, answer.content, answer))
                return

    def _records(self, papers: Sequence[_Wanted]) -> None:
        """Take PubMed's records of the papers: as their abstracts, or beside their full texts."""
        listed = {one.names["PMID"]: one for one in papers if "PMID" in one.names}
        files = {pmid: file for pmid in listed if (file := self._kept(file_name(pmid))) is not None}
        asked = [c for c in listed if c not in files and not self._is_absent(file_name(c))]
        for part, answer in self._pubmed(asked):
            if part.id in listed:
                files[part.id] = self._keep(file_name(part.id), part.content, answer)
        for pmid, one in listed.items():
            file = files.get(pmid) or self._store.get(file_name(pmid))
            if file is not None and one.file is not None:
                one.index = file
            elif file is not None:
                one.take(Form.ABSTRACT, file)

    def _pubmed(self, pmids: Sequence[Curie]) -> list[tuple[Any, Answer]]:
        return self._halving(eutils.pubmed_records, pmids, eutils.RECORDS, pubmed_records)

    def _halving(
        self,
        ask: Callable[[Client, Sequence[Curie]], Answer],
        curies: Sequence[Curie],
        size: int,
        split: Callable[[bytes], list[Any]],
    ) -> list[tuple[Any, Answer]]:
        """Return the records of answers to groups of identifiers.

        A group whose answer cannot be used is asked for in halves: one broken record must not cost its neighbours.
        """
        found: list[tuple[Any, Answer]] = []
        waiting = _parts(curies, size)
        while waiting:
            group = waiting.pop(0)
            try:
                answer = ask(self._client, group)
                found += [(part, answer) for part in split(answer.content)]
            except ServiceError as error:
                if len(group) > 1 and not self._client.is_down(error):
                    waiting[:0] = _parts(group, (len(group) + 1) // 2)
                else:
                    self._note(str(error))
        return found

    def _other_abstract(self, one: _Wanted) -> None:
        """Take what Europe PMC told of a paper that PubMed lacks, else ask Crossref."""
        doi = one.names.get("doi")
        if doi is None:
            return
        name = file_name(doi)
        if (file := self._kept(name)) is not None:
            one.take(Form.ABSTRACT, file)
        elif one.record is not None and one.record.get("abstractText") and one.record.get("title"):
            source = f"{europe_pmc.BASE}/search?query=DOI:{doi.partition(':')[2]}"
            content = json_bytes([europe_pmc.to_csl(one.record)])
            one.take(Form.ABSTRACT, self._store.put(name, content, source=source, day=""))
        elif not self._is_absent(name):
            answer = self._tried(partial(_or_none, partial(crossref.work, self._client, doi)))
            if answer is not None and doi_curie(answer[1].get("DOI")) == doi and answer[1].get("title"):
                content = json_bytes([csl_item(answer[1])])
                one.take(Form.ABSTRACT, self._keep(name, content, answer[0]))
        self._fall_back(one, Form.ABSTRACT, name)

    def _trial(self, one: _Wanted) -> None:
        nct, name = one.asked[0], file_name(one.asked[0])
        if (file := self._kept(name)) is not None:
            one.take(Form.RECORD, file)
            return
        answer = self._tried(partial(_or_none, partial(registry.trial, self._client, nct)))
        if answer is not None and is_trial(answer.json(), nct):
            one.take(Form.RECORD, self._keep(name, answer.content, answer))
        self._fall_back(one, Form.RECORD, name)

    def _tried(self, ask: Callable[[], Result]) -> Result | None:
        """Return an answer; None, and a note why, when there is none."""
        try:
            return ask()
        except ServiceError as error:
            self._note(str(error))
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
            # JSON may be of any shape, and no shape may end a run of hundreds of papers.
            self._note(f"a service answered in another form than it documents ({type(error).__name__}: {error})")
        return None

    def _kept(self, name: str) -> StoredFile | None:
        return None if self._client.settings.refresh else self._store.get(name)

    def _is_absent(self, name: str) -> bool:
        return not self._client.settings.refresh and self._store.is_absent(name)

    def _fall_back(self, one: _Wanted, form: Form, name: str) -> None:
        """Take the file of an earlier run where a refresh could not bring a new one."""
        if one.file is None and (file := self._store.get(name)) is not None:
            one.take(form, file)

    def _keep(self, name: str, content: bytes, answer: Answer) -> StoredFile:
        return self._store.put(name, content, source=answer.url, day=answer.day)


def bioc_name(pmcid: Curie) -> str:
    """Return the name of the file that holds a full text as BioC."""
    return f"PMC{pmcid.partition(':')[2]}.bioc.xml"


def _or_none(ask: Callable[[], Result]) -> Result | None:
    try:
        return ask()
    except NotFoundError:
        return None


def _parts(items: Sequence[Curie], size: int) -> list[Sequence[Curie]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def _united(papers: Sequence[_Wanted]) -> list[_Wanted]:
    """Return the papers, those that turned out to be the same as one."""
    kept: list[_Wanted] = []
    owner: dict[Curie, _Wanted] = {}
    for one in papers:
        same = next((owner[name] for name in one.names.values() if name in owner), None)
        if same is None:
            kept.append(one)
            same = one
        else:
            same.asked += one.asked
            same.learn(one.names.values())
            same.record = same.record or one.record
        owner |= dict.fromkeys(one.names.values(), same)
    return kept
