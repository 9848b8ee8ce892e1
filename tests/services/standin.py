"""A small server that speaks as the literature services do, from papers that a test makes up, and misbehaves on demand.

It answers at ``http://127.0.0.1:<port>/<host>/<path>``, which is how `ServiceSettings.mirror` asks.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

FAULTS = (
    "retry later",
    "500",
    "503",
    "stall",
    "truncated",
    "wrong content type",
    "web page",
    "elsewhere",
    "bomb",
    "cut connection",
)
"""Ways to misbehave."""


@dataclass(frozen=True)
class FakePaper:
    """A paper that the services know: by which ids, with what text."""

    title: str
    abstract: str = ""
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    body: str | None = None
    references: tuple[str, ...] = ()
    types: tuple[str, ...] = ("Journal Article",)
    retracted: bool = False
    journal: str = "Journal of Made-up Results"
    year: int = 2021
    volume: str = "7"
    page: str = "101"
    author: str = "Maker"
    in_europe_pmc: bool = True
    europe_full_text: bool = False
    europe_references: tuple[dict[str, str], ...] = ()


@dataclass
class Served:
    """One request as the server saw it."""

    path: str
    fields: dict[str, str]
    headers: dict[str, str]
    fault: str | None


@dataclass
class StandIn:
    """The server; a context manager. `fault` says for the n-th request (from 1) how it misbehaves, None: not at all."""

    papers: Sequence[FakePaper]
    trials: dict[str, dict[str, Any]] = field(default_factory=dict)
    fault: Callable[[int], str | None] = lambda number: None
    stall: float = 3.0
    chunked: bool = False
    drip: float = 0.0
    retry_after: str = "1"
    served: list[Served] = field(default_factory=list)

    def __enter__(self) -> Self:
        stand_in = self
        lock = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                return

            def do_GET(self) -> None:
                self._serve(urlsplit(self.path).query)

            def do_POST(self) -> None:
                self._serve(self.rfile.read(int(self.headers["Content-Length"])).decode())

            def _serve(self, query: str) -> None:
                fields = {key: values[0] for key, values in parse_qs(query, keep_blank_values=True).items()}
                with lock:
                    number = len(stand_in.served) + 1
                    fault = stand_in.fault(number)
                    path = urlsplit(self.path).path
                    stand_in.served.append(Served(path, fields, dict(self.headers), fault))
                status, kind, body = stand_in.answer(path, fields)
                self._send(status, kind, body, fault)

            def _send(self, status: int, kind: str, body: bytes, fault: str | None) -> None:
                headers = {"Content-Type": kind}
                match fault:
                    case "retry later":
                        status, body, headers = 429, b"slow down", {"Retry-After": stand_in.retry_after}
                    case "500" | "503":
                        status, body = int(fault), b"sorry"
                    case "stall":
                        time.sleep(stand_in.stall)
                    case "wrong content type":
                        headers["Content-Type"] = "application/octet-stream"
                    case "web page":
                        body = b"<!DOCTYPE html><html><body>Maintenance</body></html>"
                    case "elsewhere":
                        status, body, headers = 302, b"", {"Location": "http://elsewhere.invalid/"}
                    case "bomb":
                        body = gzip.compress(b" " * (70 * 2**20))
                        headers["Content-Encoding"] = "gzip"
                    case "cut connection":
                        self.close_connection = True
                        self.connection.close()
                        return
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    whole = body[: len(body) // 2] if fault == "truncated" else body
                    if stand_in.chunked:
                        self.send_header("Transfer-Encoding", "chunked")
                        self.end_headers()
                        for start in range(0, len(whole), 50_000):
                            piece = whole[start : start + 50_000]
                            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                        self.wfile.write(b"" if fault == "truncated" else b"0\r\n\r\n")
                    else:
                        self.send_header("Content-Length", str(len(body)))
                        self.end_headers()
                        for byte in whole if stand_in.drip else ():
                            self.wfile.write(bytes([byte]))
                            self.wfile.flush()
                            time.sleep(stand_in.drip)
                        self.wfile.write(b"" if stand_in.drip else whole)
                    if fault == "truncated":
                        self.close_connection = True
                except OSError:
                    self.close_connection = True

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, path: str, fields: dict[str, str]) -> tuple[int, str, bytes]:
        """Return status, content type and body of an honest answer."""
        match path.split("/")[1:]:
            case ["eutils.ncbi.nlm.nih.gov", *_, "efetch.fcgi"] if fields["db"] == "pubmed":
                found = [p for i in fields["id"].split(",") for p in self.papers if p.pmid == i]
                inner = "".join(pubmed_article(p) for p in found)
                return 200, "text/xml", f"<?xml version='1.0'?><PubmedArticleSet>{inner}</PubmedArticleSet>".encode()
            case ["eutils.ncbi.nlm.nih.gov", *_, "efetch.fcgi"]:
                found = [p for i in fields["id"].split(",") for p in self.papers if p.pmcid == i]
                inner = "".join(jats_article(p, body=p.body) for p in found)
                return 200, "text/xml", f"<?xml version='1.0'?><pmc-articleset>{inner}</pmc-articleset>".encode()
            case ["eutils.ncbi.nlm.nih.gov", *_, "esearch.fcgi"]:
                ids = [p.pmid for p in self.papers if p.pmid and p.doi and f'"{p.doi}"[AID]' in fields["term"]]
                return 200, "application/json", json.dumps({"esearchresult": {"idlist": ids}}).encode()
            case ["eutils.ncbi.nlm.nih.gov", *_, "ecitmatch.cgi"]:
                return 200, "text/plain", self._matched(fields["bdata"]).encode()
            case ["pmc.ncbi.nlm.nih.gov", "tools", "idconv", *_]:
                return 200, "application/json", json.dumps(self._converted(fields)).encode()
            case ["www.ebi.ac.uk", *_, "search"]:
                found = [p for p in self.papers if p.in_europe_pmc and p.doi and f'DOI:"{p.doi}"' in fields["query"]]
                results = {"resultList": {"result": [europe_record(p) for p in found]}}
                return 200, "application/json", json.dumps(results).encode()
            case ["www.ebi.ac.uk", *_, "MED", pmid, "references"]:
                one = next((p for p in self.papers if p.pmid == pmid and p.europe_references), None)
                listed = [{"citedOrder": n, **r} for n, r in enumerate(one.europe_references, 1)] if one else []
                return 200, "application/json", json.dumps({"referenceList": {"reference": listed}}).encode()
            case ["www.ebi.ac.uk", *_, pmcid, "fullTextXML"]:
                one = next((p for p in self.papers if f"PMC{p.pmcid}" == pmcid and p.europe_full_text), None)
                return (
                    (200, "application/xml", jats_article(one, body="Text from Europe PMC.").encode()) if one else NONE
                )
            case ["www.ncbi.nlm.nih.gov", "research", *_]:
                return 200, "text/plain", b"[Error] : No result can be found. <BR><HR>"
            case ["api.crossref.org", "works"]:
                asked = fields["query.bibliographic"]
                found = [p for p in self.papers if p.doi and p.title[:30] in asked]
                return (
                    200,
                    "application/json",
                    json.dumps({"message": {"items": [crossref_work(p) for p in found]}}).encode(),
                )
            case ["api.crossref.org", "works", doi]:
                one = next((p for p in self.papers if p.doi == unquote(doi)), None)
                return (200, "application/json", json.dumps({"message": crossref_work(one)}).encode()) if one else NONE
            case ["clinicaltrials.gov", "api", "v2", "studies", nct] if nct in self.trials:
                return 200, "application/json", json.dumps(self.trials[nct]).encode()
        return NONE

    def _converted(self, fields: dict[str, str]) -> dict[str, Any]:
        records: list[dict[str, Any]] = []
        key = {"doi": "doi", "pmid": "pmid", "pmcid": "pmcid"}[fields["idtype"]]
        for asked in fields["ids"].split(","):
            paper = next((p for p in self.papers if p.pmcid and getattr(p, key) == asked), None)
            if paper is None:
                records.append({"requested-id": asked, "status": "error", "errmsg": "Identifier not found in PMC"})
            else:
                known = {"doi": paper.doi, "pmid": paper.pmid and int(paper.pmid), "pmcid": f"PMC{paper.pmcid}"}
                records.append({"requested-id": asked, **{k: v for k, v in known.items() if v}})
        return {"status": "ok", "records": records}

    def _matched(self, lines: str) -> str:
        answers = []
        for line in lines.split("\r"):
            journal, year, volume, page, author, key, *_ = line.split("|")
            paper = next(
                (p for p in self.papers if (p.journal, str(p.year), p.volume, p.page) == (journal, year, volume, page)),
                None,
            )
            answers.append(
                f"{journal}|{year}|{volume}|{page}|{author}|{key}|{paper.pmid if paper and paper.pmid else 'NOT_FOUND'}"
            )
        return "\n".join(answers) + "\n"


NONE = (404, "text/plain", b"not found")


def pubmed_article(paper: FakePaper) -> str:
    """Return a record of PubMed (https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/)."""
    types = "".join(f"<PublicationType UI='D0'>{t}</PublicationType>" for t in paper.types)
    if paper.retracted:
        types += "<PublicationType UI='D016441'>Retracted Publication</PublicationType>"
    ids = f"<ArticleId IdType='pubmed'>{paper.pmid}</ArticleId>"
    ids += f"<ArticleId IdType='doi'>{escape(paper.doi)}</ArticleId>" if paper.doi else ""
    ids += f"<ArticleId IdType='pmc'>PMC{paper.pmcid}</ArticleId>" if paper.pmcid else ""
    return (
        f"<PubmedArticle><MedlineCitation Status='MEDLINE'><PMID Version='1'>{paper.pmid}</PMID><Article>"
        f"<Journal><JournalIssue><Volume>{paper.volume}</Volume><PubDate><Year>{paper.year}</Year></PubDate></JournalIssue>"
        f"<Title>{escape(paper.journal)}</Title></Journal><ArticleTitle>{escape(paper.title)}</ArticleTitle>"
        f"<Abstract><AbstractText>{escape(paper.abstract)}</AbstractText></Abstract>"
        f"<AuthorList><Author><LastName>{paper.author}</LastName><ForeName>Ann</ForeName></Author></AuthorList>"
        f"<PublicationTypeList>{types}</PublicationTypeList></Article></MedlineCitation>"
        f"<PubmedData><ArticleIdList>{ids}</ArticleIdList></PubmedData></PubmedArticle>"
    )


def jats_article(paper: FakePaper, *, body: str | None) -> str:
    """Return an article of PubMed Central; `references` are ``ref`` elements, the body cites all of them."""
    ids = f"<article-id pub-id-type='pmcid'>PMC{paper.pmcid}</article-id>"
    ids += f"<article-id pub-id-type='pmid'>{paper.pmid}</article-id>" if paper.pmid else ""
    ids += f"<article-id pub-id-type='doi'>{escape(paper.doi)}</article-id>" if paper.doi else ""
    cites = " ".join(f"<xref ref-type='bibr' rid='B{n}'>{n}</xref>" for n in range(1, len(paper.references) + 1))
    text = f"<body><sec><title>Introduction</title><p>{escape(body)} {cites}</p></sec></body>" if body else ""
    refs = "".join(f"<ref id='B{n}'>{ref}</ref>" for n, ref in enumerate(paper.references, start=1))
    return (
        f"<article article-type='review-article'><front><journal-meta><journal-title-group><journal-title>"
        f"{escape(paper.journal)}</journal-title></journal-title-group></journal-meta><article-meta>{ids}"
        f"<title-group><article-title>{escape(paper.title)}</article-title></title-group>"
        f"<pub-date pub-type='epub'><year>{paper.year}</year></pub-date>"
        f"<permissions><license><license-p>CC BY 4.0</license-p></license></permissions>"
        f"<abstract><p>{escape(paper.abstract)}</p></abstract></article-meta></front>{text}"
        f"<back><ref-list>{refs}</ref-list></back></article>"
    )


def europe_record(paper: FakePaper) -> dict[str, Any]:
    """Return a record of Europe PMC's search, result type "core"."""
    record = {
        "id": paper.pmid or "PPR1",
        "pmid": paper.pmid,
        "pmcid": paper.pmcid and f"PMC{paper.pmcid}",
        "doi": paper.doi,
        "title": paper.title,
        "abstractText": paper.abstract,
        "pubYear": str(paper.year),
        "firstPublicationDate": f"{paper.year}-03-01",
        "journalInfo": {"journal": {"title": paper.journal}},
        "authorList": {"author": [{"lastName": paper.author, "firstName": "Ann"}]},
    }
    return {key: value for key, value in record.items() if value}


def crossref_work(paper: FakePaper) -> dict[str, Any]:
    """Return a work of Crossref."""
    return {
        "DOI": paper.doi,
        "title": [paper.title],
        "abstract": f"<jats:p>{escape(paper.abstract)}</jats:p>",
        "author": [{"family": paper.author, "given": "Ann"}],
        "issued": {"date-parts": [[paper.year, 3]]},
        "container-title": [paper.journal],
    }
