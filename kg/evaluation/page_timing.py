"""How long a page takes to draw a network, and how smoothly it moves, as one who looks at it in Chromium has it.

Both pages that are compared draw with vis-network, whose event ``afterDrawing`` tells of each picture. A page of stock
pyvis keeps its network in the global ``network``; ours in ``kgView``. Requests to anywhere are refused and counted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

WIDTH: Final = 1280
HEIGHT: Final = 800
LIMIT: Final = 60.0
"""Seconds that are waited for a picture."""
DRAG: Final = 2.0
"""Seconds that the view is dragged."""

_WATCH: Final = """
window.bench = { network: null, frames: 0 };
(function () {
  const bench = window.bench;
  const tell = (what) => console.debug("bench " + what + " " + performance.now() / 1000);
  // Stock pyvis: a script of the page puts its network here.
  let value;
  Object.defineProperty(window, "network", {
    configurable: true,
    get: () => value,
    set(network) {
      value = bench.network = network;
      network.once("afterDrawing", () => tell("first"));
      network.once("stabilizationIterationsDone", () => tell("settled"));
    },
  });
  // Ours tells when its first picture is complete.
  const look = setInterval(() => {
    if (!bench.network && window.kgView && window.kgView.ready) {
      bench.network = window.kgView.network;
      tell("first");
    }
    if (bench.network) clearInterval(look);
  }, 5);
})();
"""
"""Runs before the page's own scripts. It tells by the console, because a page that reckons without a pause answers no
question, and ours lets no string be run as script.
"""

_COUNT_FRAMES: Final = """() => {
  let drawn = false;
  bench.network.on("afterDrawing", () => { drawn = true; });
  const frame = () => {
    if (drawn) bench.frames += 1;
    drawn = false;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""

_FREE_SPOT: Final = """() => {
  const canvas = document.querySelector("canvas");
  const box = canvas.getBoundingClientRect();
  for (let y = 110; y < window.innerHeight - 80; y += 23) {
    for (let x = window.innerWidth - 90; x > 90; x -= 37) {
      const free = bench.network.getNodeAt({ x: x - box.left, y: y - box.top }) === undefined;
      if (free && document.elementFromPoint(x, y) === canvas) return [x, y];
    }
  }
  return [window.innerWidth / 2, window.innerHeight / 2];
}"""
"""A point of the canvas with nothing of the page over it and no node under it, where dragging moves the view."""

_DRAWN: Final = """() => {
  const { nodes, nodeIndices } = bench.network.body;
  return nodeIndices.filter((id) => !nodes[id].options.hidden).length;
}"""


@dataclass(frozen=True, slots=True)
class PageTiming:
    """What was measured of a page.

    Attributes:
        first: seconds from navigation to the first drawn picture; None when there was none within `LIMIT`.
        settled: seconds until the physics of stock pyvis came to its end; None as above, and for a page without.
        frames: pictures a second while the view is dragged; None where there is none to drag.
        drawn: nodes in the picture; None where there is none.
        refused: requests that the page sent to the network.
    """

    first: float | None
    settled: float | None
    frames: float | None
    drawn: int | None
    refused: int


def time_page(browser: Browser, path: Path, *, settles: bool = False, limit: float = LIMIT) -> PageTiming:
    """Open a page and measure it.

    Args:
        browser: see `kg.evaluation.browser.open_browser`.
        path: the page.
        settles: whether its physics are waited for as well.
        limit: seconds to wait for each.
    """
    told: dict[str, float] = {}
    refused: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        words = message.text.split()
        if len(words) == 3 and words[0] == "bench":
            told.setdefault(words[1], float(words[2]))

    def judge(route: Route, request: Request) -> None:
        if request.url == path.as_uri():
            route.continue_()
        else:
            refused.append(request.url)
            route.abort()

    wanted = {"first", "settled"} if settles else {"first"}
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    try:
        context.route("**/*", judge)
        page = context.new_page()
        page.on("console", hear)
        page.add_init_script(_WATCH)
        page.goto(path.as_uri(), wait_until="commit")
        begin = perf_counter()
        while not told.keys() >= wanted and perf_counter() - begin < limit:
            page.wait_for_timeout(20)
        first, settled = told.get("first"), told.get("settled")
        if first is None:
            return PageTiming(None, settled, None, None, len(refused))
        return PageTiming(first, settled, _dragged(page), page.evaluate(_DRAWN), len(refused))
    finally:
        context.close()


def _dragged(page: Page) -> float:
    """Drag the view in circles; return the pictures a second."""
    x, y = page.evaluate(_FREE_SPOT)
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(_COUNT_FRAMES)
    begin = perf_counter()
    while (spent := perf_counter() - begin) < DRAG:
        angle = 2 * math.pi * spent
        page.mouse.move(x + 60 * math.cos(angle) - 60, y + 60 * math.sin(angle))
    frames = float(page.evaluate("bench.frames"))
    spent = perf_counter() - begin
    page.mouse.up()
    return frames / spent
