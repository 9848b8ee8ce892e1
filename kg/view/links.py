"""Pages on the web that tell more about a concept or a paper.

Every address is built here from a checked identifier, or checked here when it comes from the input: only ``http`` and
``https`` with a host come through.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from kg.identifiers import Curie, is_curie, to_iri

_OLS = {"CL": "cl", "UBERON": "uberon", "NCBITaxon": "ncbitaxon", "MONDO": "mondo", "DOID": "doid"}
_NAMES = {
    "PMID": "PubMed",
    "PMC": "PubMed Central",
    "doi": "DOI",
    "NCT": "ClinicalTrials.gov",
    "OMIM": "OMIM",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A page's name and its address."""

    name: str
    url: str


def safe_url(url: str | None) -> str | None:
    """Return `url` when it is an ``http`` or ``https`` address with a host and nothing unprintable, else None."""
    if not url or any(c.isspace() or not c.isprintable() or c in "<>\"'`\\" for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and host else None


def concept_links(curie: Curie) -> tuple[Link, ...]:
    """Return the pages that describe `curie`, best first; none for a local or an unknown identifier.

    MeSH has its browser; OBO terms their PURL and the Ontology Lookup Service; taxa the NCBI taxonomy too; papers and
    registrations their own site.
    """
    if not is_curie(curie):
        return ()
    prefix, _, local = curie.partition(":")
    if prefix == "MESH":
        return (Link("MeSH browser", f"https://meshb.nlm.nih.gov/record/ui?ui={quote(local, safe='')}"),)
    links: list[Link] = []
    if prefix == "NCBITaxon":
        links.append(
            Link(
                "NCBI Taxonomy", f"https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id={quote(local, safe='')}"
            )
        )
    if prefix in _OLS:
        iri = quote(to_iri(curie), safe="")
        links.append(
            Link("Ontology Lookup Service", f"https://www.ebi.ac.uk/ols4/ontologies/{_OLS[prefix]}/terms?iri={iri}")
        )
        links.append(Link("OBO PURL", to_iri(curie)))
    if prefix in _NAMES:
        url = safe_url(to_iri(curie).replace("'", "%27"))
        if url:
            links.append(Link(_NAMES[prefix], url))
    return tuple(links)


def paper_url(curie: Curie, url: str | None = None) -> str | None:
    """Return the page of a paper: that of its identifier, else `url` when that is safe, else None."""
    links = concept_links(curie)
    return links[0].url if links else safe_url(url)
