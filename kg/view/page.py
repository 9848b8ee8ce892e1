"""The frame of the network page: one file that asks the network for nothing.

The page carries vis-network (from the installed pyvis), our scripts and style sheet, and the data. Its Content Security
Policy allows exactly those scripts and that style sheet, by their hashes; data is a JSON block that no parser of HTML
or script can take for anything else, and reaches the page only as text.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any, Final

from kg.errors import GraphError
from kg.view.style import DIRECTIONS, KINDS

SCRIPTS: Final = (
    "store.js",
    "theme.js",
    "state.js",
    "routes.js",
    "shown.js",
    "elements.js",
    "header.js",
    "labels.js",
    "looks.js",
    "camera.js",
    "scene.js",
    "focus.js",
    "search.js",
    "evidence.js",
    "panel.js",
    "legend.js",
    "notice.js",
    "pairs.js",
    "table.js",
    "matrix.js",
    "csv.js",
    "sparql.js",
    "svg.js",
    "download.js",
    "main.js",
)
"""Our scripts, in the order in which they are run."""

_ESCAPES: Final = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def json_block(data: object) -> str:
    """Return `data` as JSON that is safe inside a ``script`` element: no ``<``, ``>``, ``&`` nor line separators.

    Lone surrogates, which JSON allows and UTF-8 does not, stay escaped.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return "".join(c if not 0xD800 <= ord(c) <= 0xDFFF else f"\\u{ord(c):04x}" for c in text.translate(_ESCAPES))


def render(data: dict[str, Any], *, title: str) -> str:
    """Return the page that shows `data`.

    Raises:
        GraphError: the installed pyvis has no vis-network library.
    """
    scripts = [_vis_network(), *(_asset(name) for name in SCRIPTS)]
    sheet = palette() + _asset("view.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(_source(script) for script in scripts),
            "style-src " + _source(sheet),
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    return Template(_asset("page.html")).substitute(
        policy=html.escape(policy, quote=True).replace("&#x27;", "'"),
        title=html.escape(title),
        style=sheet,
        data=json_block(data),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def palette() -> str:
    """Return the style sheet's colours by kind and direction, for both themes."""

    def block(theme: str) -> str:
        kinds = (f"--kind-{s.kind.lower()}:{getattr(s, theme)};" for s in KINDS)
        directions = (f"--direction-{key}:{getattr(d, theme)};" for key, d in DIRECTIONS.items())
        return "".join((*kinds, *directions))

    return f":root{{{block('light')}}}\n:root[data-theme=dark]{{{block('dark')}}}\n"


def _source(text: str) -> str:
    """Return the policy's name for an inline script or style sheet."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


@cache
def _asset(name: str) -> str:
    return files("kg.view").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _vis_network() -> str:
    """Return vis-network, as pyvis ships it (newest version where there are several)."""
    library = files("pyvis").joinpath("templates", "lib")
    folders = [f for f in library.iterdir() if f.name.startswith("vis-")] if library.is_dir() else []
    for folder in sorted(folders, key=lambda f: _version(f.name), reverse=True):
        script = folder.joinpath("vis-network.min.js")
        if script.is_file():
            # Universal line ends: a browser hashes an inline script after it has normalised them.
            text = script.read_text(encoding="utf-8")
            return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL"))
    raise GraphError("vis-network is missing", where=library, remedy="reinstall pyvis 0.3.2 or later")


def _version(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.removeprefix("vis-").split(".") if part.isdigit())
