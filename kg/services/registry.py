"""ClinicalTrials.gov, API version 2 (https://clinicaltrials.gov/data-api/api): the record of a trial."""

from __future__ import annotations

from typing import Final

from kg.identifiers import Curie
from kg.services.body import Kind, expected
from kg.services.http import Answer, Client

BASE: Final = "https://clinicaltrials.gov/api/v2/studies"


def trial(client: Client, nct: Curie) -> Answer:
    """Return the JSON record of a trial.

    Raises:
        NotFoundError: there is no such trial.
        ServiceError: see `Client.get`.
    """
    return client.get(
        f"{BASE}/NCT{nct.partition(':')[2]}", {"format": "json"}, wanted=expected(Kind.JSON, "protocolSection")
    )
