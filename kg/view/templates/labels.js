/*
 * Labels, drawn on the canvas as on a map: in screen size whatever the zoom, the important ones first, none over another
 * nor, but for the most important, over a symbol; more appear as one zooms in. vis-network's own labels shrink with the picture and collide.
 */
(function (KG) {
  "use strict";
  const CELL = 64;
  // So many labels may stand over the symbols of others when there is no free place: a picture needs its main names.
  const LEADING = 14;
  const widths = new Map();
  let boxes = [];

  /* Boxes that are taken, in a grid of cells, so that a test looks at near ones only. */
  function occupancy() {
    const cells = new Map();
    const visit = (box, action) => {
      for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x += 1) {
        for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y += 1) {
          if (action(x + ":" + y)) return true;
        }
      }
      return false;
    };
    return {
      add: (box) =>
        visit(box, (key) => {
          if (!cells.has(key)) cells.set(key, []);
          cells.get(key).push(box);
          return false;
        }),
      free: (box) =>
        !visit(box, (key) =>
          (cells.get(key) || []).some(
            (o) =>
              o.owner !== box.owner && o.left < box.right && box.left < o.right && o.top < box.bottom && box.top < o.bottom,
          ),
        ),
    };
  }

  function textWidth(ctx, font, text) {
    const key = font + text;
    if (!widths.has(key)) {
      ctx.font = font;
      widths.set(key, ctx.measureText(text).width);
    }
    return widths.get(key);
  }

  /* Where a label may stand about its symbol: under, over, right, left (centre of the label's box). */
  function spots(x, y, radius, width, height) {
    const gap = 3;
    return [
      [x, y + radius + gap + height / 2],
      [x, y - radius - gap - height / 2],
      [x + radius + gap + width / 2 + 2, y],
      [x - radius - gap - width / 2 - 2, y],
    ];
  }

  /*
   * Draws labels. `items`: {id, lines, x, y, radius, size, weight, force, quiet} in screen px, most important
   * first; `force` draws a label even where it collides, `quiet` makes an obstacle without a label. `area`: the
   * part of the canvas that labels do not leave.
   */
  function draw(ctx, items, style, area) {
    const symbols = occupancy();
    const texts = occupancy();
    boxes = [];
    for (const item of items) {
      const r = item.radius * 0.85;
      symbols.add({ owner: item.id, left: item.x - r, right: item.x + r, top: item.y - r, bottom: item.y + r });
    }
    ctx.save();
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = style.halo;
    ctx.fillStyle = style.ink;
    for (const [rank, item] of items.entries()) {
      if (item.quiet) continue;
      const font = item.weight + " " + item.size + "px " + style.font;
      const height = item.lines.length * item.size * 1.18;
      const width = Math.max(...item.lines.map((line) => textWidth(ctx, font, line)));
      const candidates = spots(item.x, item.y, item.radius, width, height).map(([x, y]) => ({
        owner: item.id,
        x,
        y,
        left: x - width / 2 - 2,
        right: x + width / 2 + 2,
        top: y - height / 2,
        bottom: y + height / 2,
        lines: item.lines,
        size: item.size,
        weight: item.weight,
      }));
      const inside = (b) => b.left >= area.left && b.right <= area.right && b.top >= area.top && b.bottom <= area.bottom;
      const clear = candidates.filter((b) => inside(b) && texts.free(b));
      const box = clear.find(symbols.free) || (rank < LEADING && clear[0]) || (item.force ? candidates[0] : null);
      if (!box) continue;
      texts.add(box);
      boxes.push(box);
      ctx.font = font;
      item.lines.forEach((line, i) => {
        const y = box.y + (i - (item.lines.length - 1) / 2) * item.size * 1.18;
        ctx.strokeText(line, box.x, y);
        ctx.fillText(line, box.x, y);
      });
    }
    ctx.restore();
  }

  /* Id of the node whose label is drawn at a point in screen px, or null. */
  function at(x, y) {
    const box = boxes.find((b) => b.left <= x && x <= b.right && b.top <= y && y <= b.bottom);
    return box ? box.owner : null;
  }

  KG.labels = { draw, at, drawn: () => boxes };
})(window.KG);
