from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.services import settings_from


def test_the_environment_goes_before_the_pipeline_file(tmp_path: Path) -> None:
    told = {"KG_CACHE": str(tmp_path), "KG_EMAIL": "env@example.org", "KG_MIRROR": "https://mirror.example.org/"}
    settings = settings_from(told, offline=False, refresh=True, email="file@example.org", api_key="key")
    assert settings.cache == tmp_path / "http.sqlite"
    assert (settings.email, settings.api_key, settings.refresh) == ("env@example.org", "key", True)
    assert settings.mirror == "https://mirror.example.org"
    assert settings_from({}, offline=False, refresh=False, email="file@example.org").email == "file@example.org"


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"KG_EMAIL": "nobody"}, "no e-mail address"),
        ({"KG_EMAIL": "a b@c"}, "no e-mail"),
        ({"KG_MIRROR": "ftp://x"}, "no web address"),
    ],
)
def test_what_cannot_be_is_one_line(told: dict[str, str], problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        settings_from(told, offline=False, refresh=False)
    with pytest.raises(ConfigError, match="exclude each other"):
        settings_from({}, offline=True, refresh=True)
