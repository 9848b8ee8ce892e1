"""Annotated documents in PubTator's format.

The format is that of PubTator (Wei, Kao and Lu 2013, doi:10.1093/nar/gkt441): a title line, an abstract line, and a
tab-separated line for each mention, with offsets into ``title + " " + abstract``.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from kg.model import AnnotatedDocument, Document, Mention, MentionType

_TYPES: Final = frozenset({MentionType.DISEASE, MentionType.SPECIES, MentionType.CELL_TYPE, MentionType.INTERVENTION})
_BREAKS: Final = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_NOT_IN_ID: Final = re.compile(r"[|%\s]")


def to_pubtator(annotated: AnnotatedDocument) -> str:
    """Return the document's block, ending with the blank line that parts it from the next.

    A tab or line break within the text becomes a space, one for one, so that offsets hold. A document without a
    mention is written too. In its id ``|``, ``%`` and white space, which the format gives a meaning or loses, are
    percent-encoded. Ids are CURIEs joined by ``|``, or ``-`` for an ungrounded mention.
    """
    document = annotated.document
    name = _NOT_IN_ID.sub(lambda match: quote(match[0], safe=""), document.id)
    text = _BREAKS.sub(" ", document.text)
    cut = _title_end(document)
    lines = [f"{name}|t|{text[:cut]}", f"{name}|a|{text[cut + 1 :]}"]
    for mention, ids in mentions(annotated):
        fields = (name, mention.start, mention.end, _BREAKS.sub(" ", mention.text), mention.type, "|".join(ids) or "-")
        lines.append("\t".join(map(str, fields)))
    return "\n".join(lines) + "\n\n"


def mentions(annotated: AnnotatedDocument) -> list[tuple[Mention, tuple[str, ...]]]:
    """Return the mentions that are written, with their ids, in order of position and type."""
    found = [(g.mention, g.curies) for g in annotated.groundings if g.mention.type in _TYPES]
    found += [(m, (use.intervention.id,)) for use in annotated.interventions for m in use.mentions]
    return sorted(found, key=lambda pair: (pair[0].start, pair[0].end, pair[0].type, pair[1]))


def _title_end(document: Document) -> int:
    """Return where the title ends, and the separator stands."""
    return len(document.title)
