/* The data of the page, resolved: lines with their statements, evidence with its paper. Nothing here changes. */
window.KG = {};
(function (KG) {
  "use strict";
  const data = JSON.parse(document.getElementById("kg-data").textContent);
  for (const statement of data.statements) {
    for (const item of statement.evidence) item.paper = data.papers[item.paper];
  }
  for (const line of data.edges) line.statements = line.statements.map((place) => data.statements[place]);
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const lines = new Map(data.edges.map((line) => [line.id, line]));
  const linesOf = new Map(data.nodes.map((node) => [node.id, []]));
  for (const line of data.edges) {
    linesOf.get(line.from).push(line);
    linesOf.get(line.to).push(line);
  }
  const names = (entries) => new Map(entries.map((entry) => [entry.key, entry]));
  const EVIDENCE = new Set(["assertion", "species", "effect", "co_mention"]);

  KG.store = {
    data,
    nodes,
    lines,
    linesOf: (id) => linesOf.get(id) || [],
    /* Whether a line rests on sentences, which filters of evidence look at. */
    hasEvidence: (line) => EVIDENCE.has(line.group),
    kinds: names(data.legend.kinds),
    studies: names(data.legend.studies),
    tiers: names(data.legend.tiers),
    directions: names(data.legend.directions),
  };
})(window.KG);
