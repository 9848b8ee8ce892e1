"""A built study in the formats of other programs.

::

    export(Path("outputs/endometrium"), "kgx-tsv", Path("endometrium"))
"""

from __future__ import annotations

from kg.exports.formats import FORMATS, Format, export

__all__ = ["FORMATS", "Format", "export"]
