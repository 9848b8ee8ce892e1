from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import CorpusSettings, InputSpec, read_settings
from kg.errors import ConfigError
from kg.model import Relation

GOOD = """
[study]
name = "demo"
title = "A demo"

[[input]]
path = "paper.md"

[[input]]
path = "related.json"
relation = "related"
format = "csl-json"

[nlp]
people = false
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "pipeline.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_pipeline_file_is_read_whole(tmp_path: Path) -> None:
    settings = read_settings(write(tmp_path, GOOD))
    assert (settings.name, settings.title, settings.people) == ("demo", "A demo", False)
    assert settings.inputs == (
        InputSpec(tmp_path / "paper.md", Relation.PRIMARY, None),
        InputSpec(tmp_path / "related.json", Relation.RELATED, "csl-json"),
    )


def test_a_folder_stands_for_its_pipeline_file(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert read_settings(tmp_path).name == "demo"


def test_the_name_defaults_to_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "my-study"
    folder.mkdir()
    assert read_settings(write(folder, '[[input]]\npath = "a.txt"\n')).name == "my-study"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (GOOD + "\n[output]\nx = 1\n", "unknown key 'output'"),
        (GOOD.replace("title", "titel"), "unknown key 'titel' in [study]"),
        (GOOD.replace("people", "poeple"), "unknown key 'poeple' in [nlp]"),
        (GOOD.replace("format", "fromat"), "unknown key 'fromat' in [input]"),
        (GOOD.replace('"demo"', '"../demo"'), "cannot be a folder name"),
        (GOOD.replace('"demo"', "3"), "is not a string"),
        (GOOD.replace("false", '"no"'), "is not true or false"),
        (GOOD.replace('"related"', '"cites"'), "relation = 'cites' is unknown"),
        ('[study]\nname = "x"\n', "has no [[input]]"),
        ("[[input]]\n", "key 'path' is missing"),
        ("study = 3\n[[input]]\npath='a'\n", "'study' is not a table"),
        ("[study\n", "is not valid TOML"),
    ],
)
def test_a_wrong_pipeline_file_is_told_in_one_line_with_its_place(tmp_path: Path, text: str, problem: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        read_settings(path)
    assert problem in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_a_missing_pipeline_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such pipeline file"):
        read_settings(tmp_path)


def test_moving_a_study_keeps_its_settings_hash(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert read_settings(write(tmp_path / "a", GOOD)).sha256 == read_settings(write(tmp_path / "b", GOOD)).sha256
    assert (
        read_settings(write(tmp_path / "a", GOOD.replace("false", "true"))).sha256
        != read_settings(tmp_path / "b").sha256
    )


def test_a_corpus_and_who_asks(tmp_path: Path) -> None:
    text = """
[corpus]
papers = ["PMC123", "PMID: 7", "https://doi.org/10.1000/ABC", "NCT01234567"]
depth = 2
max_documents = 30
full_text = false
[services]
email = "me@example.org"
api_key = "secret"
"""
    settings = read_settings(write(tmp_path, text))
    papers = ("PMC:123", "PMID:7", "doi:10.1000/abc", "NCT:01234567")
    assert settings.corpus == CorpusSettings(papers, depth=2, max_documents=30, full_text=False)
    assert (settings.email, settings.api_key) == ("me@example.org", "secret")
    assert "secret" not in repr(settings)
    assert settings.sha256 == read_settings(write(tmp_path, text.replace("me@", "you@"))).sha256


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('papers = ["xyz"]', "'xyz' is no identifier"),
        ('papers = "PMC1"', "is no identifier"),
        ('papers = ["PMC1"]\ndepth = -1', "depth = -1 is no whole number from 0 on"),
        ('papers = ["PMC1"]\nmax_documents = true', "max_documents = True is no whole number"),
        ('papers = ["PMC1"]\nfull_text = 1', "is not true or false"),
        ('papers = ["PMC1"]\ndeep = 1', "unknown key 'deep' in [corpus]"),
    ],
)
def test_a_wrong_corpus_is_one_line(tmp_path: Path, line: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_settings(write(tmp_path, f"[corpus]\n{line}\n"))
    assert problem in str(caught.value)
