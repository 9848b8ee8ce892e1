/* What narrows the picture, as chips that take it back, and what is left out because it is too much. */
(function (KG) {
  "use strict";
  const { store, state, shown } = KG;
  const { el } = KG.elements;
  const { plural } = KG.evidence;
  const root = document.getElementById("notice");
  const name = (id) => store.nodes.get(id).name.slice(0, 60);

  function chip(text, patch) {
    return el("span", { class: "narrowed" }, el("bdi", {}, text), el("button", { type: "button", "aria-label": "Take back: " + text, onclick: () => state.set(patch) }, "×"));
  }

  KG.notice = {
    show(current, view) {
      const parts = [];
      if (current.around !== null) parts.push(chip(plural(current.hops, "step") + " around " + name(current.around), { around: null, hops: 1 }));
      if (current.from !== null) parts.push(chip("Path: " + name(current.from) + " to " + name(current.to), { from: null, to: null }));
      if (view.total > view.nodes.size) {
        parts.push(
          el("span", { class: "narrowed" }, "The " + view.nodes.size.toLocaleString("en") + " most connected of " + view.total.toLocaleString("en") + " are drawn; search for the rest, or filter."),
        );
      }
      if (!view.nodes.size) parts.push(el("span", { class: "narrowed" }, "Nothing is left under these filters."));
      if (state.isNarrowed()) parts.push(el("button", { type: "button", id: "reset-button", class: "narrowed", onclick: state.reset }, "Reset"));
      root.replaceChildren(...parts);
      root.hidden = !parts.length;
    },
  };
})(window.KG);
