/* The evidence table: a row for each pair of intervention and disease, sorted by any column. */
(function (KG) {
  "use strict";
  const { store, pairs, panel } = KG;
  const { el } = KG.elements;
  const root = document.getElementById("table");
  const LISTED = 500;
  const number = (name) => (a, b) => b[name] - a[name];
  const text = (name) => (a, b) => a[name].localeCompare(b[name], "en");
  const COLUMNS = [
    { name: "Intervention", order: text("fromName"), cell: (pair) => panel.nodeButton(pair.from) },
    { name: "Disease", order: text("toName"), cell: (pair) => panel.nodeButton(pair.to) },
    { name: "Result", title: "Papers with each result", order: (a, b) => results(b) - results(a), cell: (pair) => el("span", { class: "chips" }, pair.results.map((r) => panel.evidenceButton(r.line, r.statements, { short: true }))) },
    { name: "Papers", order: number("papers"), cell: (pair) => String(pair.papers), number: true },
    { name: "Clinical", order: number("clinical"), cell: (pair) => String(pair.clinical || ""), number: true },
    { name: "Preclinical", order: number("preclinical"), cell: (pair) => String(pair.preclinical || ""), number: true },
    { name: "Reviews and other", order: number("other"), cell: (pair) => String(pair.other || ""), number: true },
    { name: "Species", order: (a, b) => a.species.join().localeCompare(b.species.join(), "en"), cell: (pair) => el("span", { dir: "auto" }, pair.species.join(", ")) },
    { name: "Years", order: (a, b) => (b.last || 0) - (a.last || 0), cell: (pair) => (pair.first === null ? "" : pair.first === pair.last ? String(pair.first) : pair.first + "–" + pair.last), number: true },
  ];
  const results = (pair) => pair.results.filter((r) => r.line.direction !== "not_stated").length * 1000 + pair.papers;
  let most = LISTED;
  const sorted = { column: 3, turned: false };
  let current = null;
  let made = null;

  function heading(column, i) {
    const on = sorted.column === i;
    const press = () => {
      sorted.turned = on && !sorted.turned;
      sorted.column = i;
      draw();
      root.querySelectorAll("th button")[i].focus();
    };
    // What comes first is the most of numbers, and the start of the alphabet.
    const rising = Boolean(column.number || column.title) === sorted.turned;
    return el("th", { scope: "col", class: column.number ? "number" : null, "aria-sort": on ? (rising ? "ascending" : "descending") : null }, el("button", { type: "button", title: column.title || null, onclick: press }, column.name, el("span", { class: "arrow", "aria-hidden": "true" }, on ? (rising ? " ▲" : " ▼") : "")));
  }

  function draw() {
    const all = pairs.of(current);
    const { order } = COLUMNS[sorted.column];
    // Sorting is stable: what is equal stays with the most papers first.
    const rows = [...all].sort((a, b) => (sorted.turned ? -order(a, b) : order(a, b)));
    const body = rows.slice(0, most).map((pair) => el("tr", { "data-from": pair.from, "data-to": pair.to }, COLUMNS.map((column) => el("td", { class: column.number ? "number" : null }, column.cell(pair)))));
    root.replaceChildren(
      el("p", { class: "facts", id: "table-count" }, KG.evidence.plural(all.length, "pair") + " of intervention and disease under the filters" + (all.length > most ? "; the first " + most + " are listed" : "")),
      all.length ? el("table", { "aria-describedby": "table-count" }, el("thead", {}, el("tr", {}, COLUMNS.map(heading))), el("tbody", {}, body)) : el("p", {}, "Nothing to show."),
    );
  }

  KG.table = {
    /* Lists every pair, or as many as one scrolls through. */
    whole(on) {
      most = on ? Infinity : LISTED;
      draw();
    },
    show(view) {
      current = view;
      const next = pairs.key(view);
      if (next !== made) draw();
      made = next;
    },
  };
})(window.KG);
