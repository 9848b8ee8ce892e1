"""Bringing exactly the files that a lock file names."""

from __future__ import annotations

from dataclasses import replace

from kg.corpus.lock import Lock, LockedPaper
from kg.corpus.papers import Form, PaperFetcher
from kg.corpus.store import CorpusStore, StoredFile
from kg.errors import ServiceError
from kg.model import Relation
from kg.services import Client


def bring_locked(lock: Lock, given: CorpusStore, store: CorpusStore, client: Client, failures: list[str]) -> Lock:
    """Bring the papers of a lock: from the store, from the folder beside the lock file, else from the services.

    Args:
        lock: what to bring.
        given: the folder beside the lock file.
        store: where the files go.
        client: asks the services.
        failures: takes a line for each paper that cannot be had as it was.

    Returns:
        The lock with the papers that are there as they were.

    Raises:
        ServiceError: no paper, or none of those that the study is about, is there as it was.
    """
    had = {paper.file: _at_hand(paper, given, store) for paper in lock.papers}
    wanted = [paper for paper in lock.papers if had[paper.file] is None]
    for paper in wanted:
        store.forget(paper.file)
    fetcher = PaperFetcher(client, store, failures.append)
    for full in (True, False):
        for insist in (True, False):
            group = [
                p for p in wanted if (p.form == Form.FULL_TEXT) is full and (p.relation is Relation.PRIMARY) is insist
            ]
            if group:
                brought = fetcher.bring([paper.id for paper in group], full_text=full, insist=insist)
                had |= {one.file.name: one.file for one in brought if one.file.name in had}
    kept = []
    for paper in lock.papers:
        file = had[paper.file]
        if file is None:
            failures.append(f"{paper.id}: cannot be fetched again")
        elif file.sha256 != paper.sha256:
            failures.append(f"{paper.id}: is not as it was locked ({paper.day or 'day unknown'}); it has changed")
        else:
            kept.append(paper)
    failures += [f"{name}: is an input file of the locked study; give it as well" for name in lock.files]
    texts = [p in kept for p in lock.papers if p.relation is Relation.PRIMARY and p.form != Form.INDEX]
    if not kept or (texts and not any(texts)):
        raise ServiceError(failures[0] if failures else "the lock file lists no paper")
    return replace(lock, papers=tuple(kept))


def _at_hand(paper: LockedPaper, given: CorpusStore, store: CorpusStore) -> StoredFile | None:
    file = store.get(paper.file, paper.sha256)
    if file is None and (other := given.get(paper.file, paper.sha256)) is not None:
        content = given.path(paper.file).read_bytes()
        file = store.put(paper.file, content, source=other.source, day=other.day)
    return file
