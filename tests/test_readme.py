"""The README's code runs, and its answers are those that the program gives."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.build import build
from kg.config import read_settings
from tests.conftest import Ran

ROOT = Path(kg.__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `make graph` leaves it: the default study is built."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "pipelines").symlink_to(ROOT / "pipelines")
    assert not build(read_settings(ROOT / "pipelines" / "endometrium"), folder=folder / "outputs/endometrium").failures
    return folder


def printed(code: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "README.md", "exec"), {})
    return out.getvalue()


@pytest.mark.parametrize("code", blocks("python"))
def test_python_runs_and_prints(code: str, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    assert "thin-endometrium" in printed(code)


def test_python_prints_what_is_shown(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    shown = re.findall(r"^```python\n(.*?)^```\n\n^```text\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert len(shown) == 1
    for code, answer in shown:
        assert printed(code.rpartition("```python\n")[2]) == answer


def test_the_query_has_the_answer_shown(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Ran]
) -> None:
    (shown,) = blocks("console")
    command, answer = shown.split("\n", 1)
    monkeypatch.chdir(checkout)
    words = command.split()
    assert words[:2] == ["$", ".venv/bin/kg"]
    ran = run(*words[2:])
    assert ran.out == answer


def test_every_command_shown_exists(run: Callable[..., Ran]) -> None:
    commands = set(re.findall(r"^(?:\$ )?\.venv/bin/kg (\w+)", README, re.MULTILINE))
    assert {"build", "annotate", "query", "merge", "diff", "serve", "evaluate"} <= commands
    for command in commands:
        assert run(command, "--help").status == 0


def test_every_make_target_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", README, re.MULTILINE)) <= targets


def test_every_link_to_a_file_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
