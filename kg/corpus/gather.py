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
from kg.corpus.relock import bring_locked
from kg.corpus.store import CorpusStore
from kg.errors import ConfigError, NotFoundError, ServiceError, SourceError
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
    is in the folder already is not fetched again. A lock file that is built from is never written over.

    Args:
        settings: the study; its `corpus` says what to fetch.
        client: asks the services.
        folder: the study's output folder; the files go into its ``corpus/``.

    Raises:
        ServiceError: not one of the papers asked for could be had.
        SourceError: an input file is missing.
        ConfigError: the lock file is none, or what it locks is to be refreshed.
    """
    wanted = settings.corpus or CorpusSettings(depth=0)
    store = CorpusStore(folder / FOLDER)
    failures: list[str] = []
    if wanted.lock is not None:
        if client.settings.refresh:
            raise ConfigError(
                "a lock file names exact bytes, which --refresh could only miss",
                where=wanted.lock,
                remedy="leave it out",
            )
        lock = bring_locked(read_lock(wanted.lock), CorpusStore(wanted.lock.parent / FOLDER), store, client, failures)
        settings = replace(settings, title=lock.title, description=lock.description, people=lock.people)
        target = folder / LOCK
        if not target.exists() or not target.samefile(wanted.lock):
            write_lock(target, lock)
    else:
        missing = next((spec.path for spec in settings.inputs if not spec.path.exists()), None)
        if missing is not None:
            raise SourceError("no such input file", where=missing, remedy="correct its path")
        lock = _Gathering(client, store, failures).run(wanted, settings)
        write_lock(folder / LOCK, lock)
    inputs = [InputSpec(folder / FOLDER / paper.file, paper.relation) for paper in lock.papers]
    ready = replace(settings, inputs=(*settings.inputs, *inputs), matches=lock.matches, corpus=None)
    return Corpus(ready, lock, tuple(dict.fromkeys(failures)))


class _Gathering:
    """One gathering; `failures` collects what goes wrong."""

    def __init__(self, client: Client, store: CorpusStore, failures: list[str]) -> None:
        self._client = client
        self._store = store
        self._failures = failures
        self._fetcher = PaperFetcher(client, store, failures.append)
        self._known: set[Curie] = set()
        self._missing: list[Curie] = []

    def run(self, wanted: CorpusSettings, settings: Settings) -> Lock:
        primary = self._bring(wanted.papers, full_text=True, insist=True)
        if wanted.papers and not primary and not settings.inputs:
            reason = self._failures[0] if self._failures else "no service has it"
            raise ServiceError(reason, where=None if self._failures else wanted.papers[0])
        self._failures += [f"{curie}: no service has it" for curie in self._missing]
        papers = [self._locked(one, Relation.PRIMARY) for one in primary]
        documents = [
            d for spec in settings.inputs if spec.relation is Relation.PRIMARY for d in _read(spec.path, spec.format)
        ]
        documents += self._texts(primary)
        for document in documents:
            self._known |= {document.paper.id, *document.paper.identifiers}
        matches: list[ReferenceMatch] = []
        for _ in range(wanted.depth):
            room = wanted.max_documents - sum(paper.form != Form.INDEX for paper in papers)
            if room <= 0:
                break
            cited, found = self._cited(documents, room)
            matches += found
            brought = self._bring(cited[:room], full_text=wanted.full_text, insist=False)
            papers += [self._locked(one, Relation.CITED) for one in brought]
            documents = self._texts(brought)
        return Lock(
            in_order(papers),
            tuple(matches),
            tuple(dict.fromkeys(self._missing)),
            settings.title,
            settings.description,
            settings.people,
            tuple(spec.path.name for spec in settings.inputs),
        )

    def _bring(self, curies: Sequence[Curie], *, full_text: bool, insist: bool) -> list[Brought]:
        brought = self._fetcher.bring(curies, full_text=full_text, insist=insist)
        had = {curie for one in brought for curie in one.asked}
        for one in brought:
            self._known |= {*one.asked, *one.identifiers}
        self._missing += [curie for curie in curies if curie not in had]
        return brought

    def _cited(self, documents: Iterable[Document], room: int) -> tuple[list[Curie], list[ReferenceMatch]]:
        """Return what the documents cite and is not known yet, in the order of their lists, and the matches found."""
        wanted: list[Curie] = []
        matches: list[ReferenceMatch] = []
        for document in documents:
            if len(wanted) >= room:
                break
            note = self._failures.append
            found = match_references(
                self._client, document.paper.id, document.references, note, self._titles, room - len(wanted)
            )
            matches += found
            matched = {match.key: (match.identifier,) for match in found}
            lists = [r.identifiers or matched.get(r.key, ()) for r in document.references]
            for identifiers in lists or [(curie,) for curie in self._listed(document)]:
                best = min(
                    (c for c in identifiers if c.partition(":")[0] in _ASK_BY),
                    key=lambda curie: _ASK_BY.index(curie.partition(":")[0]),
                    default=None,
                )
                if best is not None and self._known.isdisjoint(identifiers):
                    wanted.append(best)
                    self._known |= set(identifiers)
        return wanted, matches

    def _titles(self, curies: Sequence[Curie]) -> dict[Curie, str]:
        """Return the titles of papers of PubMed; their records are kept, for they will be wanted."""
        brought = self._fetcher.bring(curies, full_text=False)
        return {
            curie: document.paper.title
            for one in brought
            for document in _read(self._store.path(one.file.name))
            for curie in one.asked
        }

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
            self._failures.append(str(error))
            return []

    def _texts(self, brought: Sequence[Brought]) -> list[Document]:
        """Read what was brought, but for PubMed's records of papers whose full text is there."""
        return [d for one in brought if one.form is not Form.INDEX for d in _read(self._store.path(one.file.name))]

    def _locked(self, one: Brought, relation: Relation) -> LockedPaper:
        file = one.file
        documents = _read(self._store.path(file.name))
        licence = documents[0].paper.licence if documents else None
        if licence is None and relation is Relation.PRIMARY and one.form is Form.FULL_TEXT:
            licence = self._licence(one)
        return LockedPaper(
            one.asked[0],
            one.identifiers,
            relation,
            one.form.value,
            file.name,
            file.source,
            file.day,
            file.sha256,
            licence,
        )

    def _licence(self, one: Brought) -> str | None:
        """Ask for the licence of a full text that does not state it itself; it is no failure when nobody tells."""
        pmcid = next((curie for curie in one.identifiers if curie.startswith("PMC:")), None)
        try:
            return pmc_oa.licence(self._client, pmcid) if pmcid else None
        except ServiceError:
            return None


def _read(path: Path, form: str | None = None) -> list[Document]:
    # A file that cannot be read is told by the build, which reads it again.
    def ignore(error: SourceError) -> None:
        return None

    return list(read_documents(path, form, on_error=ignore))
