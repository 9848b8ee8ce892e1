/* The view as SVG: what the window shows of the network, with title and legend, for a paper or a slide. */
(function (KG) {
  "use strict";
  const { store, theme, looks, scene, labels } = KG;
  const { svg, POINTS } = KG.elements;
  const HEAD = 54;
  const FOOT = 52;
  const KEY = 21;

  const text = (x, y, size, content, more) => {
    const element = svg("text", { x, y, "font-size": size, fill: theme.color("ink"), ...more });
    element.textContent = content.replace(/[\p{Cc}\p{Surrogate}]/gu, " ");
    return element;
  };
  const round = (value) => Math.round(value * 10) / 10;

  /* A symbol of a kind about a point. */
  function symbol(shape, x, y, radius, more) {
    if (!POINTS[shape]) return svg("circle", { cx: round(x), cy: round(y), r: round(radius), ...more });
    const points = POINTS[shape].split(" ").map((pair) => pair.split(",").map((value, i) => round((Number(value) - 8) * (radius / 7.5) + (i ? y : x))).join(","));
    return svg("polygon", { points: points.join(" "), ...more });
  }

  /* The end of a line at a point, turned by an angle: the same ends as the legend's. */
  function end(kind, x, y, angle, size, color) {
    const shapes = {
      arrow: ["polygon", { points: "0,0 -8,-4 -8,4" }],
      vee: ["polygon", { points: "0,0 -8,-4 -6,0 -8,4" }],
      bar: ["rect", { x: -3, y: -5, width: 3, height: 10 }],
      circle: ["circle", { cx: -4, cy: 0, r: 4 }],
      box: ["rect", { x: -7, y: -3.5, width: 7, height: 7 }],
    };
    const [tag, attributes] = shapes[kind] || shapes.arrow;
    return svg(tag, { ...attributes, fill: color, transform: "translate(" + round(x) + " " + round(y) + ") rotate(" + round((angle * 180) / Math.PI) + ") scale(" + size + ")" });
  }

  /* Where a curved line's middle is drawn to, as vis-network bends it; null for a straight one. */
  function bend(line, at) {
    const drawn = scene.network.body.edges[line.id];
    const via = line.bend && drawn && drawn.edgeType.getViaNode ? drawn.edgeType.getViaNode() : null;
    return via && Number.isFinite(via.x) ? at(via) : null;
  }

  function drawLine(line, statements, at, scale) {
    const [a, b] = [line.from, line.to].map((id) => at(scene.network.getPosition(id)));
    const via = bend(line, at);
    const last = via || a;
    const angle = Math.atan2(b.y - last.y, b.x - last.x);
    const radius = store.nodes.get(line.to).size * scale + 1.5;
    const tip = { x: b.x - radius * Math.cos(angle), y: b.y - radius * Math.sin(angle) };
    const color = looks.lineColor(line);
    const width = looks.width(line, statements) * scale;
    const dashes = looks.pattern(line, statements).map((value) => round(value * scale));
    const way = "M" + round(a.x) + " " + round(a.y) + (via ? "Q" + round(via.x) + " " + round(via.y) + " " : "L") + round(tip.x) + " " + round(tip.y);
    const path = svg("path", { d: way, fill: "none", stroke: color, "stroke-width": round(width * 10) / 10, "stroke-dasharray": dashes.join(" ") || "none" });
    const assertion = line.group === "assertion";
    return svg("g", { opacity: looks.lineShare(line, scene.marked) }, path, ...(assertion ? [end(line.arrows, tip.x, tip.y, angle, round(Math.max(scale, 0.6) * 10) / 10, color)] : []));
  }

  /* Kinds, results and levels of evidence in rows under the picture. */
  function key(width, view) {
    const used = [...view.lines].map(([id, statements]) => [store.lines.get(id), statements]).filter(([line]) => line.group === "assertion");
    const kinds = new Set([...view.nodes].map((id) => store.nodes.get(id).kind));
    const directions = new Set(used.map(([line]) => line.direction));
    const tiers = new Set(used.map(([, statements]) => statements[0].tier));
    const entries = [
      ...store.data.legend.kinds.filter((k) => kinds.has(k.key)).map((k) => [k.name, (x, y) => [symbol(k.shape, x + 9, y, 6.5, { fill: looks.kindColor(k.key) })]]),
      ...store.data.legend.directions.filter((d) => directions.has(d.key)).map((d) => [d.name, (x, y) => [svg("path", { d: "M" + x + " " + y + "h16", stroke: theme.color("direction-" + d.key), "stroke-width": 2 }), end(d.arrow, x + 22, y, 0, 1, theme.color("direction-" + d.key))], 24]),
      ...store.data.legend.tiers.filter((t) => tiers.has(t.key)).map((t) => [t.name, (x, y) => [svg("path", { d: "M" + x + " " + y + "h26", stroke: theme.color("muted"), "stroke-width": 2, "stroke-dasharray": t.dashes.join(" ") || "none" })], 28]),
    ];
    const group = svg("g", {});
    let [x, y] = [18, 14];
    for (const [name, icon, room] of entries) {
      const wide = (room || 18) + 8 + name.length * 6.4 + 18;
      if (x > 18 && x + wide > width) [x, y] = [18, y + KEY];
      group.append(...icon(x, y), text(x + (room || 18) + 8, y + 4, 12, name, {}));
      x += wide;
    }
    return { group, height: y + 14 };
  }

  /* Returns the SVG element of what the free part of the window shows. */
  function draw(view) {
    const area = scene.camera.stage();
    const width = Math.round(area.right - area.left);
    const height = Math.round(area.bottom - area.top);
    const scale = scene.network.getScale();
    const at = (place) => {
      const { x, y } = scene.network.canvasToDOM(place);
      return { x: x - area.left, y: y - area.top };
    };
    const picture = svg("svg", { x: 0, y: HEAD, width, height, viewBox: "0 0 " + width + " " + height, overflow: "hidden" });
    const lines = [...view.lines].map(([id, statements]) => [store.lines.get(id), statements]);
    // As in the window: assertions over context.
    lines.sort(([a], [b]) => (a.group === "assertion") - (b.group === "assertion"));
    for (const [line, statements] of lines) picture.append(drawLine(line, statements, at, scale));
    for (const id of view.nodes) {
      const node = store.nodes.get(id);
      const { x, y } = at(scene.network.getPosition(id));
      const picked = id === scene.marked.selected;
      const border = { stroke: theme.color(picked ? "ink" : "canvas"), "stroke-width": picked ? 3 : 1.5 };
      picture.append(symbol(node.shape, x, y, node.size * scale, { fill: looks.kindColor(node.kind), opacity: looks.nodeShare(id, scene.marked), ...border }));
    }
    for (const box of labels.drawn()) picture.append(label(box, area));
    const below = key(width, view);
    const total = HEAD + height + below.height + FOOT - 22;
    below.group.setAttribute("transform", "translate(0 " + (HEAD + height + 8) + ")");
    const { title, subtitle, date } = store.data.study;
    const image = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: total, viewBox: "0 0 " + width + " " + total, "font-family": theme.font() });
    // Letters of the usual fonts are about so wide, bold ones more.
    const fits = (content, size) => {
      const most = Math.max(Math.floor((width - 36) / (size * (size > 14 ? 0.64 : 0.56))), 4);
      return content.length > most ? content.slice(0, most - 1) + "…" : content;
    };
    image.append(
      svg("rect", { width, height: total, fill: theme.color("canvas") }),
      text(18, 26, 17, fits(title, 17), { "font-weight": 650 }),
      text(18, 44, 12, fits([subtitle, date].filter(Boolean).join(" · "), 12), { fill: theme.color("muted") }),
      picture,
      below.group,
    );
    return image;
  }

  function label(box, area) {
    const group = svg("g", { "text-anchor": "middle", "font-size": box.size, "font-weight": box.weight, stroke: theme.color("canvas"), "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke" });
    box.lines.forEach((line, i) => {
      const y = box.y - area.top + (i - (box.lines.length - 1) / 2) * box.size * 1.18;
      group.append(text(round(box.x - area.left), round(y), box.size, line, { "dominant-baseline": "central" }));
    });
    return group;
  }

  KG.svg = { draw, source: (view) => new XMLSerializer().serializeToString(draw(view)) };
})(window.KG);
