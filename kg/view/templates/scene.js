/* The picture: vis-network, the look of nodes and lines under the filters, the selection and the theme, and the camera. */
(function (KG) {
  "use strict";
  const { store, theme, labels } = KG;
  const container = document.getElementById("network");
  const dashes = Object.fromEntries(store.data.legend.tiers.map((tier) => [tier.key, tier.dashes]));
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const order = [...store.data.nodes].sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
  const largest = Math.max(1, ...store.data.nodes.map((node) => node.size));
  const state = { selected: null, near: null, hovered: null, fitted: true };
  const places = arrange();
  let flight = 0;

  const nodes = new vis.DataSet(
    store.data.nodes.map((node) => ({ id: node.id, ...places.get(node.id), shape: node.shape, size: node.size })),
  );
  // Context first, so that assertions are drawn over it.
  const sorted = [...store.data.edges].sort((a, b) => (a.group === "assertion") - (b.group === "assertion"));
  const edges = new vis.DataSet(sorted.map((line) => ({ id: line.id, from: line.from, to: line.to })));
  const network = new vis.Network(container, { nodes, edges }, store.data.options);

  /*
   * Places for this window: the layout is landscape, so its axes change places in an upright window, and one axis is
   * stretched towards the window's format.
   */
  function arrange() {
    const upright = container.clientHeight > container.clientWidth;
    const core = store.data.nodes.filter(store.nodeVisible);
    const span = (axis) => Math.max(...core.map((node) => node[axis])) - Math.min(...core.map((node) => node[axis]));
    const [wide, high] = upright ? ["y", "x"] : ["x", "y"];
    const free = upright ? container.clientWidth - 90 : container.clientWidth - 400;
    const format = Math.max(free, 100) / Math.max(container.clientHeight - 90, 100);
    const ratio = core.length > 1 ? (format * Math.max(span(high), 1)) / Math.max(span(wide), 1) : 1;
    const stretch = { x: Math.min(Math.max(ratio, 1), 1.5), y: Math.min(Math.max(1 / ratio, 1), 1.5) };
    return new Map(store.data.nodes.map((node) => [node.id, { x: node[wide] * stretch.x, y: node[high] * stretch.y }]));
  }

  const dimNode = (id) => state.near !== null && !state.near.has(id);
  const dimLine = (line) => state.selected !== null && line.id !== state.selected && line.from !== state.selected && line.to !== state.selected;

  function nodeLook(node) {
    const fill = theme.color("kind-" + node.kind.toLowerCase()) || theme.color("muted");
    const border = node.id === state.selected ? theme.color("ink") : theme.color("canvas");
    const look = { background: fill, border };
    return {
      id: node.id,
      hidden: !store.nodeVisible(node),
      opacity: dimNode(node.id) ? 0.16 : 1,
      borderWidth: node.id === state.selected ? 3 : 1.5,
      color: { ...look, highlight: look, hover: { background: fill, border: theme.color("ink") } },
    };
  }

  function lineLook(line) {
    const passing = store.statements(line);
    const visible = store.lineVisible(line);
    const assertion = line.group === "assertion";
    const color = assertion ? theme.color("direction-" + line.direction) : theme.color("line");
    const strength = Math.sqrt(Math.max(1, store.papers(passing)));
    const opacity = dimLine(line) ? 0.07 : assertion ? 0.88 : 0.75;
    return {
      id: line.id,
      hidden: !visible,
      width: assertion ? Math.min(0.9 + 0.8 * strength, 6) : line.group === "paper" || line.group === "citation" ? 0.5 : 0.9,
      dashes: assertion && passing.length && dashes[passing[0].tier].length ? dashes[passing[0].tier] : false,
      color: { color, highlight: color, hover: color, opacity, inherit: false },
      arrows: { to: { enabled: assertion, type: line.arrows || "arrow", scaleFactor: 0.55 } },
      smooth: line.bend
        ? { enabled: true, type: line.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(line.bend) }
        : { enabled: false, type: "continuous", roundness: 0 },
    };
  }

  function refresh() {
    nodes.update(store.data.nodes.map(nodeLook));
    edges.update(store.data.edges.map(lineLook));
  }

  network.on("afterDrawing", (ctx) => {
    const scale = network.getScale();
    const growth = Math.min(Math.max(scale ** 0.35, 0.9), 1.5);
    const items = [];
    const picked = store.lines.get(state.selected);
    const ends = new Set(picked ? [picked.from, picked.to] : []);
    for (const node of order) {
      if (!store.nodeVisible(node)) continue;
      const place = network.getPosition(node.id);
      const at = network.canvasToDOM(place);
      if (at.x < -150 || at.y < -80 || at.x > container.clientWidth + 150 || at.y > container.clientHeight + 80) continue;
      const lead = node.id === state.selected || node.id === state.hovered || ends.has(node.id);
      const dim = dimNode(node.id) && !lead;
      const item = {
        id: node.id,
        lines: node.label.split("\n"),
        x: at.x,
        y: at.y,
        radius: node.size * scale,
        size: Math.round((10.5 + 4 * (node.size / largest)) * growth * 2) / 2,
        weight: lead || node.size > largest * 0.6 ? 600 : 400,
        alpha: 1,
        force: lead,
        quiet: dim || (node.kind === "Paper" && !lead && !(state.near && state.near.has(node.id)) && scale < 1.6),
      };
      // What the reader looks at comes before what is important; what is dimmed comes last.
      if (lead) items.unshift(item);
      else items.push(item);
    }
    if (state.near) items.sort((a, b) => b.force - a.force || a.quiet - b.quiet);
    ctx.save();
    const ratio = ctx.canvas.width / container.clientWidth;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    labels.draw(ctx, items, { ink: theme.color("ink"), halo: theme.color("canvas"), font: theme.font() }, stage());
    ctx.restore();
  });

  /* Free part of the canvas, in px: what the legend and the panel leave. */
  function stage() {
    const frame = container.getBoundingClientRect();
    const area = { left: 0, top: 0, right: frame.width, bottom: frame.height };
    for (const name of ["legend", "panel"]) {
      const box = document.getElementById(name).getBoundingClientRect();
      if (!box.width || box.width > frame.width * 0.6) {
        if (name === "panel" && box.width) area.bottom = Math.max(box.top - frame.top, 80);
      } else if (name === "legend") area.left = box.right - frame.left;
      else area.right = box.left - frame.left;
    }
    return area;
  }

  function move(x, y, scale, animate) {
    const area = stage();
    const dx = (area.left + area.right) / 2 - container.clientWidth / 2;
    const dy = (area.top + area.bottom) / 2 - container.clientHeight / 2;
    fly({ x: x - dx / scale, y: y - dy / scale, scale }, animate && !calm.matches ? 350 : 0);
  }

  /*
   * Moves the camera in so many ms. vis-network's own animation stands still when nodes or lines change meanwhile,
   * which is what a selection does.
   */
  function fly(goal, duration) {
    cancelAnimationFrame(flight);
    const from = { ...network.getViewPosition(), scale: network.getScale() };
    const started = performance.now();
    const step = () => {
      const time = duration > 0 ? Math.min((performance.now() - started) / duration, 1) : 1;
      const share = time * time * (3 - 2 * time);
      const at = (name) => from[name] + (goal[name] - from[name]) * share;
      network.moveTo({ position: { x: at("x"), y: at("y") }, scale: at("scale"), animation: false });
      if (time < 1) flight = requestAnimationFrame(step);
    };
    step();
  }

  const visibleNodes = () => store.data.nodes.filter(store.nodeVisible).map((node) => node.id);

  /* Shows some nodes with their labels, as large as fits, up to a scale. */
  function frame(ids, most, animate) {
    if (!ids.length) return;
    const points = ids.map((id) => network.getPosition(id));
    const left = Math.min(...points.map((p) => p.x));
    const right = Math.max(...points.map((p) => p.x));
    const top = Math.min(...points.map((p) => p.y));
    const bottom = Math.max(...points.map((p) => p.y));
    const area = stage();
    const margin = container.clientWidth < 720 ? 80 : 140;
    const wide = Math.max(area.right - area.left - margin, 60);
    const high = Math.max(area.bottom - area.top - 90, 60);
    const scale = Math.min(wide / Math.max(right - left, 1), high / Math.max(bottom - top, 1), most);
    move((left + right) / 2, (top + bottom) / 2, Math.max(scale, 0.02), animate);
  }

  /* Shows everything that the filters leave. */
  function fit(animate) {
    frame(visibleNodes(), 1.6, animate);
    state.fitted = true;
  }

  /* Fits again when the free part of the canvas has changed and the reader has not moved the picture since. */
  function refit() {
    if (state.fitted) fit(true);
  }

  /* Centres a node, or the middle of a line. */
  function focus(id) {
    const line = store.lines.get(id);
    const ends = (line ? [line.from, line.to] : [id]).map((end) => network.getPosition(end));
    const x = ends.reduce((sum, p) => sum + p.x, 0) / ends.length;
    const y = ends.reduce((sum, p) => sum + p.y, 0) / ends.length;
    move(x, y, line ? network.getScale() : Math.max(network.getScale(), 1), true);
    state.fitted = false;
  }

  /* Brings what is marked, with its neighbours, into the free part of the canvas, if some of it is not there. */
  function showMarked() {
    const ids = [...state.near].filter((id) => store.nodeVisible(store.nodes.get(id)));
    const area = stage();
    const inside = (id) => {
      const { x, y } = network.canvasToDOM(network.getPosition(id));
      return x > area.left && x < area.right && y > area.top && y < area.bottom;
    };
    if (!ids.every(inside)) frame(ids, Math.max(network.getScale(), 0.7), true);
  }

  /* Marks a node with its neighbours, or a line with its ends; null marks nothing. */
  function mark(id) {
    state.selected = id;
    state.near = null;
    if (id !== null) {
      const line = store.lines.get(id);
      const around = line ? [line] : store.linesOf(id).filter(store.lineVisible);
      state.near = new Set(line ? [] : [id]);
      for (const each of around) state.near.add(each.from).add(each.to);
    }
    refresh();
  }

  function hover(id) {
    state.hovered = id;
    container.classList.toggle("pointing", id !== null);
    network.redraw();
  }

  const moved = () => {
    cancelAnimationFrame(flight);
    state.fitted = false;
  };
  network.on("dragStart", moved);
  network.on("zoom", moved);
  // vis-network sets its own camera after this event.
  network.on("resize", () => requestAnimationFrame(refit));
  network.on("hoverNode", (event) => hover(event.node));
  network.on("blurNode", () => hover(null));
  network.on("hoverEdge", () => container.classList.add("pointing"));
  network.on("blurEdge", () => container.classList.remove("pointing"));
  container.addEventListener("keydown", (event) => {
    const step = 60 / network.getScale();
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const zooms = { "+": 1.25, "=": 1.25, "-": 0.8 };
    const { x, y } = network.getViewPosition();
    if (moves[event.key]) network.moveTo({ position: { x: x + moves[event.key][0], y: y + moves[event.key][1] } });
    else if (zooms[event.key]) network.moveTo({ scale: network.getScale() * zooms[event.key] });
    else if (event.key !== "0") return;
    if (event.key === "0") fit(true);
    else moved();
    event.preventDefault();
  });

  KG.scene = {
    network,
    refresh,
    fit,
    refit,
    focus,
    showMarked,
    mark,
    /* Calls back with the id of the node or line under a click, or null. */
    onPick(listener) {
      network.on("click", (event) => {
        const at = event.pointer.DOM;
        listener(event.nodes[0] || labels.at(at.x, at.y) || event.edges[0] || null);
      });
    },
  };
})(window.KG);
