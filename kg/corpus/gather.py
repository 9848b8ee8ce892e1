"""From identifiers to a corpus: the papers, what they cite, and the files that the build reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.config import CorpusSettings, InputSpec, Settings
from kg.corpus.lock import LOCK, Lock, LockedPaper, in_order, read_lock, write_lock
from kg.corpus.papers import Brought, Form, PaperFetcher
from kg.corpus.references import match_references
from kg.corpus.store import CorpusStore
from kg.errors import NotFoundError, ServiceError, SourceError
from kg.identifiers import Curie
from kg.model import Document, ReferenceMatch, Relation
from kg.services import Client, europe_pmc, pmc_oa
from kg.sources import read_documents

FOLDER: Final = "corpus"
"""Folder of the fetched files, beside the outputs."""
_ASK_BY: Final = ("PMC", "PMID", "doi", "NCT")
"""Prefixes of identifiers, those first by which most can be had."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was gathered: the settings to build with, the lock, and lines about what went wrong."""

    settings: Settings
    lock: Lock
    failures: tuple[str, ...]


def gather(settings: Settings, client: Client, folder: Path) -> Corpus:
    """Fetch the papers that a study asks for, and write ``corpus.lock.json``.

    What a service does not have is listed in the lock as missing; what went wrong is a failure, told at the end. What
    is in the folder already is not fetched again.

    Args:
        settings: the study; its `corpus` says what to fetch.
        client: asks the services.
        folder: the study's output folder; the files go into its ``corpus/``.

    Raises:
        ServiceError: not one of the papers asked for could be had.
        ConfigError: the lock file is none.
    """
    wanted = settings.corpus or CorpusSettings(depth=0)
    job = _Job(client, CorpusStore(folder / FOLDER))
    if wanted.lock is not None:
        lock = job.by_lock(read_lock(wanted.lock), wanted.lock.parent / FOLDER)
    else:
        lock = job.by_identifiers(wanted, settings.inputs)
    write_lock(folder / LOCK, lock)
    inputs = [InputSpec(folder / FOLDER / paper.file, paper.relation) for paper in lock.papers]
    ready = replace(settings, inputs=(*settings.inputs, *inputs), matches=lock.matches, corpus=None)
    return Corpus(ready, lock, tuple(dict.fromkeys(job.failures)))


class _Job:
    """One gathering; collects what goes wrong."""

    def __init__(self, client: Client, store: CorpusStore) -> None:
        self.failures: list[str] = []
        self._client = client
        self._store = store
        self._fetcher = PaperFetcher(client, store, self.failures.append)
        self._known: set[Curie] = set()
        self._missing: list[Curie] = []

    def by_identifiers(self, wanted: CorpusSettings, inputs: Sequence[InputSpec]) -> Lock:
        primary = self._bring(wanted.papers, full_text=True, insist=True)
        if wanted.papers and not primary and not inputs:
            reason = self.failures[0] if self.failures else "no service has it"
            raise ServiceError(reason, where=None if self.failures else wanted.papers[0])
        for curie in self._missing:
            self.failures.append(f"{curie}: no service has it")
        papers = [self._locked(one, Relation.PRIMARY) for one in primary]
        documents = [d for spec in inputs if spec.relation is Relation.PRIMARY for d in self._read(spec.path)]
        documents += self._texts(primary)
        for document in documents:
            self._known |= {document.paper.id, *document.paper.identifiers}
        matches: list[ReferenceMatch] = []
        for _ in range(wanted.depth):
            cited, found = self._cited(documents)
            matches += found
            room = max(0, wanted.max_documents - sum(paper.form != Form.INDEX for paper in papers))
            brought = self._bring(cited[:room], full_text=wanted.full_text, insist=False)
            papers += [self._locked(one, Relation.CITED) for one in brought]
            documents = self._texts(brought)
        return Lock(in_order(papers), tuple(matches), tuple(dict.fromkeys(self._missing)))

    def by_lock(self, lock: Lock, beside: Path) -> Lock:
        """Bring exactly the files of a lock: from the folder beside it, else from the services."""
        given = CorpusStore(beside)
        kept = []
        for paper in lock.papers:
            file = self._store.get(paper.file)
            if (file is None or file.sha256 != paper.sha256) and (other := given.get(paper.file)) is not None:
                content = given.path(paper.file).read_bytes()
                file = self._store.put(paper.file, content, source=other.source, day=other.day)
            if file is None or file.sha256 != paper.sha256:
                full = paper.form == Form.FULL_TEXT
                brought = self._bring((paper.id,), full_text=full, insist=paper.relation is Relation.PRIMARY)
                file = next((one.file for one in brought if one.file.name == paper.file), None)
            if file is None:
                self.failures.append(f"{paper.id}: cannot be fetched again")
            elif file.sha256 != paper.sha256:
                self.failures.append(
                    f"{paper.id}: is not as it was locked ({paper.day or 'day unknown'}); it has changed"
                )
            else:
                kept.append(paper)
        texts = [(p, p in kept) for p in lock.papers if p.relation is Relation.PRIMARY and p.form != Form.INDEX]
        if not kept or (texts and not any(had for _, had in texts)):
            raise ServiceError(self.failures[0] if self.failures else "the lock file lists no paper")
        return replace(lock, papers=tuple(kept))

    def _bring(self, curies: Sequence[Curie], *, full_text: bool, insist: bool) -> list[Brought]:
        brought = self._fetcher.bring(curies, full_text=full_text, insist=insist)
        for one in brought:
            self._known |= {one.asked, *one.identifiers}
        had = {one.asked for one in brought}
        self._missing += [curie for curie in curies if curie not in had]
        return brought

    def _cited(self, documents: Iterable[Document]) -> tuple[list[Curie], list[ReferenceMatch]]:
        """Return what the documents cite and is not known yet, in the order of their lists, and the matches found."""
        wanted: list[Curie] = []
        matches: list[ReferenceMatch] = []
        for document in documents:
            found = match_references(self._client, document.paper.id, document.references, self.failures.append)
            matches += found
            matched = {match.key: (match.identifier,) for match in found}
            if not document.references:
                listed = [curie for curie in self._listed(document) if curie not in self._known]
                wanted += listed
                self._known |= set(listed)
            for reference in document.references:
                identifiers = reference.identifiers or matched.get(reference.key, ())
                best = min(
                    (c for c in identifiers if c.partition(":")[0] in _ASK_BY),
                    key=lambda curie: _ASK_BY.index(curie.partition(":")[0]),
                    default=None,
                )
                if best is not None and self._known.isdisjoint(identifiers):
                    wanted.append(best)
                    self._known |= set(identifiers)
        return wanted, matches

    def _listed(self, document: Document) -> list[Curie]:
        """Return what a paper without a reference list of its own (an abstract) cites, as Europe PMC tells."""
        pmid = next((i for i in document.paper.identifiers if i.startswith("PMID:")), None)
        if pmid is None:
            return []
        try:
            return europe_pmc.references(self._client, pmid)
        except NotFoundError:
            return []
        except ServiceError as error:
            self.failures.append(str(error))
            return []

    def _licence(self, one: Brought) -> str | None:
        """Ask for the licence of a full text that does not state it itself."""
        pmcid = next((curie for curie in one.identifiers if curie.startswith("PMC:")), None)
        try:
            return pmc_oa.terms(self._client, pmcid).licence if pmcid else None
        except NotFoundError:
            return None
        except ServiceError as error:
            self.failures.append(str(error))
            return None

    def _texts(self, brought: Sequence[Brought]) -> list[Document]:
        """Read what was brought, but for PubMed's records of papers whose full text is there."""
        return [d for one in brought if one.form is not Form.INDEX for d in self._read(self._store.path(one.file.name))]

    def _read(self, path: Path) -> list[Document]:
        # A file that cannot be read is told by the build, which reads it again.
        def ignore(error: SourceError) -> None:
            return None

        return list(read_documents(path, on_error=ignore))

    def _locked(self, one: Brought, relation: Relation) -> LockedPaper:
        documents = self._read(self._store.path(one.file.name))
        licence = documents[0].paper.licence if documents else None
        if licence is None and relation is Relation.PRIMARY and one.form is Form.FULL_TEXT:
            licence = self._licence(one)
        file = one.file
        return LockedPaper(
            one.asked, one.identifiers, relation, one.form.value, file.name, file.source, file.day, file.sha256, licence
        )
