/* The data of the page and what of it is shown. Nothing here touches the document but to read its data block. */
window.KG = {};
(function (KG) {
  "use strict";
  const data = JSON.parse(document.getElementById("kg-data").textContent);
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const lines = new Map(data.edges.map((line) => [line.id, line]));
  const linesOf = new Map(data.nodes.map((node) => [node.id, []]));
  for (const line of data.edges) {
    linesOf.get(line.from).push(line);
    linesOf.get(line.to).push(line);
  }

  const all = (entries) => new Set(entries.map((entry) => entry.key));
  const on = (entries) => all(entries.filter((entry) => entry.on));
  const shown = {
    kinds: on(data.legend.kinds),
    tiers: all(data.legend.tiers),
    directions: all(data.legend.directions),
    context: on(data.legend.context),
  };
  const legendKinds = all(data.legend.kinds);
  const listeners = [];

  const nodeVisible = (node) => !legendKinds.has(node.kind) || shown.kinds.has(node.kind);

  /* Statements of a line that the filters let through, strongest first. */
  function statements(line) {
    if (line.group !== "assertion" && line.group !== "species") return line.statements;
    return line.statements.filter((s) => shown.tiers.has(s.tier) && shown.directions.has(s.direction));
  }

  function lineVisible(line) {
    return (
      nodeVisible(nodes.get(line.from)) &&
      nodeVisible(nodes.get(line.to)) &&
      (line.group === "assertion" || shown.context.has(line.group)) &&
      statements(line).length > 0
    );
  }

  /* Distinct papers behind some statements. */
  function papers(list) {
    const seen = new Set();
    for (const statement of list) for (const item of statement.evidence) seen.add(item.paper);
    return seen.size;
  }

  function toggle(group, key, on) {
    if (on) shown[group].add(key);
    else shown[group].delete(key);
    for (const listener of listeners) listener();
  }

  KG.store = {
    data,
    nodes,
    lines,
    shown,
    linesOf: (id) => linesOf.get(id) || [],
    nodeVisible,
    lineVisible,
    statements,
    papers,
    toggle,
    onFilter: (listener) => listeners.push(listener),
  };
})(window.KG);
