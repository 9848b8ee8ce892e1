from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.services import Client, ServiceSettings
from tests.services.standin import FakePaper, StandIn

PAPERS = (
    FakePaper("Cord cells for the thin endometrium", "Cord MSCs were given.", "11", "101", "10.1000/a", "Body text."),
    FakePaper("Marrow cells in scars", "Marrow MSCs helped.", "12", "102", "10.1000/b"),
    FakePaper("A record without full text", "Only an abstract.", "13", None, "10.1000/c"),
    FakePaper("A preprint on vesicles", "Vesicles of MSCs.", None, None, "10.1000/pre"),
    FakePaper(
        "A chapter that only Crossref has", "Told by the publisher.", None, None, "10.1000/x<y>", in_europe_pmc=False
    ),
    FakePaper("Closed here, open there", "Abstract.", "16", "106", "10.1000/e", europe_full_text=True),
)


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn(PAPERS) as server:
        yield server


@pytest.fixture
def settings(stand_in: StandIn, tmp_path: Path) -> ServiceSettings:
    return ServiceSettings(
        tmp_path / "cache" / "http.sqlite",
        email="someone@example.org",
        api_key="secret",
        mirror=stand_in.address,
        pace=1000.0,
        timeout=(2.0, 1.0),
    )


@pytest.fixture
def make_client(settings: ServiceSettings) -> Iterator[Callable[..., Client]]:
    made: list[Client] = []

    def make(**changes: Any) -> Client:
        made.append(Client(replace(settings, **changes), sleep=lambda seconds: None))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(make_client: Callable[..., Client]) -> Client:
    return make_client()
