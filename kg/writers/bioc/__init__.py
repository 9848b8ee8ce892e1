"""Annotated documents in BioC, as XML and as JSON; ``msc-kg.key`` explains what the infons say.

Format: Comeau et al., Database 2013, doi:10.1093/database/bat064, and its DTD, version 1.0
(https://bioc.sourceforge.net/BioC.dtd).
"""

from __future__ import annotations

from kg.writers.bioc.json_writer import BIOC_JSON, to_bioc_json
from kg.writers.bioc.xml_writer import BIOC_XML, to_bioc_xml

__all__ = ["BIOC_JSON", "BIOC_XML", "to_bioc_json", "to_bioc_xml"]
