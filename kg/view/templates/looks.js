/* How nodes and lines look: by kind and evidence, under the selection, in the theme; as options of vis-network. */
(function (KG) {
  "use strict";
  const { store, theme, state, shown } = KG;

  const tierOf = (statements) => store.tiers.get(statements[0].tier);

  /* Width of a line in px, by the papers behind it under the filters. */
  function width(line, statements) {
    if (line.group !== "assertion") return line.group === "paper" || line.group === "citation" ? 0.5 : 0.9;
    return Math.min(0.9 + 0.8 * Math.sqrt(Math.max(1, shown.papers(statements, state.get()).size)), 6);
  }

  const lineColor = (line) => theme.color(line.group === "assertion" ? "direction-" + line.direction : "line");
  const kindColor = (kind) => theme.color("kind-" + kind.toLowerCase()) || theme.color("muted");
  const pattern = (line, statements) => (line.group === "assertion" && statements.length ? tierOf(statements).dashes : []);

  /* How much of a node or a line is seen while something is selected. `marked`: {selected, near}; near is null for nothing. */
  const nodeShare = (id, marked) => (marked.near !== null && !marked.near.has(id) ? 0.16 : 1);

  function lineShare(line, marked) {
    const dim = marked.selected !== null && ![line.id, line.from, line.to].includes(marked.selected);
    return dim ? 0.07 : line.group === "assertion" ? 0.88 : 0.6;
  }

  /* Options of a node that nothing is selected beside. */
  function node(each) {
    const look = { background: kindColor(each.kind), border: theme.color("canvas") };
    return { borderWidth: 1.5, color: { ...look, highlight: look, hover: { ...look, border: theme.color("ink") } } };
  }

  const alpha = (color, share) => color + Math.round(share * 255).toString(16).padStart(2, "0");

  /*
   * Options of a line. Context lines are thin, straight and without ends, as vis-network draws without being told: each
   * option of each line costs time, and there are thousands.
   */
  function line(each, statements) {
    const assertion = each.group === "assertion";
    const look = { width: width(each, statements) };
    if (each.bend) look.smooth = { enabled: true, type: each.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(each.bend) };
    if (!assertion) return look;
    const dashes = pattern(each, statements);
    look.dashes = dashes.length ? dashes : false;
    look.arrows = { to: { enabled: true, type: each.arrows || "arrow", scaleFactor: 0.55 } };
    return look;
  }

  /*
   * Shows the selection on what vis-network has drawn: `drawn` is its node or edge. Its own way, an update of the data,
   * takes most of a second for thousands.
   */
  function markNode(drawn, marked) {
    const picked = drawn.id === marked.selected;
    drawn.options.opacity = nodeShare(drawn.id, marked);
    drawn.options.borderWidth = picked ? 3 : 1.5;
    drawn.options.color.border = theme.color(picked ? "ink" : "canvas");
  }

  function markLine(drawn, each, marked) {
    const color = alpha(lineColor(each), lineShare(each, marked));
    drawn.options.color = { ...drawn.options.color, color, highlight: color, hover: color, opacity: 1, inherit: false };
  }

  KG.looks = { node, line, markNode, markLine, nodeShare, lineShare, width, pattern, lineColor, kindColor };
})(window.KG);
