/* The picture: vis-network with what is shown, the selection marked, labels over it. */
(function (KG) {
  "use strict";
  const { store, theme, labels, looks, shown } = KG;
  const container = document.getElementById("network");
  const largest = store.data.nodes.reduce((most, node) => Math.max(most, node.size), 1);
  const order = [...store.data.nodes].sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
  // Context first, so that assertions are drawn over it.
  const layers = [...store.data.edges].sort((a, b) => (a.group === "assertion") - (b.group === "assertion"));
  // With more lines than this, dragging and zooming show the symbols only, and lines are drawn in any order.
  const HEAVY = 1500;
  const marked = { selected: null, near: null, hovered: null };
  const places = arrange();
  const drawn = { nodes: new Map(), lines: new Map() };
  let view = { nodes: new Set(), lines: new Map() };
  let changing = false;
  let hiding = false;
  let bound = false;
  let frames = 0;

  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(container, {}, store.data.options);
  // The container takes the keys: a second stop within it would have no name.
  container.querySelector(".vis-network").tabIndex = -1;
  const camera = KG.camera(network, container, () => [...view.nodes]);

  /*
   * Places for this window: the layout is landscape, so its axes change places in an upright window, and one axis is
   * stretched towards the window's format.
   */
  function arrange() {
    const upright = container.clientHeight > container.clientWidth;
    const core = [...shown.now().nodes].map((id) => store.nodes.get(id));
    const span = (axis) => {
      const values = core.map((node) => node[axis]);
      return values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity);
    };
    const [wide, high] = upright ? ["y", "x"] : ["x", "y"];
    const free = upright ? container.clientWidth - 90 : container.clientWidth - 400;
    const format = Math.max(free, 100) / Math.max(container.clientHeight - 90, 100);
    const ratio = core.length > 1 ? (format * Math.max(span(high), 1)) / Math.max(span(wide), 1) : 1;
    const stretch = { x: Math.min(Math.max(ratio, 1), 1.5), y: Math.min(Math.max(1 / ratio, 1), 1.5) };
    return new Map(store.data.nodes.map((node) => [node.id, { x: node[wide] * stretch.x, y: node[high] * stretch.y }]));
  }

  /*
   * Makes a data set hold `wanted` (id to options); what has not changed is not touched. `ordered`: drawn in the order of
   * `wanted`.
   */
  function reconcile(set, before, wanted, ordered) {
    // Whatever is added is drawn over the rest, so a new one needs all of them anew.
    if (ordered && before.size && [...wanted.keys()].some((id) => !before.has(id))) {
      set.clear();
      before.clear();
    }
    const gone = [...before.keys()].filter((id) => !wanted.has(id));
    if (gone.length) set.remove(gone);
    for (const id of gone) before.delete(id);
    const changed = [];
    for (const [id, options] of wanted) {
      const key = JSON.stringify(options);
      if (before.get(id) === key) continue;
      before.set(id, key);
      changed.push(options);
    }
    if (changed.length) set.update(changed);
  }

  function refresh() {
    const wantedNodes = new Map();
    for (const node of store.data.nodes) {
      if (!view.nodes.has(node.id)) continue;
      const { x, y } = places.get(node.id);
      wantedNodes.set(node.id, { id: node.id, x, y, shape: node.shape, size: node.size, ...looks.node(node) });
    }
    const wantedLines = new Map();
    for (const line of layers) {
      const statements = view.lines.get(line.id);
      if (statements === undefined) continue;
      wantedLines.set(line.id, { id: line.id, from: line.from, to: line.to, ...looks.line(line, statements) });
    }
    // vis-network draws in between: the labels wait until all is there.
    changing = true;
    reconcile(nodes, drawn.nodes, wantedNodes, false);
    const heavy = wantedLines.size > HEAVY;
    reconcile(edges, drawn.lines, wantedLines, !heavy);
    // The first time at once: vis-network does much for each set that changes under it.
    if (!bound) network.setData({ nodes, edges });
    bound = true;
    for (const id of view.nodes) looks.markNode(network.body.nodes[id], marked);
    for (const id of view.lines.keys()) looks.markLine(network.body.edges[id], store.lines.get(id), marked);
    changing = false;
    if (heavy !== hiding) network.setOptions({ interaction: { hideEdgesOnDrag: heavy, hideEdgesOnZoom: heavy } });
    hiding = heavy;
    network.redraw();
  }

  /* Draws what is shown, and marks a node with its neighbours or a line with its ends. */
  function show(next, selected) {
    view = next;
    marked.selected = null;
    marked.near = null;
    const line = store.lines.get(selected);
    if (line || view.nodes.has(selected)) {
      marked.selected = selected;
      marked.near = new Set(line ? [line.from, line.to] : [selected]);
      for (const each of line ? [] : store.linesOf(selected)) {
        if (view.lines.has(each.id)) marked.near.add(each.from).add(each.to);
      }
    }
    refresh();
  }

  /* Labels to draw, most important first; what the reader looks at comes before what is important. */
  function labelItems() {
    const scale = network.getScale();
    const growth = Math.min(Math.max(scale ** 0.35, 0.9), 1.5);
    const picked = store.lines.get(marked.selected);
    const ends = new Set(picked ? [picked.from, picked.to] : []);
    const first = [];
    const rest = [];
    for (const node of order) {
      if (!view.nodes.has(node.id)) continue;
      const at = network.canvasToDOM(network.getPosition(node.id));
      if (at.x < -150 || at.y < -80 || at.x > container.clientWidth + 150 || at.y > container.clientHeight + 80) continue;
      const lead = node.id === marked.selected || node.id === marked.hovered || ends.has(node.id);
      const near = marked.near !== null && marked.near.has(node.id);
      const dim = marked.near !== null && !near && !lead;
      (lead ? first : rest).push({
        id: node.id,
        lines: node.label.split("\n"),
        x: at.x,
        y: at.y,
        radius: node.size * scale,
        size: Math.round((10.5 + 4 * (node.size / largest)) * growth * 2) / 2,
        weight: lead || node.size > largest * 0.6 ? 600 : 400,
        force: lead,
        quiet: dim || (node.kind === "Paper" && !lead && !near && scale < 1.6),
      });
    }
    // What is dimmed comes last.
    if (marked.near) rest.sort((a, b) => a.quiet - b.quiet);
    return [...first, ...rest];
  }

  network.on("afterDrawing", (ctx) => {
    if (changing) return;
    ctx.save();
    const ratio = ctx.canvas.width / container.clientWidth;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    labels.draw(ctx, labelItems(), { ink: theme.color("ink"), halo: theme.color("canvas"), font: theme.font() }, camera.stage());
    ctx.restore();
    frames += 1;
  });

  function hover(id) {
    marked.hovered = id;
    container.classList.toggle("pointing", id !== null);
    network.redraw();
  }
  network.on("hoverNode", (event) => hover(event.node));
  network.on("blurNode", () => hover(null));
  network.on("hoverEdge", () => container.classList.add("pointing"));
  network.on("blurEdge", () => container.classList.remove("pointing"));

  KG.scene = {
    network,
    camera,
    show,
    refresh,
    order,
    marked,
    frames: () => frames,
    /* Centres a node, or the middle of a line. */
    focus(id) {
      const line = store.lines.get(id);
      if (line) camera.centre([line.from, line.to], 0);
      else camera.centre([id], 1);
    },
    /* Brings what is marked into view. */
    showMarked: () => marked.near !== null && camera.bring([...marked.near].filter((id) => view.nodes.has(id))),
    /* Calls back with the id of the node or line under a click, or null. */
    onPick(listener) {
      network.on("click", (event) => {
        const at = event.pointer.DOM;
        const picked = event.nodes[0] || labels.at(at.x, at.y) || event.edges[0] || null;
        // The selection is the state's, not vis-network's.
        network.unselectAll();
        listener(picked);
      });
    },
  };
})(window.KG);
