/* The camera on the picture: what of the canvas is free, fitting, flying, and the keys that move it. */
(function (KG) {
  "use strict";
  const LEGIBLE = 0.5;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  /* A camera for a vis-network in `container`; `ids` returns what there is to see. */
  function camera(network, container, ids) {
    let flight = 0;
    let fitted = true;

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

    /* Shows some nodes with their labels, as large as fits, up to a scale. */
    function frame(some, most, animate) {
      if (!some.length) return;
      const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
      for (const id of some) {
        const { x, y } = network.getPosition(id);
        box.left = Math.min(box.left, x);
        box.right = Math.max(box.right, x);
        box.top = Math.min(box.top, y);
        box.bottom = Math.max(box.bottom, y);
      }
      const area = stage();
      const margin = container.clientWidth < 720 ? 80 : 140;
      const wide = Math.max(area.right - area.left - margin, 60);
      const high = Math.max(area.bottom - area.top - 90, 60);
      const scale = Math.min(wide / Math.max(box.right - box.left, 1), high / Math.max(box.bottom - box.top, 1), most);
      move((box.left + box.right) / 2, (box.top + box.bottom) / 2, Math.max(scale, 0.02), animate);
    }

    /* Shows everything. */
    function fit(animate) {
      frame(ids(), 1.6, animate);
      fitted = true;
    }

    /* Fits again when the free part of the canvas has changed and the reader has not moved the picture since. */
    function refit() {
      if (fitted) fit(true);
    }

    /* Centres some nodes, near enough to read. */
    function centre(some, nearest) {
      const ends = some.map((id) => network.getPosition(id));
      const middle = (axis) => ends.reduce((sum, p) => sum + p[axis], 0) / ends.length;
      move(middle("x"), middle("y"), Math.max(network.getScale(), nearest), true);
      fitted = false;
    }

    /* Brings nodes into the free part of the canvas, if some of them are not there or too small to read. */
    function bring(some) {
      const area = stage();
      const inside = (id) => {
        const { x, y } = network.canvasToDOM(network.getPosition(id));
        return x > area.left && x < area.right && y > area.top && y < area.bottom;
      };
      if (network.getScale() < LEGIBLE || !some.every(inside)) frame(some, Math.max(network.getScale(), 0.8), true);
    }

    const moved = () => {
      cancelAnimationFrame(flight);
      fitted = false;
    };
    network.on("dragStart", moved);
    network.on("zoom", moved);
    // vis-network sets its own camera after this event.
    network.on("resize", () => requestAnimationFrame(refit));
    container.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
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

    return { stage, fit, refit, centre, bring };
  }

  KG.camera = camera;
})(window.KG);
