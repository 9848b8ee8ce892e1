"""A browser for the tests of the page; they are skipped where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import KGError
from kg.evaluation.browser import open_browser
from kg.view import write_network_html
from tests.view.synthetic import small, study

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Request, Route


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with ExitStack() as stack:
        try:
            started = stack.enter_context(open_browser())
        except KGError as error:
            pytest.skip(f"the page is not tested in a browser: {error}")
        yield started


@dataclass
class Visit:
    """A page that is open, with everything that it complained of or asked the network for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def select(self, element: str | None, **options: bool) -> None:
        self.page.evaluate("([id, options]) => kgView.select(id, options)", [element, options])

    def visible(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = self.page.evaluate("kgView.visible()")
        return found

    def panel(self) -> str:
        return self.page.inner_text("#panel")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a file in a window of its own; afterwards the page must have asked for nothing and complained of nothing."""
    visits: list[Visit] = []

    def open_page(path: Path, width: int = 1280, height: int = 800, scheme: str = "light") -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        seen = Visit(page)
        visits.append(seen)
        page.on("console", lambda message: seen.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))

        def dismiss(dialog: Dialog) -> None:
            seen.complaints.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        def judge(route: Route, request: Request) -> None:
            if request.url.split("#")[0] == path.as_uri():
                route.continue_()
            else:
                seen.requests.append(request.url)
                route.abort()

        page.on("dialog", dismiss)

        context.route("**/*", judge)
        page.goto(path.as_uri())
        page.wait_for_function("window.kgView && window.kgView.ready", timeout=15000)
        return seen

    yield open_page
    for seen in visits:
        seen.page.context.close()
        assert seen.requests == []
        assert seen.complaints == []


@pytest.fixture(scope="session")
def study_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "network.html"
    write_network_html(study(), path, title="A study of cells", subtitle="A paper", source="doi:10.1234/abc")
    return path


@pytest.fixture
def small_page(tmp_path: Path) -> Path:
    path = tmp_path / "small.html"
    write_network_html(small(), path, title="Small")
    return path
