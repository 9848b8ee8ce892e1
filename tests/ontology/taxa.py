"""A small taxonomy for the tests of organisms' names: two families of fungi, a bacterium with a pathovar, a virus."""

from __future__ import annotations

import hashlib
import lzma
from pathlib import Path

CONCEPTS = (
    ("1", "root", "", "0", "", "no rank"),
    ("10", "Fungaceae", "1", "0", "", "family"),
    ("11", "Oldgenus", "10", "0", "", "genus"),
    ("12", "Newgenus", "10", "0", "", "genus"),
    ("13", "Newgenus marneffeus", "12", "0", "", "species"),
    ("14", "Newgenus vulgaris", "12", "0", "", "species"),
    ("15", "Oldgenus vulgare", "11", "0", "", "species"),
    ("20", "Xanthomonas", "1", "0", "", "genus"),
    ("21", "Xanthomonas campestris", "20", "0", "", "species"),
    ("22", "Xanthomonas campestris pv. raphani", "21", "0", "", "no rank"),
    ("23", "bins of everything", "1", "0", "", "no rank"),
    ("24", "Xanthomonas campestris group", "20", "0", "", "species group"),
    ("30", "Calloplesiops", "1", "0", "", "genus"),
    ("31", "Calloplesiops altivelis", "30", "0", "", "species"),
    ("40", "Western river virus", "1", "0", "", "species"),
)
TERMS = (("31", "common", "ncbitaxon", "comet"), ("40", "acronym", "ncbitaxon", "WRIV"))


def write_taxa(directory: Path) -> Path:
    """Write the slice and its manifest; return the directory."""
    manifest = '[slice.ncbitaxon]\nprefix = "NCBITaxon"\nversion = "1"\nlicence = "CC0"\n[slice.ncbitaxon.sha256]\n'
    for kind, rows in (("concepts", CONCEPTS), ("terms", TERMS)):
        data = lzma.compress("".join("\t".join(row) + "\n" for row in rows).encode())
        file = f"ncbitaxon.{kind}.tsv.xz"
        (directory / file).write_bytes(data)
        manifest += f'"{file}" = "{hashlib.sha256(data).hexdigest()}"\n'
    (directory / "manifest.toml").write_text(manifest, encoding="utf-8")
    return directory
