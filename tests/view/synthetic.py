"""Graphs in the form of the projection, made up for the tests; no sentence here is from a paper."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx

THERAPY = "MSCKG:vocabulary/msc-therapy"
BONE_MARROW_CELLS = "MSCKG:intervention/bm-auto"
CORD_CELLS = "MSCKG:intervention/uc-allo"
ADHESIONS = "MESH:D006175"
THIN = "MSCKG:vocabulary/thin-endometrium"
HUMAN = "NCBITaxon:9606"

DISEASES = {
    "MESH:D014591": "Uterine Diseases",
    ADHESIONS: "Gynatresia",
    "MESH:D007247": "Infertility, Female",
    "MESH:D016649": "Primary Ovarian Insufficiency",
    "MESH:D011085": "Polycystic Ovary Syndrome",
    "MESH:D004715": "Endometriosis",
    "MESH:D004716": "Endometritis",
    "MESH:D000026": "Abortion, Habitual",
    "MESH:D011225": "Pre-Eclampsia",
    "MESH:D005355": "Fibrosis",
    "MESH:D007249": "Inflammation",
    "MESH:D006086": "Graft vs Host Disease",
    "MESH:D009203": "Myocardial Infarction",
    "MESH:D020521": "Stroke",
    "MESH:D010003": "Osteoarthritis",
    "MESH:D003920": "Diabetes Mellitus",
    THIN: "thin endometrium",
    "MSCKG:vocabulary/recurrent-implantation-failure": "recurrent implantation failure",
    "MSCKG:vocabulary/poor-endometrial-receptivity": "poor endometrial receptivity",
}
CELLS = {
    "CL:0000134": "mesenchymal stem cell",
    "CL:0002569": "mesenchymal stem cell of umbilical cord",
    "CL:0002540": "mesenchymal stem cell of the bone marrow",
    "CL:0002570": "mesenchymal stem cell of adipose tissue",
    "CL:0002255": "stromal cell of endometrium",
    "CL:0000738": "leukocyte",
    "CL:0000623": "natural killer cell",
    "CL:0000235": "macrophage",
    "CL:0000115": "endothelial cell",
    "CL:0000066": "epithelial cell",
    "CL:0000084": "T cell",
    "CL:0000501": "granulosa cell",
}
TISSUES = {
    "UBERON:0002371": "bone marrow",
    "UBERON:0002331": "umbilical cord",
    "UBERON:0001013": "adipose tissue",
    "UBERON:0001295": "endometrium",
    "UBERON:8480042": "menstrual fluid",
    "UBERON:0000305": "amnion",
    "UBERON:0001987": "placenta",
}
SPECIES = {HUMAN: "Homo sapiens", "NCBITaxon:10090": "Mus musculus", "NCBITaxon:10116": "Rattus norvegicus"}
PRODUCTS = (
    (BONE_MARROW_CELLS, "autologous bone marrow-derived MSCs", "UBERON:0002371", "CL:0002540"),
    ("MSCKG:intervention/bm", "bone marrow-derived MSCs", "UBERON:0002371", "CL:0002540"),
    (CORD_CELLS, "allogeneic umbilical cord-derived MSCs", "UBERON:0002331", "CL:0002569"),
    ("MSCKG:intervention/uc", "umbilical cord-derived MSCs", "UBERON:0002331", "CL:0002569"),
    (
        "MSCKG:intervention/uc-ev",
        "extracellular vesicles of umbilical cord-derived MSCs",
        "UBERON:0002331",
        "CL:0002569",
    ),
    ("MSCKG:intervention/ad", "adipose-derived MSCs", "UBERON:0001013", "CL:0002570"),
    ("MSCKG:intervention/ad-ev", "extracellular vesicles of adipose-derived MSCs", "UBERON:0001013", "CL:0002570"),
    ("MSCKG:intervention/men", "menstrual blood-derived MSCs", "UBERON:8480042", "CL:0000134"),
    ("MSCKG:intervention/en", "endometrial MSCs", "UBERON:0001295", "CL:0000134"),
    ("MSCKG:intervention/am", "amnion-derived MSCs", "UBERON:0000305", "CL:0000134"),
    ("MSCKG:intervention/pl", "placenta-derived MSCs", "UBERON:0001987", "CL:0000134"),
    ("MSCKG:intervention/allo", "allogeneic MSCs", None, "CL:0000134"),
    ("MSCKG:intervention/auto", "autologous MSCs", None, "CL:0000134"),
    ("MSCKG:intervention/cm", "conditioned medium of MSCs", None, "CL:0000134"),
)
BROADER = (
    (THIN, "MESH:D014591"),
    (ADHESIONS, "MESH:D014591"),
    ("MESH:D004715", "MESH:D014591"),
    ("MESH:D004716", "MESH:D014591"),
    ("MSCKG:vocabulary/poor-endometrial-receptivity", "MESH:D014591"),
    ("MSCKG:vocabulary/recurrent-implantation-failure", "MESH:D007247"),
    ("CL:0002569", "CL:0000134"),
    ("CL:0002540", "CL:0000134"),
    ("CL:0002570", "CL:0000134"),
)
STUDIES = (
    ("clinical_trial", "biolink:in_clinical_trials_for", "in clinical trials for", HUMAN),
    ("observational", "biolink:applied_to_treat", "applied to treat", HUMAN),
    ("preclinical_in_vivo", "biolink:beneficial_in_models_for", "beneficial in models for", "NCBITaxon:10116"),
    ("preclinical_in_vivo", "biolink:in_preclinical_trials_for", "in preclinical trials for", "NCBITaxon:10090"),
    ("review", "biolink:studied_to_treat", "studied to treat", None),
)


def add_node(graph: nx.MultiDiGraph[str], node: str, kind: str, label: str, **more: Any) -> None:
    base = {
        "id": node,
        "label": label,
        "kind": kind,
        "iri": "https://example.org/" + node,
        "local": node.startswith("MSCKG"),
    }
    measures = {"mentions": 3, "papers": 2, "degree": 0, "betweenness": 0.0, "pagerank": 0.0}
    graph.add_node(node, **{**base, **measures, "names": [], "broader": [], "broader_labels": [], **more})


def add_edge(
    graph: nx.MultiDiGraph[str], source: str, target: str, kind: str, label: str, key: str = "", **more: Any
) -> None:
    edge = key or f"{kind}:{source}:{target}"
    base = {"id": edge, "kind": kind, "predicate": "biolink:related_to", "label": label, "polarity": None}
    rest = {"negated": False, "study_type": None, "phase": None, "species": None, "species_label": None}
    graph.add_edge(source, target, key=edge, **{**base, **rest, "evidence": [], "papers": 0, "weight": 1.0, **more})


def evidence(sentence: str, paper: str, **more: Any) -> dict[str, Any]:
    item = {
        "sentence": sentence,
        "start": 0,
        "end": len(sentence),
        "document_id": "d",
        "paper": paper,
        "paper_title": f"Paper {paper}",
        "paper_url": "https://example.org/paper",
        "paper_year": 2020,
        "section": "abstract",
        "study_type": "clinical_trial",
        "extractor": "rules",
        "confidence": 0.9,
        "cited": [],
        "cited_urls": [],
        "marks": [],
    }
    return {**item, **more}


def small() -> nx.MultiDiGraph[str]:
    """One product, two diseases, two opposite results for one of them, a species, a tissue and a paper."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title="small")
    add_node(graph, CORD_CELLS, "Intervention", "cord MSCs", pagerank=0.2, product="cells", routes=["intrauterine"])
    add_node(graph, ADHESIONS, "Disease", "Gynatresia", pagerank=0.4)
    add_node(graph, THIN, "Disease", "thin endometrium", broader=["MESH:D014591"], broader_labels=["Uterine Diseases"])
    add_node(graph, HUMAN, "Species", "Homo sapiens")
    add_node(graph, "UBERON:0002331", "Tissue", "umbilical cord")
    add_node(
        graph, "PMID:1", "Paper", "A paper", url="https://pubmed.ncbi.nlm.nih.gov/1", year=2020, relation="primary"
    )
    good = evidence("Cord cells helped.", "PMID:1")
    bad = evidence("Cord cells did not help.", "doi:10.1234/abc")
    add_edge(
        graph, CORD_CELLS, ADHESIONS, "assertion", "in clinical trials for", "a1", polarity="positive",
        study_type="clinical_trial", species=HUMAN, species_label="Homo sapiens", evidence=[good], papers=1,
    )  # fmt: skip
    add_edge(
        graph, CORD_CELLS, ADHESIONS, "assertion", "no effect shown", "a2", polarity="negative",
        study_type="preclinical_in_vivo", evidence=[bad], papers=1,
    )  # fmt: skip
    add_edge(
        graph, CORD_CELLS, THIN, "assertion", "studied to treat", "a3", polarity="not_stated", study_type="review",
        evidence=[good], papers=1,
    )  # fmt: skip
    add_edge(graph, CORD_CELLS, "UBERON:0002331", "derives_from", "derived from")
    add_edge(graph, "PMID:1", ADHESIONS, "mentions", "mentions")
    return graph


def study(papers: int = 78, seed: int = 7) -> nx.MultiDiGraph[str]:
    """A projection of the size and shape of a study of some eighty papers."""
    dice = random.Random(seed)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title="study")
    for kind, concepts in (("Disease", DISEASES), ("CellType", CELLS), ("Tissue", TISSUES), ("Species", SPECIES)):
        for node, label in concepts.items():
            add_node(graph, node, kind, label, mentions=dice.randint(1, 60))
    add_node(graph, THERAPY, "Intervention", "MSC therapy", mentions=80)
    for node, label, tissue, cell in PRODUCTS:
        add_node(
            graph,
            node,
            "Intervention",
            label,
            product="cells",
            tissue_label=TISSUES.get(tissue or ""),
            mentions=dice.randint(2, 30),
        )
        add_edge(graph, node, THERAPY, "broader", "broader")
        add_edge(graph, node, cell, "has_part", "has part")
        if tissue:
            add_edge(graph, node, tissue, "derives_from", "derived from")
    for source, target in BROADER:
        add_edge(graph, source, target, "broader", "broader")
    titles = [f"PMID:{20000000 + i}" for i in range(papers)]
    _assertions(graph, titles, dice)
    for cell in list(CELLS)[4:]:
        paper = dice.choice(titles)
        item = evidence(f"{CELLS[cell].capitalize()}s were altered in this condition.", paper)
        add_edge(
            graph, cell, dice.choice([THIN, ADHESIONS]), "co_mention", "occurs together with", evidence=[item], papers=1
        )
    for i, paper in enumerate(titles):
        disease = dice.choice(list(DISEASES))
        product = dice.choice(PRODUCTS)
        title = f"Effects of {product[1]} on {DISEASES[disease].lower()}: study number {i}"
        add_node(
            graph,
            paper,
            "Paper",
            title,
            year=2010 + i % 16,
            authors=["A. Writer", "B. Author"],
            journal="Journal of Tests",
            relation="related",
        )
        add_edge(graph, paper, disease, "mentions", "mentions")
        if dice.random() < 0.6:
            add_edge(graph, paper, product[0], "mentions", "mentions")
    flat: nx.Graph[str] = nx.Graph()
    flat.add_edges_from((u, v) for u, v in graph.edges() if u not in titles)
    for node, rank in nx.pagerank(flat).items():
        graph.nodes[node]["pagerank"] = rank
    return graph


def _assertions(graph: nx.MultiDiGraph[str], titles: list[str], dice: random.Random) -> None:
    uterine = [ADHESIONS, THIN, "MSCKG:vocabulary/recurrent-implantation-failure", "MESH:D007247", "MESH:D016649"]
    for n in range(64):
        product, name, _, _ = PRODUCTS[min(int(dice.expovariate(0.28)), len(PRODUCTS) - 1)]
        disease = dice.choice(uterine) if dice.random() < 0.6 else dice.choice(list(DISEASES))
        study_type, predicate, label, species = dice.choice(STUDIES)
        polarity = dice.choices(["positive", "inconclusive", "not_stated", "negative"], [6, 2, 3, 1])[0]
        items = [
            evidence(
                f"Here, {name} were given to subjects with {DISEASES[disease].lower()}, followed for {k + 3} months.",
                dice.choice(titles),
                study_type=study_type,
            )
            for k in range(dice.choice([1, 1, 1, 2, 3, 5]))
        ]
        add_edge(
            graph, product, disease, "assertion", label, f"MSCKG:assertion/{n:04d}", predicate=predicate,
            polarity=polarity, study_type=study_type, species=species, species_label=SPECIES.get(species or ""),
            evidence=items, papers=len({item["paper"] for item in items}), weight=float(len(items)),
        )  # fmt: skip
