/* The pairs of intervention and disease that are shown, each with its results: rows of the table, cells of the matrix. */
(function (KG) {
  "use strict";
  const { store, shown } = KG;
  const RANK = { clinical: 0, preclinical: 1, other: 2 };
  let last = null;

  /* Facts about the statements of a pair under the filters. */
  function measured(pair, state) {
    const statements = pair.results.flatMap((result) => result.statements);
    const papers = shown.papers(statements, state);
    const papersOf = (tier) => shown.papers(statements.filter((statement) => statement.tier === tier), state).size;
    const years = [...papers.values()].map((paper) => paper.year).filter(Number.isInteger);
    const species = new Set(statements.map((statement) => statement.species_label).filter(Boolean));
    const best = Object.keys(RANK).find((tier) => statements.some((statement) => statement.tier === tier));
    return {
      ...pair,
      papers: papers.size,
      clinical: papersOf("clinical"),
      preclinical: papersOf("preclinical"),
      other: papersOf("other"),
      species: [...species].sort(),
      first: years.length ? Math.min(...years) : null,
      last: years.length ? Math.max(...years) : null,
      best,
      fromName: store.nodes.get(pair.from).name,
      toName: store.nodes.get(pair.to).name,
    };
  }

  /* The pairs of a view, those with most papers first, then the strongest evidence, then by name. */
  function of(view) {
    if (last && last.view === view) return last.pairs;
    const found = new Map();
    for (const [id, statements] of view.all) {
      const line = store.lines.get(id);
      if (line.group !== "assertion") continue;
      const key = JSON.stringify([line.from, line.to]);
      if (!found.has(key)) found.set(key, { from: line.from, to: line.to, results: [] });
      found.get(key).results.push({ line, statements });
    }
    const order = [...store.directions.keys()];
    const pairs = [...found.values()].map((pair) => {
      pair.results.sort((a, b) => order.indexOf(a.line.direction) - order.indexOf(b.line.direction));
      return measured(pair, view.state);
    });
    const byName = (a, b) => a.fromName.localeCompare(b.fromName, "en") || a.toName.localeCompare(b.toName, "en") || (a.from + a.to < b.from + b.to ? -1 : 1);
    pairs.sort((a, b) => b.papers - a.papers || RANK[a.best] - RANK[b.best] || byName(a, b));
    last = { view, pairs };
    return pairs;
  }

  /* Tells pairs that are drawn alike: the reader keeps a place in a long table while a selection changes. */
  function key(view) {
    const result = ({ line, statements }) => [line.id, shown.papers(statements, view.state).size];
    return JSON.stringify(of(view).map((pair) => ({ ...pair, results: pair.results.map(result) })));
  }

  KG.pairs = { of, key };
})(window.KG);
