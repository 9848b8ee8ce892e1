/* What is shown as CSV (RFC 4180): a row for each sentence behind a line that passes the filters. */
(function (KG) {
  "use strict";
  const { store, shown } = KG;
  const COLUMNS = [
    "subject", "subject_label", "predicate", "object", "object_label", "direction", "study_type", "phase", "species", "species_label",
    "paper", "paper_title", "paper_year", "retracted", "section", "sentence",
  ];

  /* A cell; text that a spreadsheet would run as a formula gets an apostrophe in front, as in evidence.csv. */
  function cell(value) {
    if (value === null || value === undefined) return "";
    const text = String(value).replace(/[\p{Cc}\p{Surrogate}\u2028\u2029]/gu, " ");
    const safe = typeof value === "string" && /^\s*[=+\-@]/.test(text) ? "'" + text : text;
    return /[",]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
  }

  function rows(view) {
    const found = [];
    for (const [id, statements] of view.all) {
      const line = store.lines.get(id);
      // The lines to the species say again what those to the diseases say.
      if (!store.hasEvidence(line) || line.group === "species") continue;
      const [from, to] = [store.nodes.get(line.from), store.nodes.get(line.to)];
      for (const s of statements) {
        for (const { paper, section, sentence } of shown.evidence(s, view.state)) {
          found.push([
            from.id, from.name, s.predicate, to.id, to.name, s.direction, s.study_type, s.phase, s.species, s.species_label,
            paper.id, paper.title, paper.year, paper.retracted, section, sentence,
          ]);
        }
      }
    }
    return found;
  }

  KG.csv = (view) => [COLUMNS, ...rows(view)].map((row) => row.map(cell).join(",") + "\r\n").join("");
})(window.KG);
