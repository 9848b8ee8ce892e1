"""A headless Chromium without network, for the benchmark of the viewer and for its tests.

Playwright drives it (extra ``dev``). The browser itself is the one that the system has, so that nothing is downloaded.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kg.errors import KGError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")
"""Names that Chromium has on the path, best first."""

ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
"""Without a graphics card, as on a server, and without traffic of the browser's own."""


def find_browser() -> str | None:
    """Return the path of the first of `PROGRAMS` that is installed."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start Chromium, and end it afterwards.

    Raises:
        KGError: playwright or Chromium is not installed.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise KGError("playwright is not installed", remedy="install it with: pip install 'msc-kg[dev]'") from error
    program = find_browser()
    if program is None:
        raise KGError("no browser on the path", remedy=f"install one of {', '.join(PROGRAMS)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
