/* Search as you type over names, synonyms and ids: a list below the box, arrow keys and Enter, or a click. */
(function (KG) {
  "use strict";
  const { store } = KG;
  const { el, symbol } = KG.elements;
  const LIMIT = 12;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let index = null;

  /* Folded once, when it is first asked for: a large study has a hundred thousand names. */
  function entries() {
    if (index === null) {
      index = store.data.nodes.map((node) => ({ node, id: fold(node.id), names: [node.name, ...node.names].map(fold) }));
    }
    return index;
  }

  /* Lower is better: the name itself, its start, the start of a word, anywhere; null does not match. */
  function quality(name, query) {
    if (name === query) return 0;
    if (name.startsWith(query)) return 2;
    if (name.includes(" " + query) || name.includes("-" + query)) return 4;
    return name.includes(query) ? 6 : null;
  }

  /* {score, other}: `other` is the place of the synonym that matched, 0 for the name shown; null does not match. */
  function match(entry, query) {
    if (entry.id === query) return { score: 0, other: 0 };
    let best = null;
    entry.names.forEach((name, i) => {
      const found = quality(name, query);
      // A synonym comes after a name that matches as well.
      const score = found === null ? null : found + (i > 0 ? 1 : 0);
      if (score !== null && (best === null || score < best.score)) best = { score, other: i };
    });
    if (best === null && entry.id.includes(query)) best = { score: 8, other: 0 };
    return best;
  }

  /* Nodes that match, best first: {node, by} with the synonym by which it was found, or null. */
  function find(text) {
    const query = fold(text.trim());
    if (!query) return [];
    return entries()
      .map((entry) => ({ node: entry.node, match: match(entry, query) }))
      .filter((hit) => hit.match !== null)
      .sort((a, b) => a.match.score - b.match.score || b.node.priority - a.node.priority || (a.node.id < b.node.id ? -1 : 1))
      .map(({ node, match: { other } }) => ({ node, by: other ? node.names[other - 1] : null }));
  }

  /*
   * Makes a search box: `input` and `list` are elements, `choose` is called with the node chosen. Ids of the options
   * begin with `prefix`.
   */
  function attach(input, list, prefix, choose) {
    let found = [];
    let active = -1;

    function close() {
      list.hidden = true;
      found = [];
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function take({ node }) {
      input.value = node.name.slice(0, 200);
      close();
      choose(node);
    }

    function activate(position) {
      const rows = [...list.querySelectorAll("[role=option]")];
      if (!rows.length) return;
      active = (position + rows.length) % rows.length;
      rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
      input.setAttribute("aria-activedescendant", rows[active].id);
      rows[active].scrollIntoView({ block: "nearest" });
    }

    function option(hit, i) {
      const { node, by } = hit;
      const name = el("span", { class: "name", dir: "auto" }, node.name, by ? el("span", { class: "by", dir: "auto" }, by) : null);
      const row = el("li", { role: "option", id: prefix + i, "aria-selected": "false" }, symbol(node.kind), name, el("code", {}, node.id.slice(0, 40)));
      row.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        take(hit);
      });
      return row;
    }

    function update() {
      if (!input.value.trim()) return close();
      found = find(input.value);
      const rows = found.slice(0, LIMIT).map(option);
      const note = (text) => el("li", { class: "more", role: "presentation" }, text);
      const more = found.length > LIMIT ? [note((found.length - LIMIT).toLocaleString("en") + " more: type on")] : [];
      list.replaceChildren(...(rows.length ? rows : [note("Nothing found")]), ...more);
      list.hidden = false;
      active = -1;
      input.setAttribute("aria-expanded", "true");
      return undefined;
    }

    input.addEventListener("input", update);
    input.addEventListener("focus", () => input.value.trim() && update());
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        activate(active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1));
      } else if (event.key === "Enter" && found.length) take(found[Math.max(active, 0)]);
      else if (event.key === "Escape" && !list.hidden) close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  KG.search = { find, attach };
})(window.KG);
