"""What people look at: the network page, the report and the evidence table.

`write_network_html` draws the networkx projection with pyvis into one file that opens without a network connection;
`evidence_rows`, `write_evidence_csv` and `write_report` tell the same as tables and text.
"""

from __future__ import annotations

from kg.view.evidence_table import EvidenceRow, evidence_rows, write_evidence_csv
from kg.view.network import newest_date, write_network_html
from kg.view.report import write_report

__all__ = ["EvidenceRow", "evidence_rows", "newest_date", "write_evidence_csv", "write_network_html", "write_report"]
