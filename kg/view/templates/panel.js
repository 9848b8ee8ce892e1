/* The panel: what is known about a node, the evidence behind a line, or the way between two nodes. */
(function (KG) {
  "use strict";
  const { store, state, shown } = KG;
  const { el, link, symbol } = KG.elements;
  const { statement, plural } = KG.evidence;
  const root = document.getElementById("panel");
  const kindName = { CellType: "Cell type" };
  const GROUPS = ["assertion", "effect", "co_mention", "structure", "species", "paper", "citation"];
  const LISTED = 60;

  function fill(...content) {
    const close = el("button", { type: "button", class: "close", "aria-label": "Close details", onclick: () => KG.view.close() }, "×");
    root.replaceChildren(close, ...content.flat().filter((part) => part !== null));
    root.hidden = false;
  }

  /* A button that goes to a node; plain text where there is no such node. */
  function nodeButton(id, fallback) {
    const node = store.nodes.get(id);
    if (!node) return el("span", { dir: "auto" }, fallback || id);
    return el("button", { type: "button", class: "go", dir: "auto", title: node.name, onclick: () => KG.view.select(id, { focus: true }) }, symbol(node.kind), el("span", { dir: "auto" }, node.name));
  }

  /* Statements of a line that the filters let through, null for none; whatever kinds of nodes and links are drawn. */
  const passing = (line) => shown.passing(line, state.get());

  /* A button that shows the evidence of a line, with its papers under the filters. */
  function evidenceButton(line, statements, options) {
    const papers = shown.papers(statements, state.get()).size;
    const name = line.direction ? store.directions.get(line.direction).name : "evidence";
    const text = options && options.short ? String(papers) : plural(papers, "paper");
    return el(
      "button",
      { type: "button", class: "chip direction-" + (line.direction || "none"), title: name, "aria-label": "Evidence: " + name + ", " + plural(papers, "paper"), onclick: () => KG.view.select(line.id) },
      text,
    );
  }

  /* Lines of the same pair with another result. */
  function others(line) {
    const found = store.linesOf(line.from).filter((each) => each.group === "assertion" && each.to === line.to && each.id !== line.id && passing(each) !== null);
    if (line.group !== "assertion" || !found.length) return null;
    return el("p", { class: "facts other" }, "Other results for this pair: ", el("span", { class: "chips" }, found.map((each) => evidenceButton(each, passing(each)))));
  }

  function line(id) {
    const each = store.lines.get(id);
    const passed = passing(each);
    // What the filters hide was asked for by its address or went by: it is shown, and said to be hidden.
    const found = passed || each.statements;
    const sentences = (entry) => (passed ? shown.evidence(entry, state.get()) : entry.evidence);
    const papers = new Set(found.flatMap((entry) => sentences(entry).map((item) => item.paper.id)));
    fill(
      el("p", { class: "kind" }, each.group === "assertion" ? "Evidence" : "Link"),
      el("h2", { class: "pair" }, nodeButton(each.from), el("span", { class: "predicate" }, each.name), nodeButton(each.to)),
      passed ? null : el("p", { class: "facts hidden-by" }, "Hidden by the filters; shown here without them."),
      store.hasEvidence(each) ? el("p", { class: "facts" }, plural(papers.size, "paper") + ", " + plural(found.length, "statement")) : null,
      found.length < each.statements.length ? el("p", { class: "facts" }, plural(each.statements.length - found.length, "statement") + " hidden by the filters") : null,
      others(each),
      store.hasEvidence(each) ? found.map((entry) => statement(entry, each.group, sentences(entry))) : null,
    );
  }

  /* Neighbours of a node under the filters, grouped by what links them; "←" marks a link that points at the node. */
  function neighbours(id) {
    const groups = new Map();
    const ordered = [...store.linesOf(id)].sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group));
    let hidden = 0;
    for (const each of ordered) {
      const out = each.from === id;
      const found = passing(each);
      if (found === null) hidden += 1;
      for (const label of new Set((found || []).map((s) => s.label))) {
        const name = each.group === "species" ? each.name : label;
        const key = (out ? "" : "← ") + name;
        if (!groups.has(key)) groups.set(key, new Map());
        const members = groups.get(key);
        const other = out ? each.to : each.from;
        if (!members.has(other)) members.set(other, []);
        if (!members.get(other).includes(each)) members.get(other).push(each);
      }
    }
    const parts = [...groups].map(([label, members]) =>
      el(
        "details",
        { open: members.size <= 12 },
        el("summary", {}, el("span", { dir: "auto" }, label), el("span", { class: "count" }, members.size.toLocaleString("en"))),
        el("ul", { class: "plain" }, [...members].slice(0, LISTED).map(([other, via]) => neighbour(other, via))),
        members.size > LISTED ? el("p", { class: "facts" }, (members.size - LISTED).toLocaleString("en") + " more") : null,
      ),
    );
    if (hidden) parts.push(el("p", { class: "facts hidden-by" }, plural(hidden, "link") + " hidden by the filters"));
    else if (!parts.length) parts.push(el("p", { class: "facts" }, "No link to another concept."));
    return parts;
  }

  function neighbour(other, via) {
    const chips = via.filter((l) => store.hasEvidence(l) && l.group !== "species").map((l) => evidenceButton(l, passing(l)));
    return el("li", { class: "neighbour" }, nodeButton(other), el("span", { class: "chips" }, chips));
  }

  /* Ways on from a node: its surroundings alone, or a path to another node. */
  function ways(id) {
    const current = state.get();
    const steps = [1, 2, 3].map((hops) => {
      const on = current.around === id && current.hops === hops;
      const press = () => state.set(on ? { around: null } : { around: id, hops, from: null, to: null });
      return el("button", { type: "button", class: "step", "aria-pressed": String(on), "aria-label": plural(hops, "step") + " around", onclick: press }, String(hops));
    });
    const input = el("input", { type: "search", role: "combobox", "aria-label": "Path to another concept", "aria-expanded": "false", "aria-controls": "path-results", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", placeholder: "Path to …", id: "path-to" });
    const list = el("ul", { id: "path-results", class: "results", role: "listbox", "aria-label": "Concepts found", hidden: true });
    KG.search.attach(input, list, "path-result-", (node) => node.id !== id && state.set({ from: id, to: node.id, around: null, select: null }));
    return el("div", { class: "ways" }, el("span", { role: "group", "aria-label": "Show only what is near" }, "Only steps around: ", steps), el("div", { class: "search" }, input, list));
  }

  function node(id) {
    const each = store.nodes.get(id);
    const facts = [
      ["Mentions", each.mentions ? plural(each.mentions, "mention") + (each.papers ? " in " + plural(each.papers, "paper") : "") : ""],
      ...each.facts,
    ].filter(([, value]) => value);
    fill(
      el("p", { class: "kind" }, symbol(each.kind), kindName[each.kind] || each.kind),
      el("h2", { dir: "auto" }, each.name),
      el("p", { class: "id" }, el("code", {}, each.id), each.links.flatMap((page) => [" ", link(page.url, page.name)])),
      each.names.length ? el("p", { class: "facts names" }, "Also: ", each.names.flatMap((name, i) => [i ? "; " : "", el("bdi", {}, name)])) : null,
      facts.length ? el("dl", {}, facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", { dir: "auto" }, value)])) : null,
      each.broader.length ? el("p", { class: "facts" }, "Broader: ", each.broader.flatMap((b, i) => [i ? ", " : "", nodeButton(b.id, b.name + " (" + b.id + ")")])) : null,
      ways(id),
      neighbours(id),
    );
  }

  /* One of the lines between two nodes of the path, as a step that can be read. */
  function step(each) {
    const found = passing(each);
    return el("li", { class: "neighbour" }, el("span", { class: "step-name" }, nodeButton(each.from), el("span", { class: "predicate" }, each.name), nodeButton(each.to)), store.hasEvidence(each) ? evidenceButton(each, found) : null);
  }

  function path(found, from, to) {
    const heading = [el("p", { class: "kind" }, "Path"), el("h2", { class: "pair" }, nodeButton(from), el("span", { class: "predicate" }, "to"), nodeButton(to))];
    if (!found) return fill(...heading, el("p", {}, "There is no way between them on the lines that the filters leave."));
    const lines = [...found.lines].map((id) => store.lines.get(id));
    const levels = Array.from({ length: found.length }, (_, i) => lines.filter((l) => Math.min(found.steps.get(l.from), found.steps.get(l.to)) === i));
    return fill(
      ...heading,
      el("p", { class: "facts" }, plural(found.length, "step") + "; shown are all shortest ways."),
      levels.map((list, i) =>
        el("details", { open: true }, el("summary", {}, "Step " + (i + 1), el("span", { class: "count" }, list.length.toLocaleString("en"))), el("ul", { class: "plain" }, list.slice(0, LISTED).map(step))),
      ),
    );
  }

  // What the panel is made of; while that stays, so does the panel, with its groups and its place.
  let made = null;

  function key(current) {
    const lists = ["studies", "directions", "species", ...(current.from === null ? [] : ["kinds", "context"])];
    const rest = ["select", "around", "hops", "from", "to", "since", "until", "least"];
    return JSON.stringify([...rest.map((name) => current[name]), ...lists.map((name) => [...current[name]].sort())]);
  }

  function draw(current, view) {
    if (store.nodes.has(current.select)) node(current.select);
    else if (store.lines.has(current.select)) line(current.select);
    else if (current.from !== null) path(view.path, current.from, current.to);
    else {
      root.hidden = true;
      root.replaceChildren();
    }
  }

  /* Groups that the reader opened or closed, by their headings. */
  const groups = () => new Map([...root.querySelectorAll("details")].map((each) => [each.querySelector("summary").firstChild.textContent, each.open]));

  KG.panel = {
    nodeButton,
    evidenceButton,
    /* Shows what a state selects, or nothing. */
    show(current, view) {
      const next = { key: key(current), subject: JSON.stringify([current.select, current.from, current.to]) };
      if (made !== null && made.key === next.key) return;
      const same = made !== null && made.subject === next.subject;
      const [place, open] = [root.scrollTop, groups()];
      made = next;
      draw(current, view);
      if (same) for (const each of root.querySelectorAll("details")) each.open = open.get(each.querySelector("summary").firstChild.textContent) ?? each.open;
      root.scrollTop = same ? place : 0;
    },
    focus: () => root.focus({ preventScroll: true }),
  };
})(window.KG);
