/* What is shown of interventions and diseases as a SPARQL query, to be run on graph.nq or in `kg query`. */
(function (KG) {
  "use strict";
  const { store, state: states, shown } = KG;
  const HEAD = [
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>",
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>",
    "PREFIX dcterms: <http://purl.org/dc/terms/>",
    "PREFIX prov: <http://www.w3.org/ns/prov#>",
    "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>",
    "PREFIX biolink: <https://w3id.org/biolink/vocab/>",
    "PREFIX MSCKG: <https://w3id.org/msc-kg/>",
  ];

  /* An IRI between its brackets; what may not stand there is percent-encoded (SPARQL 1.1, IRIREF). */
  const iri = (text) => "<" + text.replace(/[\u0000-\u0020<>"{}|^`\\\p{Surrogate}]/gu, (c) => (/\p{Surrogate}/u.test(c) ? "%EF%BF%BD" : "%" + c.charCodeAt(0).toString(16).padStart(2, "0"))) + ">";
  const nodeIri = (id) => iri(store.nodes.get(id).iri);
  // Keys of studies and polarities are our own words, but the data is not trusted to keep to them.
  const literal = (text) => JSON.stringify(text.replace(/[^\w ]/g, ""));

  function row(line) {
    const denied = line.direction === "negated";
    return "    (" + [nodeIri(line.from), nodeIri(line.to), denied ? "UNDEF" : literal(line.direction), denied].join(" ") + ")";
  }

  /* Conditions of the filters that the rows do not tell. */
  function filters(state) {
    const some = (list) => state[list].size < store.data.legend[list].length;
    const found = [];
    if (some("studies")) found.push("  FILTER (?study IN (" + [...state.studies].map(literal).join(", ") + "))");
    if (some("species")) {
      const named = store.data.legend.species.filter((entry) => entry.key && state.species.has(entry.key)).map((entry) => iri(speciesIri(entry.key)));
      const parts = [...(named.length ? ["?species IN (" + named.join(", ") + ")"] : []), ...(state.species.has("") ? ["!BOUND(?species)"] : [])];
      found.push("  FILTER (" + (parts.join(" || ") || "false") + ")");
    }
    if (state.since !== null || state.until !== null) {
      found.push("  ?paper dcterms:issued ?issued .", "  BIND (xsd:integer(SUBSTR(STR(?issued), 1, 4)) AS ?year)");
      if (state.since !== null) found.push("  FILTER (?year >= " + state.since + ")");
      if (state.until !== null) found.push("  FILTER (?year <= " + state.until + ")");
    }
    return found;
  }

  const speciesIri = (key) => (store.nodes.has(key) ? store.nodes.get(key).iri : key.replace(/^NCBITaxon:/, "http://purl.obolibrary.org/obo/NCBITaxon_"));

  /* The query, or null where no line between an intervention and a disease is shown. */
  function query(view) {
    const lines = [...view.all.keys()].map((id) => store.lines.get(id)).filter((line) => line.group === "assertion");
    if (!lines.length) return null;
    const everything = store.data.edges.filter((line) => line.group === "assertion").length;
    const values = lines.length < everything ? ["  VALUES (?i ?d ?polarity ?negated) {", ...lines.map(row), "  }"] : [];
    return [
      "# " + store.data.study.title.replace(/\s+/g, " ").slice(0, 200),
      ...HEAD,
      "",
      "SELECT ?intervention ?predicate ?disease ?polarity ?negated ?study ?species ?paper ?sentence",
      "WHERE {",
      ...values,
      "  ?association rdf:subject ?i ; rdf:predicate ?predicate ; rdf:object ?d ; biolink:negated ?negated ;",
      "    MSCKG:polarity ?polarity ; MSCKG:study_type ?study ; biolink:has_evidence ?evidence .",
      "  FILTER (?predicate NOT IN (biolink:affects, biolink:occurs_together_in_literature_with))",
      "  ?i rdfs:label ?intervention .",
      "  ?d rdfs:label ?disease .",
      "  OPTIONAL { ?association biolink:species_context_qualifier ?species }",
      "  ?evidence biolink:supporting_text ?sentence ; prov:wasQuotedFrom ?paper .",
      ...filters(view.state),
      "}",
      "ORDER BY ?intervention ?disease ?paper ?sentence",
      "",
    ].join("\n");
  }

  KG.sparql = { query, now: () => query(shown.of(states.get())) };
})(window.KG);
