from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.services import Client, ServiceSettings
from tests.corpus.review import LIBRARY
from tests.services.standin import StandIn


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn(LIBRARY, stall=1.5) as server:
        yield server


@pytest.fixture
def make_client(stand_in: StandIn, tmp_path: Path) -> Iterator[Callable[..., Client]]:
    made: list[Client] = []

    def make(cache: str = "cache", **changes: Any) -> Client:
        settings = ServiceSettings(
            tmp_path / cache / "http.sqlite", mirror=stand_in.address, pace=1000.0, timeout=(2.0, 0.5)
        )
        made.append(Client(replace(settings, **changes), sleep=lambda seconds: None))
        return made[-1]

    yield make
    for client in made:
        client.close()
