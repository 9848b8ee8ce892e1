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

  function line(each, statements, marked) {
    const assertion = each.group === "assertion";
    const dim = marked.selected !== null && ![each.id, each.from, each.to].includes(marked.selected);
    const color = lineColor(each);
    const dashes = pattern(each, statements);
    return {
      width: width(each, statements),
      dashes: dashes.length ? dashes : false,
      color: { color, highlight: color, hover: color, opacity: dim ? 0.07 : assertion ? 0.88 : 0.75, inherit: false },
      arrows: { to: { enabled: assertion, type: each.arrows || "arrow", scaleFactor: 0.55 } },
      smooth: each.bend
        ? { enabled: true, type: each.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(each.bend) }
        : { enabled: false, type: "continuous", roundness: 0 },
    };
  }

  KG.looks = { node, line, width, pattern, lineColor, kindColor };
})(window.KG);
