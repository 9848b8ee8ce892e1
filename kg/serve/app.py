"""The web application: ``/query`` speaks the SPARQL 1.1 Protocol; ``/`` is a query page that needs no network.

Protocol: https://www.w3.org/TR/sparql11-protocol/ (query operation by GET, by URL-encoded POST and by direct POST).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.errors import QueryError
from kg.graph import competency_queries
from kg.serve.workers import QueryTimeoutError, QueryWorkers

_MAX_QUERY: Final = 100_000
"""Bytes of a query; a longer one is refused (413)."""
_FILES: Final[dict[str, tuple[str, str]]] = {
    "network.html": ("text/html", "Network"),
    "report.md": ("text/markdown", "Report"),
    "evidence.csv": ("text/csv", "Evidence table"),
    "graph.ttl": ("text/turtle", "Turtle"),
    "graph.nq": ("application/n-quads", "N-Quads"),
    "graph.graphml": ("application/xml", "GraphML"),
}
"""Outputs that are served: media type, and name for people."""
_PAGE_POLICY: Final = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'"


def create_app(
    folder: Path, workers: QueryWorkers, *, hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
) -> Starlette:
    """Return the application for the study built in `folder`.

    Args:
        folder: outputs of the study; its files are served by name.
        workers: who answers the queries.
        hosts: Host headers that are accepted; others get status 400, so that a page of another site cannot reach
            the endpoint by a name that it points at this machine (DNS rebinding).
    """

    async def query(request: Request) -> Response:
        try:
            text = await _query_of(request)
            answer = await run_in_threadpool(workers.ask, text, request.headers.get("accept", "*/*"))
        except _RefusedError as error:
            return PlainTextResponse(f"{error}\n", error.status)
        except QueryTimeoutError as error:
            return PlainTextResponse(f"{error}\n", 503)
        except QueryError as error:
            return PlainTextResponse(f"{error}\n", 400)
        return Response(answer.body, media_type=answer.media_type)

    async def queries(request: Request) -> Response:
        return JSONResponse([{"name": q.name, "question": q.question, "text": q.text} for q in competency_queries()])

    async def outputs(request: Request) -> Response:
        # A merged study has no report: the page links to what is there.
        there = [{"file": file, "name": name} for file, (_, name) in _FILES.items() if (folder / file).is_file()]
        return JSONResponse(there)

    async def output(request: Request) -> Response:
        name = request.path_params["name"]
        path = folder / name
        if name not in _FILES or not path.is_file():
            return PlainTextResponse("no such file\n", 404)
        return FileResponse(path, media_type=_FILES[name][0])

    routes = [
        Route("/", _page("index.html", "text/html")),
        Route("/query", query, methods=["GET", "POST"]),
        Route("/queries.json", queries),
        Route("/outputs.json", outputs),
        Route("/page.js", _page("page.js", "text/javascript")),
        Route("/page.css", _page("page.css", "text/css")),
        Route("/{name}", output),
    ]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))])


class _RefusedError(Exception):
    """A request that the protocol does not allow, with its HTTP status."""

    def __init__(self, problem: str, status: int) -> None:
        super().__init__(problem)
        self.status = status


async def _query_of(request: Request) -> str:
    """Return the query text of a protocol request."""
    if request.method == "GET":
        found = request.query_params.getlist("query")
    else:
        body = await _body(request)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/sparql-query":
            found = [_decoded(body)]
        elif kind == "application/x-www-form-urlencoded":
            form = parse_qs(_decoded(body), keep_blank_values=True)
            if "update" in form:
                raise _RefusedError("this endpoint is read-only: updates are refused", 403)
            found = form.get("query", [])
        elif kind == "application/sparql-update":
            raise _RefusedError("this endpoint is read-only: updates are refused", 403)
        else:
            raise _RefusedError("send a query as application/sparql-query or application/x-www-form-urlencoded", 415)
    if len(found) != 1:
        raise _RefusedError("exactly one parameter 'query' is needed", 400)
    if len(found[0].encode()) > _MAX_QUERY:
        raise _RefusedError(f"the query is longer than {_MAX_QUERY} bytes", 413)
    return found[0]


async def _body(request: Request) -> bytes:
    """Read a body, but never more than a query can need (three bytes for each of a URL-encoded one)."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > 3 * _MAX_QUERY + 100:
            raise _RefusedError(f"the query is longer than {_MAX_QUERY} bytes", 413)
    return bytes(body)


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _RefusedError("the query is not UTF-8", 400) from error


def _page(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    body = (files("kg.serve") / "static" / name).read_bytes()

    async def page(request: Request) -> Response:
        return Response(body, media_type=media_type, headers={"Content-Security-Policy": _PAGE_POLICY})

    return page
