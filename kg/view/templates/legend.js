/* The legend, which is the filter too: each entry is a check box with its count. */
(function (KG) {
  "use strict";
  const { store, state } = KG;
  const { el, symbol, sample } = KG.elements;
  const { legend } = store.data;
  const root = document.getElementById("legend");
  const boxes = [];

  /* A check box of a list, with a button that leaves it alone switched on. */
  function row(list, entry, icon) {
    const box = el("input", { type: "checkbox", "data-group": list, "data-key": entry.key });
    box.addEventListener("change", () => state.toggle(list, entry.key, box.checked));
    boxes.push({ box, list, key: entry.key });
    const only = el("button", { type: "button", class: "only", "aria-label": "Only " + entry.name, onclick: () => state.set({ [list]: new Set([entry.key]) }) }, "only");
    const label = el("label", {}, box, icon, el("span", { class: "name", dir: "auto" }, entry.name), el("span", { class: "count" }, entry.count.toLocaleString("en")));
    return el("div", { class: "row" }, label, only);
  }

  function section(title, open, rows) {
    return rows.length ? el("details", { class: "part", open }, el("summary", {}, title), el("div", { role: "group", "aria-label": title }, rows)) : null;
  }

  const numbers = [];

  /* A number that is a bound; empty is none. */
  function bound(name, label, least, most, fallback) {
    const input = el("input", { type: "number", min: least, max: most, step: 1, "aria-label": label, placeholder: String(fallback), "data-bound": name });
    const shortest = name === "least" ? 1 : 1000;
    input.addEventListener("input", () => {
      const empty = input.value === "" && !input.validity.badInput;
      const value = input.valueAsNumber;
      // A year counts once it is written in full.
      const whole = Number.isInteger(value) && value >= shortest && value <= 9999;
      input.setAttribute("aria-invalid", String(!empty && !whole));
      if (empty || whole) state.set({ [name]: whole ? value : name === "least" ? 1 : null });
    });
    // What was not written in full is taken back.
    input.addEventListener("blur", () => KG.legend.show(state.get()));
    numbers.push({ input, name });
    return input;
  }

  function bounds() {
    const [first, last] = legend.years;
    const years = legend.years.length ? el("p", { class: "bounds" }, "Years ", bound("since", "First year", first, last, first), " to ", bound("until", "Last year", first, last, last)) : null;
    const least = legend.papers > 1 ? el("p", { class: "bounds" }, "At least ", bound("least", "Papers behind a line, at least", 1, legend.papers, 1), " papers behind a line") : null;
    return [years, least].filter((part) => part !== null);
  }

  const used = (entries) => entries.filter((entry) => entry.count > 0);
  const species = used(legend.species);
  const parts = [
    section("Concepts", true, legend.kinds.map((kind) => row("kinds", kind, symbol(kind.key)))),
    section("Result", true, used(legend.directions).map((entry) => row("directions", entry, sample([], entry.arrow, "direction-" + entry.key)))),
    section("Kind of study", true, legend.studies.map((entry) => row("studies", entry, sample(store.tiers.get(entry.tier).dashes, "", "plain")))),
    section("Other links", true, used(legend.context).map((entry) => row("context", entry, sample([], "", "context")))),
    section("Species of the study", species.length <= 4, species.length > 1 ? species.map((entry) => row("species", entry, null)) : []),
    section("Years and papers", true, bounds()),
    el("p", { class: "hint" }, "A thicker line has more papers behind it; a solid one is clinical. Click a symbol or a line for its evidence."),
  ];
  root.append(...parts.filter((part) => part !== null));

  KG.legend = {
    show(current) {
      for (const { box, list, key } of boxes) box.checked = current[list].has(key);
      for (const { input, name } of numbers) {
        const value = current[name] === null || (name === "least" && current.least === 1) ? "" : String(current[name]);
        if (input.value !== value || input.validity.badInput) input.value = value;
        input.setAttribute("aria-invalid", "false");
      }
    },
  };
})(window.KG);
