/* Ways through the network, on the lines that some test lets through: what is around a node, what is between two. */
(function (KG) {
  "use strict";
  const { store } = KG;

  /* Steps from a node to each that can be reached in so many steps, as a Map. */
  function distances(start, most, passes) {
    const steps = new Map([[start, 0]]);
    let edge = [start];
    for (let step = 1; step <= most && edge.length; step += 1) {
      const next = [];
      for (const id of edge) {
        for (const line of store.linesOf(id)) {
          const other = line.from === id ? line.to : line.from;
          if (steps.has(other) || !passes(line)) continue;
          steps.set(other, step);
          next.push(other);
        }
      }
      edge = next;
    }
    return steps;
  }

  /*
   * All shortest ways between two nodes: {nodes, lines, length} with sets of ids, or null where there is none. `steps`
   * of each node count from the start.
   */
  function between(from, to, passes) {
    const ahead = distances(from, Infinity, passes);
    if (!ahead.has(to)) return null;
    const length = ahead.get(to);
    const back = distances(to, length, passes);
    const on = (id) => ahead.has(id) && back.has(id) && ahead.get(id) + back.get(id) === length;
    const nodes = new Set([...ahead.keys()].filter(on));
    const lines = new Set();
    for (const id of nodes) {
      for (const line of store.linesOf(id)) {
        const other = line.from === id ? line.to : line.from;
        if (nodes.has(other) && ahead.get(other) === ahead.get(id) + 1 && passes(line)) lines.add(line.id);
      }
    }
    return { nodes, lines, length, steps: ahead };
  }

  KG.routes = { distances, between };
})(window.KG);
