"""How the services are spoken to: who asks, how often, how long, and where answers are kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

from kg.errors import ConfigError

_NCBI: Final = ("eutils.ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov", "www.ncbi.nlm.nih.gov")


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """Settings of the HTTP client.

    `email` and `api_key` are what NCBI asks for (https://www.ncbi.nlm.nih.gov/books/NBK25497/); with a key it allows
    10 requests a second instead of 3. `cache` is the file that keeps every answer. `offline` answers from it alone,
    `refresh` asks again for what it has. `timeout` are the seconds to connect and between two pieces of an answer,
    `patience` the seconds that one answer may take in all, `attempts` how often one request is made at most, `budget`
    the seconds after which nothing is tried again. `mirror` is an address that stands for all services: each is then
    asked for at ``<mirror>/<host>/<path>``. `pace` overrides the requests a second that each host allows.
    """

    cache: Path
    email: str | None = None
    api_key: str | None = field(default=None, repr=False)
    offline: bool = False
    refresh: bool = False
    timeout: tuple[float, float] = (10.0, 30.0)
    patience: float = 180.0
    attempts: int = 6
    budget: float = 3600.0
    mirror: str | None = None
    pace: float | None = None

    def per_second(self, host: str) -> float:
        """Return how many requests a second a host allows: NCBI 3, or 10 with a key; Crossref 1, or 3 with an address.

        A mirror is the user's own, and is asked 20 times.
        """
        if self.pace is not None:
            return self.pace
        if self.mirror is not None:
            return 20.0
        if host in _NCBI:
            return 10.0 if self.api_key else 3.0
        if host == "api.crossref.org":
            return 3.0 if self.email else 1.0
        return 5.0


def settings_from(
    environment: Mapping[str, str] = os.environ,
    *,
    offline: bool,
    refresh: bool,
    email: str | None = None,
    api_key: str | None = None,
) -> ServiceSettings:
    """Return the settings that the environment gives, and where it is silent `email` and `api_key`.

    ``NCBI_API_KEY``, ``KG_EMAIL``, ``KG_CACHE`` (folder of the cache, default: the user's cache folder) and
    ``KG_MIRROR``.

    Raises:
        ConfigError: both `offline` and `refresh`, or a value that cannot be one.
    """
    if offline and refresh:
        raise ConfigError("--offline and --refresh exclude each other", remedy="give one of them")
    email = environment.get("KG_EMAIL") or email
    if email is not None and ("@" not in email or any(c.isspace() for c in email)):
        raise ConfigError(f"{email!r} is no e-mail address", remedy="correct KG_EMAIL or the pipeline file")
    mirror = environment.get("KG_MIRROR") or None
    if mirror is not None and not mirror.startswith(("http://", "https://")):
        raise ConfigError(f"KG_MIRROR={mirror!r} is no web address", remedy="begin it with https://")
    folder = environment.get("KG_CACHE")
    return ServiceSettings(
        cache=(Path(folder) if folder else user_cache_path("msc-kg")) / "http.sqlite",
        email=email,
        api_key=environment.get("NCBI_API_KEY") or api_key,
        offline=offline,
        refresh=refresh,
        mirror=mirror.rstrip("/") if mirror else None,
    )
