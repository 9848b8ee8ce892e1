/* Puts the parts together: a change of the state redraws what depends on it; keys; first sight. */
(function (KG) {
  "use strict";
  const { store, state, shown, theme, scene, panel, search } = KG;
  const byId = (id) => document.getElementById(id);
  const status = byId("status");
  const narrow = window.matchMedia("(max-width: 720px)");
  const VIEWS = ["network", "matrix", "table"];
  let before = null;
  // The state in which the picture was last seen, and where the reader was when the panel opened.
  let pictured = null;
  let opener = null;

  /* The part of the page that the view fills. */
  const stage = () => byId(state.get().view);

  /* Draws a state. */
  function render(current) {
    KG.focus.keep(() => draw(current), stage);
  }

  function draw(current) {
    const view = shown.of(current);
    for (const name of VIEWS) {
      // The picture keeps its room behind the others: without it, it would lose its place.
      if (name === "network") byId(name).inert = current.view !== name;
      else byId(name).hidden = name !== current.view;
      byId(name + "-button").setAttribute("aria-pressed", String(name === current.view));
    }
    for (const button of document.querySelectorAll("#fit-button, [data-save=png], [data-save=svg]")) button.disabled = current.view !== "network";
    KG.legend.show(current);
    KG.notice.show(current, view);
    panel.show(current, view);
    scene.show(view, current.select);
    if (current.view === "matrix") KG.matrix.show(view);
    if (current.view === "table") KG.table.show(view);
    if (current.view === "network") aim(current);
    legendButton();
    tell(current, view);
    before = current;
  }

  /* Moves the camera to what has changed. */
  function aim(current) {
    const changed = (names) => pictured !== null && names.some((name) => pictured[name] !== current[name]);
    if (changed(["around", "hops", "from", "to"])) scene.camera.fit(true);
    else if (current.select !== null && changed(["select"])) scene.showMarked();
    else if (current.select === null) scene.camera.refit();
    pictured = current;
  }

  function tell(current, view) {
    const selected = store.nodes.get(current.select);
    if (before !== null && before.select !== current.select) {
      status.textContent = selected ? selected.name + " selected" : current.select !== null ? "Evidence shown" : "";
    } else if (before !== null && before !== current) {
      status.textContent = view.nodes.size.toLocaleString("en") + " nodes and " + view.lines.size.toLocaleString("en") + " lines shown";
    }
  }

  /*
   * Selects a node or a line, null for nothing; what a neighbourhood or a path leaves out ends it. `replace`: without a
   * step in the history.
   */
  function select(id, options) {
    const known = store.nodes.has(id) || store.lines.has(id) ? id : null;
    const patch = { select: known };
    const current = state.get();
    const line = store.lines.get(known);
    const inside = shown.now().nodes;
    const outside = known !== null && !(line ? [line.from, line.to] : [known]).every((end) => inside.has(end));
    if (outside && (current.around !== null || current.from !== null)) Object.assign(patch, { around: null, hops: 1, from: null, to: null });
    if (byId("panel").hidden) opener = KG.focus.place();
    state.set(patch, options);
    if (known !== null && options && options.focus && state.get().view === "network") scene.focus(known);
  }

  /* Closes the panel: the selection first, then the path. */
  function close() {
    if (state.get().select !== null) select(null);
    else state.set({ from: null, to: null });
    if (byId("panel").hidden) KG.focus.back(opener, stage());
  }

  function legendShown(on) {
    byId("legend").hidden = !on;
    // Beside a panel and a table there may be no room for it, unless it is asked for.
    byId("legend").classList.toggle("asked", on);
    legendButton();
  }

  const legendButton = () => byId("legend-button").setAttribute("aria-expanded", String(byId("legend").checkVisibility()));

  function themeButton() {
    byId("theme-button").textContent = theme.dark() ? "Light" : "Dark";
  }

  /* The next node in the order of importance, for those who read by keys. */
  function stepTo(by) {
    const ids = scene.order.map((node) => node.id).filter((id) => shown.now().nodes.has(id));
    if (!ids.length) return;
    const at = ids.indexOf(state.get().select);
    const next = at < 0 ? (by > 0 ? 0 : ids.length - 1) : (at + by + ids.length) % ids.length;
    select(ids[next], { replace: true });
  }

  /*
   * For scripts and tests: `select(id, {focus})` picks a node or line (null: nothing), `search(text)` returns the ids
   * found, `visible()` what is shown, `position(id)` where a node stands in px of the window, `labels()` the nodes whose
   * label is drawn and `labelPosition(id)` where, `network` is vis-network's, `frames()` counts the pictures drawn,
   * `ready` tells that the first one is complete.
   */
  KG.view = {
    ready: false,
    network: scene.network,
    frames: scene.frames,
    state: state.get,
    set: state.set,
    select,
    close,
    selected: () => state.get().select,
    fit: () => scene.camera.fit(false),
    search: (text) => search.find(text).map((hit) => hit.node.id),
    sparql: KG.sparql.now,
    csv: () => KG.csv(shown.now()),
    svg: () => KG.svg.source(shown.now()),
    labels: () => KG.labels.drawn().map((box) => box.owner),
    labelPosition(id) {
      const frame = byId("network").getBoundingClientRect();
      const box = KG.labels.drawn().find((each) => each.owner === id);
      return box ? { x: frame.left + box.x, y: frame.top + box.y } : null;
    },
    scale: () => scene.network.getScale(),
    visible: () => ({ nodes: [...shown.now().nodes], lines: [...shown.now().lines.keys()] }),
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
  state.onChange(render);
  scene.onPick((id) => select(id));
  search.attach(byId("search"), byId("results"), "result-", (node) => select(node.id, { focus: true }));
  byId("theme-button").addEventListener("click", theme.toggle);
  byId("fit-button").addEventListener("click", () => scene.camera.fit(true));
  for (const name of VIEWS) byId(name + "-button").addEventListener("click", () => state.set({ view: name }));
  byId("legend-button").addEventListener("click", () => {
    legendShown(!byId("legend").checkVisibility());
    scene.camera.refit();
  });
  byId("help-button").addEventListener("click", () => byId("help").showModal());
  byId("help-close").addEventListener("click", () => byId("help").close());
  byId("network").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "n") stepTo(1);
    else if (key === "p") stepTo(-1);
    else if (event.key === "Enter" && state.get().select !== null) panel.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
    const typing = /^(input|textarea|select)$/i.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "Escape" && !byId("panel").hidden) close();
    else if (!typing && event.key === "/") byId("search").focus();
    else if (!typing && event.key === "?") byId("help").showModal();
    else return;
    event.preventDefault();
  });

  byId("legend").hidden = narrow.matches;
  state.fromAddress();
  scene.camera.fit(false);
  if (state.get().select !== null) scene.showMarked();
  scene.network.once("afterDrawing", () => {
    KG.view.ready = true;
  });
  scene.network.redraw();
})(window.KG);
