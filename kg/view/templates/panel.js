/* The panel: what is known about a node, the evidence behind a line, or the strongest pairs of all. */
(function (KG) {
  "use strict";
  const { store } = KG;
  const { el, link, symbol } = KG.elements;
  const root = document.getElementById("panel");
  const kindName = { CellType: "Cell type" };
  const tierName = { clinical: "clinical", preclinical: "preclinical", other: "proposed or reviewed" };
  const directionName = Object.fromEntries(store.data.legend.directions.map((d) => [d.key, d.name]));
  const GROUPS = ["assertion", "effect", "co_mention", "structure", "species", "paper", "citation"];
  const words = (text) => String(text).replaceAll("_", " ");
  const plural = (n, noun) => n + " " + noun + (n === 1 ? "" : "s");

  function show(...content) {
    const close = el("button", { type: "button", class: "close", "aria-label": "Close details", onclick: () => KG.view.select(null) }, "×");
    root.replaceChildren(close, ...content.flat().filter((part) => part !== null));
    root.hidden = false;
    root.scrollTop = 0;
  }

  /* A button that goes to a node; plain text where there is no such node. */
  function nodeButton(id, fallback) {
    const node = store.nodes.get(id);
    if (!node) return el("span", { dir: "auto" }, fallback || id);
    return el("button", { type: "button", class: "go", dir: "auto", onclick: () => KG.view.select(id, { focus: true }) }, symbol(node.kind), el("span", { dir: "auto" }, node.name));
  }

  function evidence(item) {
    const about = [words(item.section || ""), item.year ? String(item.year) : ""].filter(Boolean).join(" · ");
    return el(
      "li",
      { class: "evidence" },
      el("blockquote", { dir: "auto" }, item.sentence),
      el("p", { class: "from" }, link(item.url, item.title), item.retracted ? el("strong", { class: "retracted" }, " retracted") : null, about ? el("span", { class: "about" }, " · " + about) : null),
      item.cited.length
        ? el("p", { class: "from" }, "Cites ", item.cited.flatMap((cited, i) => [i ? ", " : "", link(cited.url, cited.name)]))
        : null,
    );
  }

  /* An effect on cells is told by its label; a badge would speak of the result in a disease. */
  function statement(entry, group) {
    const judged = group !== "effect" || entry.direction === "negated";
    const facts = [
      entry.study_type && entry.study_type !== "not_stated" ? words(entry.study_type) : null,
      entry.phase ? "phase " + entry.phase : null,
      entry.species,
    ].filter(Boolean);
    return el(
      "section",
      { class: "statement" },
      el(
        "h3",
        {},
        el("span", { dir: "auto" }, entry.label),
        judged ? el("span", { class: "badge direction-" + entry.direction }, directionName[entry.direction] || entry.direction) : null,
      ),
      facts.length ? el("p", { class: "facts", dir: "auto" }, facts.join(" · ")) : null,
      entry.evidence.length ? el("ul", { class: "plain" }, entry.evidence.map(evidence)) : el("p", { class: "facts" }, "Stated by the vocabulary or the product's name; no sentence."),
    );
  }

  function line(id) {
    const each = store.lines.get(id);
    const passing = store.statements(each);
    const list = passing.length ? passing : each.statements;
    const assertion = each.group === "assertion" || each.group === "species" || each.group === "effect" || each.group === "co_mention";
    show(
      el("p", { class: "kind" }, each.group === "assertion" ? "Evidence" : "Link"),
      el("h2", { class: "pair" }, nodeButton(each.from), el("span", { class: "predicate" }, each.name), nodeButton(each.to)),
      assertion ? el("p", { class: "facts" }, plural(store.papers(list), "paper") + ", " + plural(list.length, "statement")) : null,
      list.length < each.statements.length ? el("p", { class: "facts" }, plural(each.statements.length - list.length, "statement") + " hidden by the filters") : null,
      assertion ? list.map((entry) => statement(entry, each.group)) : null,
    );
  }

  /* Neighbours of a node, grouped by what links them; "←" marks a link that points at the node. */
  function neighbours(id) {
    const groups = new Map();
    const ordered = [...store.linesOf(id)].sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group));
    for (const each of ordered) {
      const out = each.from === id;
      for (const label of new Set(each.statements.map((s) => s.label))) {
        const name = each.group === "species" ? each.name : label;
        const key = (out ? "" : "← ") + name;
        if (!groups.has(key)) groups.set(key, new Map());
        const members = groups.get(key);
        const other = out ? each.to : each.from;
        if (!members.has(other)) members.set(other, []);
        if (!members.get(other).includes(each)) members.get(other).push(each);
      }
    }
    return [...groups].map(([label, members]) =>
      el(
        "details",
        { open: members.size <= 12 },
        el("summary", {}, el("span", { dir: "auto" }, label), el("span", { class: "count" }, String(members.size))),
        el("ul", { class: "plain" }, [...members].map(([other, via]) => el("li", { class: "neighbour" }, nodeButton(other), el("span", { class: "chips" }, via.filter((l) => l.group === "assertion" || l.group === "effect" || l.group === "co_mention").map(evidenceButton))))),
      ),
    );
  }

  function evidenceButton(each) {
    const papers = store.papers(each.statements);
    const name = directionName[each.direction] || "evidence";
    return el(
      "button",
      { type: "button", class: "chip direction-" + (each.direction || "none"), title: name, "aria-label": "Evidence: " + name + ", " + plural(papers, "paper"), onclick: () => KG.view.select(each.id) },
      plural(papers, "paper"),
    );
  }

  function node(id) {
    const each = store.nodes.get(id);
    const facts = [
      ["Mentions", each.mentions ? plural(each.mentions, "mention") + (each.papers ? " in " + plural(each.papers, "paper") : "") : ""],
      ...each.facts,
    ].filter(([, value]) => value);
    const around = neighbours(id);
    show(
      el("p", { class: "kind" }, symbol(each.kind), kindName[each.kind] || each.kind),
      el("h2", { dir: "auto" }, each.name),
      el("p", { class: "id" }, el("code", {}, each.id), each.links.flatMap((page) => [" ", link(page.url, page.name)])),
      facts.length ? el("dl", {}, facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", { dir: "auto" }, value)])) : null,
      each.broader.length ? el("p", { class: "facts" }, "Broader: ", each.broader.flatMap((b, i) => [i ? ", " : "", nodeButton(b.id, b.name + " (" + b.id + ")")])) : null,
      around.length ? around : el("p", { class: "facts" }, "No link to another concept."),
    );
  }

  /* The lines with most papers, strongest evidence first. */
  function overview() {
    const rank = { clinical: 0, preclinical: 1, other: 2 };
    const all = store.data.edges
      .filter((each) => each.group === "assertion" && store.lineVisible(each))
      .map((each) => ({ each, list: store.statements(each) }))
      .map((entry) => ({ ...entry, papers: store.papers(entry.list), tier: entry.list[0].tier }))
      .sort((a, b) => b.papers - a.papers || rank[a.tier] - rank[b.tier] || (a.each.id < b.each.id ? -1 : 1));
    const body = all.slice(0, 100).map(({ each, papers, tier }) =>
      el(
        "tr",
        {},
        el("td", {}, nodeButton(each.from)),
        el("td", {}, nodeButton(each.to)),
        el("td", {}, evidenceButton(each), el("span", { class: "about" }, tierName[tier])),
      ),
    );
    show(
      el("p", { class: "kind" }, "Overview"),
      el("h2", {}, "Interventions and what they are studied for"),
      el("p", { class: "facts" }, plural(all.length, "line") + " under the filters, most papers first" + (all.length > body.length ? "; the first " + body.length : "")),
      all.length
        ? el("table", {}, el("thead", {}, el("tr", {}, ["Intervention", "Disease", "Evidence"].map((name) => el("th", { scope: "col" }, name)))), el("tbody", {}, body))
        : el("p", {}, "Nothing to show."),
    );
  }

  KG.panel = {
    node,
    line,
    overview,
    hide: () => {
      root.hidden = true;
      root.replaceChildren();
    },
    focus: () => root.focus({ preventScroll: true }),
  };
})(window.KG);
