/* How nodes and lines look: by kind and evidence, under the selection, in the theme; as options of vis-network. */
(function (KG) {
  "use strict";
  const { store, theme } = KG;

  const tierOf = (statements) => store.tiers.get(statements[0].tier);

  /* Width of a line in px, by the papers behind it. */
  function width(line, statements) {
    if (line.group !== "assertion") return line.group === "paper" || line.group === "citation" ? 0.5 : 0.9;
    return Math.min(0.9 + 0.8 * Math.sqrt(Math.max(1, store.papers(statements).size)), 6);
  }

  const lineColor = (line) => theme.color(line.group === "assertion" ? "direction-" + line.direction : "line");
  const kindColor = (kind) => theme.color("kind-" + kind.toLowerCase()) || theme.color("muted");
  const pattern = (line, statements) => (line.group === "assertion" && statements.length ? tierOf(statements).dashes : []);

  /* `marked`: {selected, near} of the scene; near is null where nothing is selected. */
  function node(each, marked) {
    const fill = kindColor(each.kind);
    const picked = each.id === marked.selected;
    const look = { background: fill, border: theme.color(picked ? "ink" : "canvas") };
    return {
      opacity: marked.near !== null && !marked.near.has(each.id) ? 0.16 : 1,
      borderWidth: picked ? 3 : 1.5,
      color: { ...look, highlight: look, hover: { background: fill, border: theme.color("ink") } },
    };
  }

  const alpha = (color, share) => color + Math.round(share * 255).toString(16).padStart(2, "0");

  /*
   * Context lines are thin, straight and without ends, as vis-network draws without being told: each option of each line
   * costs time, and there are thousands.
   */
  function line(each, statements, marked) {
    const assertion = each.group === "assertion";
    const dim = marked.selected !== null && ![each.id, each.from, each.to].includes(marked.selected);
    const look = { width: width(each, statements), color: alpha(lineColor(each), dim ? 0.07 : assertion ? 0.88 : 0.75) };
    if (each.bend) look.smooth = { enabled: true, type: each.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(each.bend) };
    if (!assertion) return look;
    const dashes = pattern(each, statements);
    look.dashes = dashes.length ? dashes : false;
    look.arrows = { to: { enabled: true, type: each.arrows || "arrow", scaleFactor: 0.55 } };
    return look;
  }

  KG.looks = { node, line, width, pattern, lineColor, kindColor };
})(window.KG);
