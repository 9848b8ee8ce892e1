"""Documents in BioC, as XML and as JSON.

Format: Comeau et al., Database 2013, doi:10.1093/database/bat064, and its DTD (https://bioc.sourceforge.net/BioC.dtd).
The keys of the infons are those of the National Library of Medicine's services: BioC-PMC
(https://www.ncbi.nlm.nih.gov/research/bionlp/APIs/BioC-PMC/) and PubTator
(https://www.ncbi.nlm.nih.gov/research/pubtator3/api).
"""

from __future__ import annotations

from kg.sources.bioc.json_reader import read_json
from kg.sources.bioc.xml_reader import read_xml

__all__ = ["read_json", "read_xml"]
