"""The text of a JATS article as passages, in reading order.

Order: abstracts, body, floating figures and tables, back matter, notes of the front. Left out because they are not what
the paper says: licence text, biographies, keywords, formulas in TeX, sub-articles (reviews, replies, translations) and
abstracts in another language than English.
"""

from __future__ import annotations

from typing import Final

from kg.model import Section
from kg.sources.assembly import TextBuilder
from kg.sources.jats.citations import CitationResolver
from kg.sources.jats.elements import XML_LANG, Element, child, children, descendants, local, names, text_of
from kg.sources.jats.inline import FLOATS, Flat, alternative, flatten, join, segments
from kg.sources.section_names import section_of

_CONTAINERS: Final = names(
    "sec app app-group ack notes glossary fn-group fn boxed-text disp-quote list list-item statement speech body back "
    "floats-group floats-wrap ref-list author-notes verse-group caption table-wrap-foot fig-group table-wrap-group "
    "question-wrap question answer explanation abstract trans-abstract def"
)
_SILENT: Final = names(
    "title label sec-meta object-id permissions ref graphic disp-formula disp-formula-group alt-text long-desc bio "
    "contrib-group corresp sub-article response related-article related-object kwd-group counts x tex-math "
    "processing-meta speaker subtitle col colgroup"
)
_SUPPLEMENTARY: Final = names("app app-group ack notes glossary fn-group fn author-notes")
_CELLS: Final = ("td", "th", "entry")
_SUMMARIES: Final = names(
    "summary teaser executive-summary graphical short toc key-points plain-language-summary author-highlights "
    "highlights precis editor web-summary author-summary objective stereochemical"
)


class PassageWriter:
    """Writes the passages of one article to a builder."""

    def __init__(self, builder: TextBuilder, resolver: CitationResolver) -> None:
        """Write to `builder`, with citations resolved by `resolver`."""
        self._builder = builder
        self._resolver = resolver

    def write(self, article: Element) -> None:
        """Write everything but the title."""
        meta = child(article, "front", "article-meta")
        if meta is not None:
            self._abstracts(meta)
        for name, section in (("body", Section.BODY), ("floats-group", Section.BODY), ("floats-wrap", Section.BODY)):
            for element in children(article, name):
                self._container(element, section, None)
        for element in children(article, "back"):
            self._container(element, Section.SUPPLEMENT, None)
        front = child(article, "front")
        for parent in (meta, front):
            for element in children(parent, "author-notes", "notes") if parent is not None else []:
                self._block(element, Section.SUPPLEMENT, None)

    def _abstracts(self, meta: Element) -> None:
        found = children(meta, "abstract")
        found += [a for a in children(meta, "trans-abstract") if (a.get(XML_LANG) or "en").lower().startswith("en")]
        summaries = [a for a in found if (a.get("abstract-type") or "") in _SUMMARIES]
        for element in found:
            if element not in summaries:
                self._abstract(element, Section.ABSTRACT)
        for element in summaries:
            self._abstract(element, Section.SUMMARY)

    def _abstract(self, element: Element, section: Section) -> None:
        for node in children(element):
            self._block(node, section, text_of(child(element, "title")) or None)

    def _block(self, element: Element, section: Section, heading: str | None) -> None:
        name = local(element)
        if name in _SILENT or not name:
            return
        if name in ("table", "array", "tgroup"):
            self._table(element, heading)
        elif name == "def-list":
            self._definitions(element, section, heading)
        elif name == "alternatives":
            if (chosen := alternative(element)) is not None:
                self._block(chosen, section, heading)
        elif name in FLOATS and name not in _CONTAINERS:
            self._float(element, section, heading)
        elif name in _CONTAINERS:
            self._container(element, section, heading)
        else:
            self._paragraph(element, section, heading)

    def _container(self, element: Element, section: Section, heading: str | None) -> None:
        """Write what an element holds; its title is the heading of what is inside."""
        name = local(element)
        title = text_of(child(element, "title")) or text_of(child(element, "caption", "title"))
        section = self._section(element, name, title, section)
        if name == "caption":
            heading = heading or title or None
            self._emit(flatten(child(element, "title")), section, heading)
        else:
            heading = title or heading
        self._stray(element.text, section, heading)
        for node in element:
            self._block(node, section, heading)
            self._stray(node.tail, section, heading)

    def _section(self, element: Element, name: str, title: str, inherited: Section) -> Section:
        """Decide the section of a container: an outer heading may change it, inside an abstract or a caption none."""
        if inherited in (Section.ABSTRACT, Section.SUMMARY, Section.CAPTION, Section.TABLE):
            return inherited
        if name in _SUPPLEMENTARY and inherited in (Section.BODY, Section.SUPPLEMENT):
            return Section.SUPPLEMENT
        if name not in ("sec", "boxed-text"):
            return inherited
        outermost = inherited in (Section.BODY, Section.SUPPLEMENT)
        by_type = section_of(element.get("sec-type") or "")
        by_title = section_of(title, loose=outermost and by_type is None)
        return by_title or by_type or inherited

    def _stray(self, text: str | None, section: Section, heading: str | None) -> None:
        """Write text that stands where only elements should."""
        if text and text.strip():
            self._emit(Flat(" ".join(text.split())), section, heading)

    def _paragraph(self, element: Element, section: Section, heading: str | None) -> None:
        for part in segments(element):
            if isinstance(part, Flat):
                self._emit(part, section, heading)
            else:
                self._block(part, section, heading)

    def _float(self, element: Element, section: Section, heading: str | None) -> None:
        """Write a figure, table or supplement: its caption, then what else it holds."""
        label = text_of(child(element, "label")) or heading
        own = Section.SUPPLEMENT if local(element) == "supplementary-material" else Section.CAPTION
        is_table = local(element) == "table-wrap"
        for node in children(element):
            self._block(node, Section.TABLE if is_table and local(node) == "table-wrap-foot" else own, label)

    def _table(self, element: Element, heading: str | None) -> None:
        """Write a passage a row, cells parted by " | "."""
        for row in descendants(element, "tr", "row"):
            cells = [flatten(cell) for cell in children(row, *_CELLS)]
            self._emit(join(cells, " | "), Section.TABLE, heading)

    def _definitions(self, element: Element, section: Section, heading: str | None) -> None:
        """Write a passage an item: the term, then its definition."""
        heading = text_of(child(element, "title")) or heading
        for item in children(element):
            if local(item) == "def-item":
                parts = [flatten(part) for part in children(item, "term", "def")]
                self._emit(join(parts, " "), section, heading)
            else:
                self._block(item, section, heading)

    def _emit(self, flat: Flat, section: Section, heading: str | None) -> None:
        self._builder.add(section, flat.text, heading=heading, citations=self._resolver.resolve(flat))
