/*
 * What is shown of the data in a state: filters, then the neighbourhood or the path, then the most connected part where
 * there is too much for one picture. Computed once a state.
 */
(function (KG) {
  "use strict";
  const { store, state: states, routes } = KG;
  // More symbols than this are no picture any more, and too slow to drag.
  const MOST = 2000;
  const PAPER_LINES = new Set(["paper", "citation"]);
  let last = null;

  /* Papers behind a statement that the years let through. */
  function evidence(statement, state) {
    if (state.since === null && state.until === null) return statement.evidence;
    const since = state.since === null ? -Infinity : state.since;
    const until = state.until === null ? Infinity : state.until;
    return statement.evidence.filter(({ paper }) => Number.isInteger(paper.year) && paper.year >= since && paper.year <= until);
  }

  /* Statements of a line that the filters let through, strongest first; null when the line does not pass. */
  function passing(line, state) {
    if (!store.hasEvidence(line)) return line.statements;
    const judged = line.group === "assertion" || line.group === "species";
    const years = state.since !== null || state.until !== null;
    const found = line.statements.filter(
      (statement) =>
        state.studies.has(statement.study_type) &&
        state.species.has(statement.species || "") &&
        (!judged || state.directions.has(statement.direction)) &&
        (!years || evidence(statement, state).length > 0),
    );
    if (!found.length) return null;
    if (state.least > 1) {
      const papers = new Set(found.flatMap((statement) => evidence(statement, state).map((item) => item.paper.id)));
      if (papers.size < state.least) return null;
    }
    return found;
  }

  /* Nodes that are shown whatever the legend says: those that the reader asked for. */
  function asked(state) {
    const line = store.lines.get(state.select);
    const ids = [state.around, state.from, state.to, ...(line ? [line.from, line.to] : [state.select])];
    return new Set(ids.filter((id) => id !== null && store.nodes.has(id)));
  }

  /* The concepts with evidence that passes, and what their products are made of. */
  function withEvidence(lines) {
    const core = new Set();
    for (const line of lines.keys()) {
      const each = store.lines.get(line);
      if (store.hasEvidence(each)) core.add(each.from).add(each.to);
    }
    const kept = new Set(core);
    for (const id of lines.keys()) {
      const line = store.lines.get(id);
      if (line.group === "structure" && core.has(line.from)) kept.add(line.to);
    }
    return { core, kept };
  }

  function compute(state) {
    const pinned = asked(state);
    const allowed = (id) => {
      const { kind } = store.nodes.get(id);
      return !store.kinds.has(kind) || state.kinds.has(kind) || pinned.has(id);
    };
    const lines = new Map();
    for (const line of store.data.edges) {
      if ((line.group !== "assertion" && !state.context.has(line.group)) || !allowed(line.from) || !allowed(line.to)) continue;
      const found = passing(line, state);
      if (found !== null) lines.set(line.id, found);
    }
    let nodes = new Set(store.data.nodes.map((node) => node.id).filter(allowed));
    if (states.filtersEvidence(state)) {
      const { core, kept } = withEvidence(lines);
      const sources = new Set([...lines.keys()].flatMap((id) => [...store.papers(lines.get(id)).keys()]));
      nodes = new Set([...nodes].filter((id) => kept.has(id) || pinned.has(id) || (store.nodes.get(id).kind === "Paper" && sources.has(id))));
      for (const id of lines.keys()) {
        const line = store.lines.get(id);
        if (line.group === "structure" && !core.has(line.from)) lines.delete(id);
      }
    }
    const reach = narrow(state, nodes, lines);
    const total = nodes.size;
    if (nodes.size > MOST) nodes = crop(nodes, pinned, lines);
    for (const id of lines.keys()) {
      const line = store.lines.get(id);
      if (!nodes.has(line.from) || !nodes.has(line.to)) lines.delete(id);
    }
    return { state, nodes, lines, total, pinned, ...reach };
  }

  /* Leaves in `nodes` and `lines` what is around a node or between two; returns what was found. */
  function narrow(state, nodes, lines) {
    // Papers name much and so bring everything near everything: they are no step of a way unless it begins at one.
    const starts = [state.around, state.from, state.to].map((id) => store.nodes.get(id));
    const papers = starts.some((node) => node && node.kind === "Paper");
    const passes = (line) => lines.has(line.id) && nodes.has(line.from) && nodes.has(line.to) && (papers || !PAPER_LINES.has(line.group));
    const keep = (kept) => nodes.forEach((id) => kept.has(id) || nodes.delete(id));
    if (state.from !== null) {
      const path = routes.between(state.from, state.to, passes);
      keep(path ? path.nodes : new Set([state.from, state.to]));
      for (const id of [...lines.keys()]) if (!path || !path.lines.has(id)) lines.delete(id);
      return { path };
    }
    if (state.around !== null) keep(routes.distances(state.around, state.hops, passes));
    return { path: null };
  }

  /* The most connected nodes, and what the reader asked for with its neighbours. */
  function crop(nodes, pinned, lines) {
    const kept = new Set(pinned);
    for (const id of pinned) {
      for (const line of store.linesOf(id)) {
        if (kept.size < MOST / 2 && lines.has(line.id)) kept.add(line.from).add(line.to);
      }
    }
    const ranked = [...nodes].sort((a, b) => store.nodes.get(a).rank - store.nodes.get(b).rank);
    for (const id of ranked) {
      if (kept.size >= MOST) break;
      kept.add(id);
    }
    return new Set([...kept].filter((id) => nodes.has(id)));
  }

  KG.shown = {
    MOST,
    evidence,
    of(state) {
      if (!last || last.state !== state) last = compute(state);
      return last;
    },
    now: () => KG.shown.of(states.get()),
  };
})(window.KG);
