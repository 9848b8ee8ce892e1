/* The matrix: interventions down, diseases across; a cell has the number of papers with each result. */
(function (KG) {
  "use strict";
  const { store, pairs, panel } = KG;
  const { el } = KG.elements;
  const root = document.getElementById("matrix");
  const ROWS = 60;
  const COLUMNS = 40;
  // null: by evidence; "name"; or the disease whose evidence sorts the rows.
  let sorted = null;
  let current = null;
  let made = null;

  /* Sums of papers over the pairs of each end, most first. */
  function ends(all, end) {
    const sums = new Map();
    for (const pair of all) sums.set(pair[end], (sums.get(pair[end]) || 0) + pair.papers);
    const name = (id) => store.nodes.get(id).name;
    return [...sums].sort((a, b) => b[1] - a[1] || name(a[0]).localeCompare(name(b[0]), "en")).map(([id, sum]) => ({ id, sum, name: name(id) }));
  }

  function cell(pair, row, column) {
    if (!pair) return el("td", { class: "none" });
    const chips = pair.results.map((result) => panel.evidenceButton(result.line, result.statements, { short: true }));
    const about = pair.best + ", " + row.name + ", " + column.name;
    return el("td", { class: "tier-" + pair.best, title: about }, el("span", { class: "chips" }, chips));
  }

  function sortButton(key, text, label) {
    const press = () => {
      sorted = sorted === key ? null : key;
      draw();
      const again = [...root.querySelectorAll(".sort")].find((button) => button.dataset.key === String(key));
      if (again) again.focus();
    };
    return el("button", { type: "button", class: "sort", "data-key": String(key), "aria-pressed": String(sorted === key), "aria-label": label, title: label, onclick: press }, text);
  }

  function draw() {
    const all = pairs.of(current);
    const at = new Map(all.map((pair) => [JSON.stringify([pair.from, pair.to]), pair]));
    const get = (row, column) => at.get(JSON.stringify([row.id, column.id]));
    const rows = ends(all, "from");
    const columns = ends(all, "to");
    if (sorted === "name") {
      for (const list of [rows, columns]) list.sort((a, b) => a.name.localeCompare(b.name, "en"));
    } else if (sorted !== null) {
      const column = { id: sorted };
      const papers = (row) => (get(row, column) ? get(row, column).papers : 0);
      rows.sort((a, b) => papers(b) - papers(a));
    }
    const across = columns.slice(0, COLUMNS);
    const cut = rows.length > ROWS || columns.length > COLUMNS;
    const head = el(
      "tr",
      {},
      el("td", { class: "corner" }, sortButton("name", "By name", "Sort by name")),
      across.map((column) => el("th", { scope: "col", "aria-sort": sorted === column.id ? "descending" : null }, el("span", { class: "turned" }, panel.nodeButton(column.id)), sortButton(column.id, "▼", "Sort by papers on " + column.name))),
    );
    const body = rows.slice(0, ROWS).map((row) => el("tr", {}, el("th", { scope: "row" }, panel.nodeButton(row.id)), across.map((column) => cell(get(row, column), row, column))));
    root.replaceChildren(
      el("p", { class: "facts", id: "matrix-count" }, KG.evidence.plural(rows.length, "intervention") + " by " + KG.evidence.plural(columns.length, "disease") + ": papers with each result; a solid frame is clinical, a dashed one preclinical evidence" + (cut ? ". Those with most papers are drawn: filter for the rest" : "")),
      all.length ? el("table", { "aria-describedby": "matrix-count" }, el("thead", {}, head), el("tbody", {}, body)) : el("p", {}, "Nothing to show."),
    );
  }

  // Px of a landscape page between its margins.
  const PAGE = 1000;

  KG.matrix = {
    /* Makes the matrix as narrow as a page, or as it was. */
    fitToPage(on) {
      const table = root.querySelector("table");
      if (table) table.style.zoom = on ? Math.min(1, PAGE / table.scrollWidth) : "";
    },
    show(view) {
      current = view;
      const next = pairs.key(view);
      if (next !== made) draw();
      made = next;
    },
  };
})(window.KG);
