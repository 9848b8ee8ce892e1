/* The legend, which is the filter too: each entry is a check box with its count. */
(function (KG) {
  "use strict";
  const { store } = KG;
  const { el, symbol, sample } = KG.elements;
  const root = document.getElementById("legend");

  function tally(test) {
    return store.data.edges.reduce((sum, line) => sum + (line.group === "assertion" ? line.statements.filter(test).length : 0), 0);
  }

  function row(group, entry, icon, count) {
    const box = el("input", { type: "checkbox", "data-group": group, "data-key": entry.key });
    box.checked = store.shown[group].has(entry.key);
    box.addEventListener("change", () => store.toggle(group, entry.key, box.checked));
    return el("label", { class: "row" }, box, icon, el("span", { class: "name" }, entry.name), el("span", { class: "count" }, String(count)));
  }

  function section(title, rows) {
    return rows.length ? el("fieldset", {}, el("legend", {}, title), rows) : null;
  }

  function contextCount(key) {
    return store.data.edges.filter((line) => line.group === key).length;
  }

  const { kinds, tiers, directions, context } = store.data.legend;
  const used = (entries, count) => entries.map((entry) => [entry, count(entry.key)]).filter(([, n]) => n > 0);
  const parts = [
    section("Concepts", kinds.map((kind) => row("kinds", kind, symbol(kind.key), kind.count))),
    section(
      "Evidence",
      used(tiers, (key) => tally((s) => s.tier === key)).map(([tier, n]) => row("tiers", tier, sample(tier.dashes, "", "plain"), n)),
    ),
    section(
      "Result",
      used(directions, (key) => tally((s) => s.direction === key)).map(([direction, n]) =>
        row("directions", direction, sample([], direction.arrow, "direction-" + direction.key), n),
      ),
    ),
    section(
      "Other links",
      used(context, contextCount).map(([entry, n]) => row("context", entry, sample([], "", "context"), n)),
    ),
    el("p", { class: "hint" }, "A thicker line has more papers behind it. Click a symbol or a line for its evidence."),
  ];
  root.append(...parts.filter((part) => part !== null));
})(window.KG);
