/* Search as you type over names and ids: a list below the box, arrow keys and Enter, or a click. */
(function (KG) {
  "use strict";
  const { store } = KG;
  const { el, symbol } = KG.elements;
  const LIMIT = 12;
  const input = document.getElementById("search");
  const list = document.getElementById("results");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const index = store.data.nodes.map((node) => ({ node, name: fold(node.name), id: fold(node.id) }));
  let found = [];
  let active = -1;

  /* Lower is better: id or name itself, start of the name, start of a word, anywhere; null does not match. */
  function score(entry, query) {
    if (entry.id === query || entry.name === query) return 0;
    if (entry.name.startsWith(query)) return 1;
    if (entry.name.includes(" " + query) || entry.name.includes("-" + query)) return 2;
    if (entry.name.includes(query)) return 3;
    return entry.id.includes(query) ? 4 : null;
  }

  function find(text) {
    const query = fold(text.trim());
    if (!query) return [];
    return index
      .map((entry) => ({ node: entry.node, score: score(entry, query) }))
      .filter((hit) => hit.score !== null)
      .sort((a, b) => a.score - b.score || b.node.priority - a.node.priority || (a.node.id < b.node.id ? -1 : 1))
      .map((hit) => hit.node);
  }

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(node) {
    input.value = node.name.slice(0, 200);
    close();
    KG.view.select(node.id, { focus: true });
  }

  function activate(position) {
    const rows = [...list.querySelectorAll("[role=option]")];
    if (!rows.length) return;
    active = (position + rows.length) % rows.length;
    rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
    input.setAttribute("aria-activedescendant", rows[active].id);
    rows[active].scrollIntoView({ block: "nearest" });
  }

  function update() {
    found = find(input.value);
    if (!input.value.trim()) return close();
    const rows = found.slice(0, LIMIT).map((node, i) => {
      const row = el("li", { role: "option", id: "result-" + i, "aria-selected": "false" }, symbol(node.kind), el("span", { class: "name", dir: "auto" }, node.name), el("code", {}, node.id.slice(0, 40)));
      row.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        choose(node);
      });
      return row;
    });
    const more = found.length > LIMIT ? [el("li", { class: "more", role: "presentation" }, found.length - LIMIT + " more: type on")] : [];
    list.replaceChildren(...(rows.length ? rows : [el("li", { class: "more", role: "presentation" }, "Nothing found")]), ...more);
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
    } else if (event.key === "Enter" && found.length) choose(found[Math.max(active, 0)]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  KG.search = { find, focus: () => input.focus() };
})(window.KG);
