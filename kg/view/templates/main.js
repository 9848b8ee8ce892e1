/* Puts the parts together: selection (with the browser's back and forward), keys, first sight. */
(function (KG) {
  "use strict";
  const { store, theme, scene, panel, search } = KG;
  const byId = (id) => document.getElementById(id);
  const status = byId("status");
  const narrow = window.matchMedia("(max-width: 720px)");
  let selected = null;

  /* Shows a selection without touching the history. */
  function apply(id, options) {
    selected = id;
    if (id !== null && store.nodes.has(id)) {
      reveal(store.nodes.get(id));
      panel.node(id);
      status.textContent = store.nodes.get(id).name + " selected";
    } else if (id !== null && store.lines.has(id)) {
      panel.line(id);
      status.textContent = "Evidence shown";
    } else {
      selected = null;
      panel.hide();
      status.textContent = "";
    }
    scene.mark(selected);
    if (selected !== null && options.focus) scene.focus(selected);
    else if (selected !== null) scene.showMarked();
    else scene.refit();
  }

  /* A node that the legend hides is shown when it is asked for. */
  function reveal(node) {
    if (store.nodeVisible(node)) return;
    const box = document.querySelector('#legend input[data-group="kinds"][data-key="' + CSS.escape(node.kind) + '"]');
    box.checked = true;
    store.toggle("kinds", node.kind, true);
  }

  /* An id for the address; a lone surrogate, which no address can hold, becomes the replacement character. */
  const address = (id) => encodeURIComponent(id.replace(/\p{Surrogate}/gu, "\ufffd"));

  function select(id, options) {
    const known = id !== null && (store.nodes.has(id) || store.lines.has(id));
    const next = known ? id : null;
    if (next !== selected) history.pushState(null, "", next === null ? "#" : "#" + address(next));
    apply(next, options || {});
  }

  function fromAddress() {
    let id = null;
    try {
      id = decodeURIComponent(location.hash.slice(1)) || null;
    } catch {
      id = null;
    }
    apply(id, {});
  }

  function legendShown(shown) {
    byId("legend").hidden = !shown;
    byId("legend-button").setAttribute("aria-expanded", String(shown));
  }

  function themeButton() {
    byId("theme-button").textContent = theme.dark() ? "Light" : "Dark";
  }

  /*
   * For scripts and tests: `select(id, {focus})` picks a node or line (null: nothing), `search(text)` returns the ids
   * found, `visible()` what is drawn, `position(id)` where a node stands in px of the window, `labels()` the nodes whose
   * label is drawn and `labelPosition(id)` where, `ready` that the first picture is complete.
   */
  KG.view = {
    ready: false,
    select,
    selected: () => selected,
    fit: () => scene.fit(false),
    focus: scene.focus,
    search: (text) => search.find(text).map((node) => node.id),
    labels: () => KG.labels.drawn().map((box) => box.owner),
    labelPosition(id) {
      const frame = byId("network").getBoundingClientRect();
      const box = KG.labels.drawn().find((each) => each.owner === id);
      return box ? { x: frame.left + box.x, y: frame.top + box.y } : null;
    },
    scale: () => scene.network.getScale(),
    visible: () => ({
      nodes: store.data.nodes.filter(store.nodeVisible).map((node) => node.id),
      lines: store.data.edges.filter(store.lineVisible).map((line) => line.id),
    }),
    position(id) {
      const frame = byId("network").getBoundingClientRect();
      const at = scene.network.canvasToDOM(scene.network.getPosition(id));
      return { x: frame.left + at.x, y: frame.top + at.y };
    },
  };
  window.kgView = KG.view;

  themeButton();
  theme.onChange(() => {
    themeButton();
    scene.refresh();
  });
  store.onFilter(() => {
    scene.mark(selected);
    if (selected === null) scene.refit();
    const { nodes, lines } = KG.view.visible();
    status.textContent = nodes.length + " nodes and " + lines.length + " lines shown";
  });
  scene.onPick((id) => select(id));
  byId("theme-button").addEventListener("click", theme.toggle);
  byId("fit-button").addEventListener("click", () => scene.fit(true));
  byId("overview-button").addEventListener("click", () => {
    select(null);
    panel.overview();
    scene.refit();
    panel.focus();
  });
  byId("legend-button").addEventListener("click", () => {
    legendShown(byId("legend").hidden);
    scene.refit();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") select(null);
    else if (event.key === "/" && !/^(input|textarea|select)$/i.test(event.target.tagName)) {
      event.preventDefault();
      search.focus();
    }
  });
  window.addEventListener("popstate", fromAddress);

  legendShown(!narrow.matches);
  scene.refresh();
  scene.fit(false);
  fromAddress();
  scene.network.once("afterDrawing", () => {
    KG.view.ready = true;
  });
  scene.network.redraw();
})(window.KG);
