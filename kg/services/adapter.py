"""One request over the network: paced, retried with patience, and its body checked before anything keeps it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from requests import ConnectTimeout, PreparedRequest, RequestException, Response
from requests_ratelimiter import LimiterAdapter
from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_random_exponential
from urllib3 import HTTPResponse

from kg.services.body import Expected, Kind, Unusable, check_body, read_body
from kg.services.settings import ServiceSettings

RETRIED: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which the same request may succeed (RFC 9110, RFC 6585)."""
_LONGEST: Final = 120.0
"""Seconds that a ``Retry-After`` is waited for; who asks for more is left for another run."""
_CONNECTS: Final = 3
"""Attempts to connect."""
_BACKOFF: Final = wait_random_exponential(multiplier=0.5, max=30)


class ServiceAdapter(LimiterAdapter):
    """A requests adapter for one host.

    It waits for its turn, repeats what may succeed later (with exponential back-off and full jitter, or as long as
    ``Retry-After`` says), and hands on only bodies that are what was asked for: a cache above it keeps no error page.
    """

    def __init__(
        self,
        settings: ServiceSettings,
        *,
        per_second: float,
        deadline: float,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Build the adapter.

        Args:
            settings: time-outs and attempts.
            per_second: requests a second.
            deadline: when to stop trying, by `time.monotonic`.
            sleep: waits so many seconds.
        """
        super().__init__(per_second=per_second, burst=1, limit_statuses=())
        self._settings = settings
        self._deadline = deadline
        self._sleep = sleep

    def send(self, request: PreparedRequest, **options: Any) -> Response:  # type: ignore[override]
        """Send one request, as often as it takes.

        Raises:
            Unusable: no attempt gave an answer that can be used.
        """
        if time.monotonic() > self._deadline:
            raise Unusable("the time for this run is used up", down=True)
        options |= {"stream": True, "timeout": self._settings.timeout}
        retrying = Retrying(
            stop=self._gives_up,
            wait=_wait,
            retry=retry_if_exception_type(Unusable),
            sleep=self._sleep,
            reraise=True,
        )
        answer: Response = retrying(self._once, request, options)
        return answer

    def _gives_up(self, state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, Unusable) and (error.wait or 0) > _LONGEST:
            return True
        # Who has no network must not wait minutes to be told so.
        unreachable = isinstance(error, Unusable) and error.unreachable
        most = min(_CONNECTS, self._settings.attempts) if unreachable else self._settings.attempts
        return state.attempt_number >= most or time.monotonic() + state.upcoming_sleep > self._deadline

    def _once(self, request: PreparedRequest, options: dict[str, Any]) -> Response:
        try:
            response = super().send(request, **options)
        except RequestException as error:
            reason, unreachable = _reason(error)
            raise Unusable(reason, down=True, unreachable=unreachable) from error
        if response.status_code in RETRIED:
            wait = retry_after(response.headers.get("Retry-After"))
            response.close()
            raise Unusable(f"status {response.status_code}", wait=wait, down=True)
        if response.is_redirect and _is_elsewhere(request, response):
            response.close()
            raise Unusable("it sends on to another host, which is refused")
        try:
            body = read_body(response, self._settings.patience)
        except Unusable:
            response.close()
            raise
        if response.status_code == 200:
            check_body(body, getattr(request, "expected", None) or Expected(Kind.TEXT))
        return _read_already(response, body)


def _is_elsewhere(request: PreparedRequest, response: Response) -> bool:
    try:
        here, there = urlsplit(request.url or ""), urlsplit(urljoin(request.url or "", response.headers["Location"]))
    except ValueError:
        return True
    return (here.scheme, here.netloc) != (there.scheme, there.netloc)


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, Unusable) else None
    return float(_BACKOFF(state)) if asked is None else asked


def retry_after(value: str | None) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for (a number or a date, RFC 9110), None without one."""
    if value is None:
        return None
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def _reason(error: RequestException) -> tuple[str, bool]:
    """Say in a few words why there was no answer, and whether there is no way to the server at all."""
    text = str(error)
    if "NameResolutionError" in text or "getaddrinfo" in text or "Name or service not known" in text:
        return "its name cannot be resolved", True
    if "refused" in text:
        return "the connection was refused", True
    if "timed out" in text or "Timeout" in type(error).__name__:
        return "it did not answer in time", isinstance(error, ConnectTimeout)
    return f"no connection ({type(error).__name__})", False


def _read_already(response: Response, body: bytes) -> Response:
    """Return the response with its body in memory, decompressed: a cache may read it as if it came from the network."""
    headers = {k: v for k, v in response.headers.items() if k.lower() not in ("content-encoding", "content-length")}
    response.raw = HTTPResponse(
        BytesIO(body), headers=headers, status=response.status_code, preload_content=False, decode_content=False
    )
    response.headers.pop("Content-Encoding", None)
    response.headers.pop("Content-Length", None)
    response._content = body
    response._content_consumed = True  # type: ignore[attr-defined]
    return response
