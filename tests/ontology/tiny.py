"""A few concepts as slices, small enough to compile in every test session."""

from __future__ import annotations

import hashlib
import lzma
from pathlib import Path

Row = tuple[str, ...]

CONCEPTS: dict[str, tuple[Row, ...]] = {
    "mesh": (
        ("D000544", "Alzheimer Disease", "", "0", "", "C10.228.140.380.100"),
        ("D003920", "Diabetes Mellitus", "", "0", "", "C18.452.394.750"),
        ("D003924", "Diabetes Mellitus, Type 2", "D003920", "0", "", "C18.452.394.750.149|C19.246.300"),
        ("D006333", "Heart Failure", "", "0", "", "C14.280.434"),
        ("D007247", "Infertility, Female", "D014591", "0", "", "C12.050.351.500.365.700"),
        ("D009103", "Multiple Sclerosis", "", "0", "", "C10.114.375.500"),
        ("D009369", "Neoplasms", "", "0", "", "C04"),
        ("D010003", "Osteoarthritis", "", "0", "", "C05.550.114.606"),
        ("D012345", "Replaced Disease", "", "1", "D014591", ""),
        ("D012346", "Retired Disease", "", "1", "", ""),
        ("D014591", "Uterine Diseases", "", "0", "", "C12.050.351.500.852"),
        ("D016889", "Endometrial Neoplasms", "D009369|D014591", "0", "", "C04.588.945"),
        ("D051437", "Renal Insufficiency", "", "0", "", "C12.777.419"),
    ),
    "cl": (
        ("0000000", "cell", "", "0", "", ""),
        ("0000057", "fibroblast", "0000000", "0", "", ""),
        ("0000134", "mesenchymal stem cell", "0000000", "0", "", ""),
        ("0002255", "stromal cell of endometrium", "0000000", "0", "", ""),
        ("0002569", "mesenchymal stem cell of umbilical cord", "0000134", "0", "", ""),
    ),
    "uberon": (
        ("0000062", "organ", "", "0", "", ""),
        ("0001295", "endometrium", "0000062", "0", "", ""),
        ("0002331", "umbilical cord", "0000062", "0", "", ""),
        ("0002371", "bone marrow", "0000062", "0", "", ""),
    ),
    "ncbitaxon": (
        ("10088", "Mus", "", "0", "", "genus"),
        ("10090", "Mus musculus", "10088", "0", "", "species"),
        ("1279", "Staphylococcus", "", "0", "", "genus"),
        ("1280", "Staphylococcus aureus", "1279", "0", "", "species"),
        ("562", "Escherichia coli", "", "0", "", "species"),
        ("6754", "Cancer", "", "0", "", "genus"),
        ("9606", "Homo sapiens", "", "0", "", "species"),
    ),
}
"""Local id, label, parents, obsolete, replaced by, rank or tree numbers."""

TERMS: dict[str, tuple[Row, ...]] = {
    "mesh": (
        ("D003924", "acronym", "mesh", "T2DM"),
        ("D003924", "exact", "mesh", "Diabetes, Type 2"),
        ("D006333", "exact", "mesh", "cardiac failure"),
        ("D009103", "acronym", "mesh", "MS"),
        ("D009103", "narrow", "mondo", "relapsing multiple sclerosis"),
        ("D009369", "exact", "mesh", "Cancer"),
        ("D009369", "exact", "mesh", "Tumors"),
        ("D010003", "acronym", "mesh", "OA"),
        ("D016889", "exact", "mesh", "Cancer of Endometrium"),
        ("D051437", "acronym", "mesh", "RIF"),
        ("D051437", "broad", "mondo", "renal trouble"),
        ("D051437", "narrow", "mondo", "prerenal insufficiency"),
    ),
    "cl": (
        ("0000134", "exact", "cl", "mesenchymal stromal cell"),
        ("0002255", "exact", "cl", "endometrial stromal cell"),
    ),
    "uberon": (),
    "ncbitaxon": (
        ("10088", "common", "ncbitaxon", "mice"),
        ("10090", "common", "ncbitaxon", "house mouse"),
        ("9606", "common", "ncbitaxon", "human"),
    ),
}
"""Local id, kind, source, text."""

PREFIXES = {"mesh": "MESH", "cl": "CL", "uberon": "UBERON", "ncbitaxon": "NCBITaxon"}

VOCABULARY = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix v: <https://w3id.org/msc-kg/vocabulary/> .

v:thin-endometrium a skos:Concept ;
  skos:prefLabel "thin endometrium"@en ;
  skos:altLabel "thin uterine lining"@en ;
  skos:notation "TE" ;
  skos:broadMatch <http://id.nlm.nih.gov/mesh/D014591> ;
  dcterms:type "Disease" .
v:recurrent-implantation-failure a skos:Concept ;
  skos:prefLabel "recurrent implantation failure"@en ;
  skos:notation "RIF" ;
  skos:broadMatch <http://id.nlm.nih.gov/mesh/D007247> ;
  dcterms:type "Disease" .
"""


def write_slices(directory: Path) -> Path:
    """Write the slices, the vocabulary and their manifest; return the directory."""
    directory.mkdir(parents=True, exist_ok=True)
    manifest = ""
    for name, prefix in PREFIXES.items():
        manifest += f'[slice.{name}]\nprefix = "{prefix}"\nversion = "1"\nlicence = "CC0"\n[slice.{name}.sha256]\n'
        for kind, rows in (("concepts", CONCEPTS[name]), ("terms", TERMS[name])):
            data = lzma.compress("".join("\t".join(row) + "\n" for row in rows).encode())
            file = f"{name}.{kind}.tsv.xz"
            (directory / file).write_bytes(data)
            manifest += f'"{file}" = "{hashlib.sha256(data).hexdigest()}"\n'
    (directory / "vocabulary.ttl").write_text(VOCABULARY, encoding="utf-8")
    checksum = hashlib.sha256(VOCABULARY.encode()).hexdigest()
    manifest += f'[vocabulary]\nprefix = "MSCKG"\nfile = "vocabulary.ttl"\nlicence = "CC0"\nsha256 = "{checksum}"\n'
    (directory / "manifest.toml").write_text(manifest, encoding="utf-8")
    return directory
