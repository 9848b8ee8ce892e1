/* Evidence as it is read: the sentence with its mentions marked, its paper, what it cites. */
(function (KG) {
  "use strict";
  const { store } = KG;
  const { el, link } = KG.elements;
  const words = (text) => String(text).replaceAll("_", " ");
  const plural = (n, noun) => n.toLocaleString("en") + " " + noun + (n === 1 ? "" : "s");

  /* The sentence in pieces; offsets of marks count code points, as Python does. */
  function sentence(item) {
    const points = Array.from(item.sentence);
    const pieces = [];
    let at = 0;
    for (const [start, end, kind, role] of item.marks) {
      if (start < at || end > points.length) continue;
      pieces.push(points.slice(at, start).join(""));
      pieces.push(el("mark", { class: "kind-" + kind.toLowerCase() + (role ? " end" : ""), title: role ? words(kind) + ", " + role : words(kind) }, points.slice(start, end).join("")));
      at = end;
    }
    pieces.push(points.slice(at).join(""));
    return el("blockquote", { dir: "auto" }, pieces);
  }

  function evidence(item) {
    const { paper } = item;
    const about = [words(item.section || ""), paper.year ? String(paper.year) : ""].filter(Boolean).join(" · ");
    return el(
      "li",
      { class: "evidence" },
      sentence(item),
      el("p", { class: "from" }, link(paper.url, paper.title), paper.retracted ? el("strong", { class: "retracted" }, " retracted") : null, about ? el("span", { class: "about" }, " · " + about) : null),
      item.cited.length
        ? el("p", { class: "from" }, "Cites ", item.cited.flatMap((cited, i) => [i ? ", " : "", link(cited.url, cited.name)]))
        : null,
    );
  }

  const study = (entry) => (entry.study_type === "not_stated" ? null : store.studies.get(entry.study_type).name);

  /*
   * A statement with its sentences. An effect on cells is told by its label; a badge would speak of the result in a
   * disease.
   */
  function statement(entry, group, items) {
    const judged = group !== "effect" || entry.direction === "negated";
    const facts = [study(entry), entry.phase ? "phase " + entry.phase : null, entry.species_label].filter(Boolean);
    return el(
      "section",
      { class: "statement" },
      el(
        "h3",
        {},
        el("span", { dir: "auto" }, entry.label),
        judged ? el("span", { class: "badge direction-" + entry.direction }, store.directions.get(entry.direction).name) : null,
      ),
      facts.length ? el("p", { class: "facts", dir: "auto" }, facts.join(" · ")) : null,
      el("ul", { class: "plain" }, items.map(evidence)),
      entry.evidence.length ? null : el("p", { class: "facts" }, "Stated by the vocabulary or the product's name; no sentence."),
    );
  }

  KG.evidence = { statement, plural };
})(window.KG);
