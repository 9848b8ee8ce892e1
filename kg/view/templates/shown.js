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

  /* Sentences behind a statement whose papers the years let through. */
  function evidence(statement, state) {
    if (state.since === null && state.until === null) return statement.evidence;
    const since = state.since === null ? -Infinity : state.since;
    const until = state.until === null ? Infinity : state.until;
    return statement.evidence.filter(({ paper }) => Number.isInteger(paper.year) && paper.year >= since && paper.year <= until);
  }

  /* Distinct papers behind some statements that the years let through, as a Map from id to paper. */
  function papers(statements, state) {
    const seen = new Map();
    for (const statement of statements) for (const item of evidence(statement, state)) seen.set(item.paper.id, item.paper);
    return seen;
  }

  /* Whether a statement has a result: co-mentions have none, effects on cells are told by their label unless denied. */
  const isJudged = (line, statement) => line.group === "assertion" || line.group === "species" || (line.group === "effect" && statement.direction === "negated");

  /* Statements of a line that the filters let through, strongest first; null when the line does not pass. */
  function passing(line, state) {
    if (!store.hasEvidence(line)) return line.statements;
    const years = state.since !== null || state.until !== null;
    const found = line.statements.filter(
      (statement) =>
        state.studies.has(statement.study_type) &&
        state.species.has(statement.species || "") &&
        (!isJudged(line, statement) || state.directions.has(statement.direction)) &&
        (!years || evidence(statement, state).length > 0),
    );
    if (!found.length) return null;
    return papers(found, state).size < state.least && state.least > 1 ? null : found;
  }

  /* Nodes that are shown whatever the legend says: those that the reader asked for. */
  function asked(state) {
    const line = store.lines.get(state.select);
    const ids = [state.around, state.from, state.to, ...(line ? [line.from, line.to] : [state.select])];
    return new Set(ids.filter((id) => id !== null && store.nodes.has(id)));
  }

  /* The concepts with evidence that passes, and what their products are made of. */
  function withEvidence(lines, state) {
    const core = new Set();
    // A result that is asked for is not in lines that have none.
    const results = state.directions.size < store.directions.size;
    for (const [id, statements] of lines) {
      const line = store.lines.get(id);
      if (!store.hasEvidence(line) || (results && !statements.some((each) => isJudged(line, each)))) continue;
      core.add(line.from).add(line.to);
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
      const { core, kept } = withEvidence(lines, state);
      const sources = new Set();
      for (const [id, statements] of lines) {
        if (store.hasEvidence(store.lines.get(id))) for (const paper of papers(statements, state).keys()) sources.add(paper);
      }
      nodes = new Set([...nodes].filter((id) => kept.has(id) || pinned.has(id) || (store.nodes.get(id).kind === "Paper" && sources.has(id))));
      for (const id of lines.keys()) {
        const line = store.lines.get(id);
        if (line.group === "structure" && !core.has(line.from)) lines.delete(id);
      }
    }
    const path = narrow(state, nodes, lines, pinned);
    const total = nodes.size;
    const all = between(nodes, lines);
    if (nodes.size <= MOST) return { state, nodes, lines: all, all, total, path };
    nodes = crop(nodes, pinned, all);
    return { state, nodes, lines: between(nodes, all), all, total, path };
  }

  /* The lines whose both ends are there. */
  function between(nodes, lines) {
    const ends = (id) => [store.lines.get(id).from, store.lines.get(id).to];
    return new Map([...lines].filter(([id]) => ends(id).every((end) => nodes.has(end))));
  }

  /* Leaves in `nodes` and `lines` what is around a node or between two; returns the path, null where none is asked for. */
  function narrow(state, nodes, lines, pinned) {
    // Papers name much and so bring everything near everything: they are no step of a way unless it begins at one.
    const starts = [state.around, state.from, state.to].map((id) => store.nodes.get(id));
    const byPapers = starts.some((node) => node && node.kind === "Paper");
    const passes = (line) => lines.has(line.id) && nodes.has(line.from) && nodes.has(line.to) && (byPapers || !PAPER_LINES.has(line.group));
    const keep = (kept) => nodes.forEach((id) => kept.has(id) || pinned.has(id) || nodes.delete(id));
    if (state.from !== null) {
      const path = routes.between(state.from, state.to, passes);
      keep(path ? path.nodes : new Set());
      for (const id of [...lines.keys()]) if (!path || !path.lines.has(id)) lines.delete(id);
      return path;
    }
    if (state.around !== null) keep(routes.distances(state.around, state.hops, passes));
    return null;
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

  /*
   * `of(state)`: {state, nodes, lines, all, total, path}. `nodes` (a Set) and `lines` (a Map from id to the statements that
   * pass) are what is drawn; `all` the lines that pass, `total` the number of nodes, before those that are too many were
   * left out.
   */
  KG.shown = {
    evidence,
    papers,
    passing,
    of(state) {
      if (!last || last.state !== state) last = compute(state);
      return last;
    },
    now: () => KG.shown.of(states.get()),
  };
})(window.KG);
