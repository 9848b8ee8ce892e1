"""Queries in worker processes, so that one that runs too long can be ended.

A query inside Oxigraph cannot be interrupted; a process can be killed. Each worker holds the study's store in memory
and answers one query at a time; one that passes the time limit is killed and replaced.
"""

from __future__ import annotations

import multiprocessing
import queue
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from kg.errors import QueryError

_CONTEXT: Final = multiprocessing.get_context("spawn")
"""Not fork: the server's threads may hold locks at that moment."""
_START_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take: seconds of wall time, bytes of its serialised result, bytes of its worker's memory."""

    seconds: float = 30.0
    bytes: int = 50_000_000
    memory: int = 4_000_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """A serialised result and its media type; or, when `error` is set, why there is none."""

    body: bytes
    media_type: str
    error: str | None = None


class QueryTimeoutError(QueryError):
    """A query was ended because it passed the time limit."""


class _Worker:
    def __init__(self, graph: Path, memory: int) -> None:
        self._pipe, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(theirs, graph, memory), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def ask(self, query: str, accept: str, limits: Limits) -> Answer | None:
        """Return the answer, None when the time limit passed (the worker is then of no more use)."""
        if not self._ready:
            if not self._pipe.poll(_START_SECONDS):
                raise QueryError("the store did not load in time", remedy="start the server again")
            self._pipe.recv()
            self._ready = True
        self._pipe.send((query, accept, limits.bytes))
        if not self._pipe.poll(limits.seconds):
            return None
        answer: Answer = self._pipe.recv()
        return answer

    def stop(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


class QueryWorkers:
    """A fixed number of workers on one graph file; safe to call from many threads."""

    def __init__(self, graph: Path, *, limits: Limits = Limits(), workers: int = 2) -> None:
        """Start the workers.

        Args:
            graph: N-Quads file of a built study.
            limits: what one query may take.
            workers: processes; each holds its own copy of the store.
        """
        self._graph = graph
        self._limits = limits
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for _ in range(workers):
            self._idle.put(_Worker(graph, limits.memory))

    def ask(self, query: str, accept: str) -> Answer:
        """Run a query, waiting for a free worker.

        Args:
            query: SPARQL 1.1 query.
            accept: the HTTP Accept header; decides the result's format.

        Raises:
            QueryTimeoutError: it passed the time limit.
            QueryError: it is wrong or refused, or its result is too large.
        """
        worker = self._idle.get()
        try:
            answer = worker.ask(query, accept, self._limits)
        except (EOFError, OSError):
            worker.stop()
            worker = _Worker(self._graph, self._limits.memory)
            raise QueryError("the query ended its worker", remedy="ask for less in one query") from None
        else:
            if answer is None:
                worker.stop()
                worker = _Worker(self._graph, self._limits.memory)
        finally:
            self._idle.put(worker)
        if answer is None:
            raise QueryTimeoutError(
                f"stopped after {self._limits.seconds:g} s", remedy="add a LIMIT or a narrower pattern"
            )
        if answer.error is not None:
            raise QueryError(answer.error)
        return answer

    def close(self) -> None:
        """Stop all idle workers."""
        while True:
            try:
                self._idle.get_nowait().stop()
            except queue.Empty:
                return


def _serve(pipe: Connection, graph: Path, memory: int) -> None:
    """Answer queries until the pipe closes: the body of a worker process."""
    _limit_memory(memory)
    import signal

    from kg.graph import open_store, serialize_results

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    store = open_store(graph)
    pipe.send(None)
    while True:
        try:
            query, accept, limit = pipe.recv()
        except EOFError:
            return
        try:
            body, media_type = serialize_results(store, query, accept)
        except QueryError as error:
            pipe.send(Answer(b"", "", str(error)))
            continue
        if len(body) > limit:
            pipe.send(Answer(b"", "", f"the result has {len(body)} bytes, more than {limit}; add a LIMIT"))
        else:
            pipe.send(Answer(body, media_type))


def _limit_memory(size: int) -> None:
    """Let this process end rather than take more than `size` bytes; where the system has no such limit, do nothing."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))
