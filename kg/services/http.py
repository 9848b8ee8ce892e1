"""The one way to the network: requests to the literature services, cached, paced and patient."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urljoin, urlsplit

import requests
from requests_cache import CachedSession
from requests_cache.backends.sqlite import SQLiteCache

from kg.errors import NotFoundError, ServiceError
from kg.services.adapter import ServiceAdapter
from kg.services.body import Expected, Unusable
from kg.services.settings import ServiceSettings

_TOOL: Final = "msc-kg"
_HOME: Final = "https://w3id.org/msc-kg/"
_WITHOUT_NETWORK: Final = "without network: 'kg build FILE', or '--offline' for what was fetched before"
_REDIRECTS: Final = 4
_PATIENCE: Final = 3
"""Requests of a service that fail one after the other until it is not asked again in this run."""
_MISSING: Final = (404, 410)
_IDENTITY: Final = ("tool", "email", "api_key", "mailto")
"""Parameters that say who asks: the answer does not depend on them."""


class _Marked:
    """Notes on a request what its answer has to be, for the adapter; it is not sent."""

    def __init__(self, wanted: Expected) -> None:
        self._wanted = wanted

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.expected = self._wanted  # type: ignore[attr-defined]
        return request


def _service(url: str) -> str:
    """Return the name of a service: its host, and where a host has several the first part of the path."""
    parts = urlsplit(url)
    first = parts.path.strip("/").partition("/")[0]
    return f"{parts.netloc}/{first}" if parts.netloc == "www.ncbi.nlm.nih.gov" else parts.netloc


def _broken_cache(path: object, error: sqlite3.Error) -> ServiceError:
    return ServiceError(
        f"the cache of answers cannot be used ({error})",
        where=path,
        remedy="delete the file, or set KG_CACHE to a folder",
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered: the raw bytes, from where, on which day (ISO 8601)."""

    content: bytes
    url: str
    day: str
    cached: bool

    def json(self) -> Any:
        """Return the content as JSON (it was checked to be)."""
        return json.loads(self.content)


class Client:
    """Speaks HTTP with the services. Use it as a context manager: it holds connections and the cache file."""

    def __init__(self, settings: ServiceSettings, *, sleep: Callable[[float], None] = time.sleep) -> None:
        """Open the cache.

        Args:
            settings: see `ServiceSettings`.
            sleep: waits so many seconds; tests give another.

        Raises:
            ServiceError: the folder of the cache cannot be made.
        """
        self.settings = settings
        self._sleep = sleep
        self._deadline = time.monotonic() + settings.budget
        self._down: dict[str, ServiceError] = {}
        self._failing: dict[str, int] = {}
        self.requests = 0
        try:
            settings.cache.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ServiceError(
                f"the cache cannot be made ({error.strerror})", where=settings.cache, remedy="set KG_CACHE to a folder"
            ) from error
        try:
            store = SQLiteCache(settings.cache, serializer="json")
        except sqlite3.Error as error:
            raise _broken_cache(settings.cache, error) from error
        self._session = CachedSession(
            # JSON in place of pickle: who can write the cache must not be able to run code here.
            backend=store,
            expire_after=-1,
            allowable_methods=("GET", "POST"),
            # "No such record" is an answer too: offline it must be given again.
            allowable_codes=(200, *_MISSING),
            ignored_parameters=_IDENTITY,
            match_headers=["Accept"],
        )
        self._session.headers["Accept-Encoding"] = "gzip"
        self._session.headers["User-Agent"] = f"{_TOOL}/{metadata.version(_TOOL)} ({self._contact()})"
        self._session.trust_env = True
        for prefix in ("http://", "https://"):
            self._session.adapters.pop(prefix, None)

    def _contact(self) -> str:
        return f"{_HOME}; mailto:{self.settings.email}" if self.settings.email else _HOME

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close connections and cache."""
        self._session.close()  # type: ignore[no-untyped-call]
        self._session.cache.close()  # type: ignore[no-untyped-call]

    def is_down(self, error: ServiceError) -> bool:
        """Tell whether an error is that of a service that is not asked any more, or was never asked (offline)."""
        return self.settings.offline or any(error is known for known in self._down.values())

    def identity(self) -> dict[str, str]:
        """Return the parameters by which NCBI wants to know who asks."""
        known = {"tool": _TOOL, "email": self.settings.email, "api_key": self.settings.api_key}
        return {name: value for name, value in known.items() if value}

    def get(self, url: str, params: Mapping[str, str] | None = None, *, wanted: Expected) -> Answer:
        """Ask for a resource.

        Args:
            url: ``https://...``; with a mirror it is asked for there.
            params: query parameters.
            wanted: what the answer has to be.

        Raises:
            NotFoundError: the service has no such resource.
            ServiceError: it cannot be reached, refuses, or its answers are no use; or, offline, was never asked.
        """
        return self._ask("GET", url, wanted, params=params)

    def post(self, url: str, data: Mapping[str, str], *, wanted: Expected) -> Answer:
        """Ask with a form, for lists of ids that are too long for an address; see `get`."""
        return self._ask("POST", url, wanted, data=data)

    def _ask(self, method: str, url: str, wanted: Expected, **parts: Mapping[str, str] | None) -> Answer:
        host, service = urlsplit(url).netloc, _service(url)
        address = f"{self.settings.mirror}/{url.partition('://')[2]}" if self.settings.mirror else url
        self._mount(address, host)
        if service in self._down and not self.settings.offline:
            raise self._down[service]
        for _ in range(_REDIRECTS + 1):
            response = self._send(method, address, service, wanted, parts)
            if not response.is_redirect:
                return self._answer(response, url, host)
            method, address, parts = "GET", urljoin(address, response.headers["Location"]), {}
        raise ServiceError("sends on in a circle", where=host, remedy="try again later")

    def _mount(self, address: str, host: str) -> None:
        prefix = "{}://{}/".format(*urlsplit(address)[:2])
        if prefix not in self._session.adapters:
            pace = self.settings.per_second(host)
            adapter = ServiceAdapter(self.settings, per_second=pace, deadline=self._deadline, sleep=self._sleep)
            self._session.mount(prefix, adapter)

    def _send(
        self, method: str, address: str, service: str, wanted: Expected, parts: Mapping[str, Mapping[str, str] | None]
    ) -> requests.Response:
        try:
            response: requests.Response = self._session.request(
                method,
                address,
                headers={"Accept": wanted.kind.value},
                auth=_Marked(wanted),
                allow_redirects=False,
                only_if_cached=self.settings.offline,
                force_refresh=self.settings.refresh,
                **parts,  # type: ignore[arg-type]
            )
        except Unusable as error:
            failure = ServiceError(f"cannot be used: {error}", where=service, remedy=_WITHOUT_NETWORK)
            self._failing[service] = self._failing.get(service, 0) + error.down
            if error.unreachable or self._failing[service] >= _PATIENCE:
                self._down[service] = failure
            raise failure from error
        except requests.RequestException as error:
            reason = f"cannot be asked ({type(error).__name__})"
            raise ServiceError(reason, where=service, remedy=_WITHOUT_NETWORK) from error
        except sqlite3.Error as error:
            raise _broken_cache(self.settings.cache, error) from error
        self._failing[service] = 0
        if not getattr(response, "from_cache", False) and not self.settings.offline:
            self.requests += 1
        return response

    def _answer(self, response: requests.Response, url: str, host: str) -> Answer:
        status = response.status_code
        if self.settings.offline and status == 504:
            raise ServiceError("was not asked this before", where=host, remedy="run once without --offline")
        if status in _MISSING:
            raise NotFoundError("has no such record", where=host)
        if status != 200:
            raise ServiceError(f"refuses the request (status {status})", where=host, remedy="check the identifier")
        made = getattr(response, "created_at", None) or datetime.now(UTC)
        return Answer(response.content, url, made.date().isoformat(), bool(getattr(response, "from_cache", False)))
