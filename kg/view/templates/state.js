/*
 * What the reader has chosen, in one place: the view, the selection, a neighbourhood or a path, the filters. It is
 * written into the address after "#", so that a view can be shared, and into the history, for back and forward.
 */
(function (KG) {
  "use strict";
  const { store } = KG;
  const VIEWS = ["network", "matrix", "table"];
  // Each list of keys that can be switched on and off one by one, with what is on at first.
  const LISTS = ["kinds", "studies", "directions", "species", "context"];
  const known = Object.fromEntries(LISTS.map((name) => [name, store.data.legend[name].map((entry) => entry.key)]));
  const initial = Object.freeze({
    view: "network",
    select: null,
    around: null,
    hops: 1,
    from: null,
    to: null,
    since: null,
    until: null,
    least: 1,
    ...Object.fromEntries(LISTS.map((name) => [name, new Set(store.data.legend[name].filter((e) => e.on).map((e) => e.key))])),
  });
  let current = initial;
  const listeners = [];

  const same = (a, b) => a.size === b.size && [...a].every((key) => b.has(key));
  // A lone surrogate, which no address can hold, becomes the replacement character.
  const encode = (text) => encodeURIComponent(String(text).replace(/\p{Surrogate}/gu, "\ufffd"));

  // The key of what is not stated is empty, and a list of it alone must differ from an empty list.
  const encodeKey = (key) => (key === "" ? "-" : key === "-" ? "%2D" : encode(key));
  const decodeKey = (text) => (text === "-" ? "" : decode(text));

  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return "";
    }
  }

  /* The address of a state, without "#": what differs from the first sight only. */
  function format(state) {
    const parts = [];
    for (const name of ["view", "select", "around", "hops", "from", "to", "since", "until", "least"]) {
      if (state[name] !== initial[name] && (name !== "hops" || state.around !== null)) parts.push(name + "=" + encode(state[name]));
    }
    for (const name of LISTS) {
      if (!same(state[name], initial[name])) parts.push(name + "=" + known[name].filter((key) => state[name].has(key)).map(encodeKey).join(","));
    }
    return parts.join("&");
  }

  const item = (id) => (store.nodes.has(id) || store.lines.has(id) ? id : null);
  const node = (id) => (store.nodes.has(id) ? id : null);

  function number(text, least, most) {
    const value = Number(text);
    return Number.isInteger(value) && value >= least && value <= most ? value : null;
  }

  const READERS = {
    view: (text) => (VIEWS.includes(text) ? text : null),
    select: item,
    around: node,
    hops: (text) => number(text, 1, 3),
    from: node,
    to: node,
    since: (text) => number(text, 0, 9999),
    until: (text) => number(text, 0, 9999),
    least: (text) => number(text, 1, 9999),
  };

  /* The state of an address; what it does not know is left out. An id alone selects. */
  function parse(address) {
    const state = { ...initial };
    if (!address.includes("=")) return { ...state, select: item(decode(address)) };
    for (const part of address.split("&")) {
      const at = part.indexOf("=");
      const name = part.slice(0, at);
      const text = part.slice(at + 1);
      if (LISTS.includes(name)) {
        // "," is between keys; one that stands in a key is encoded.
        const keys = new Set(text === "" ? [] : text.split(",").map(decodeKey));
        state[name] = new Set(known[name].filter((key) => keys.has(key)));
      } else if (Object.hasOwn(READERS, name)) {
        const value = READERS[name](decode(text));
        if (value !== null) state[name] = value;
      }
    }
    if (state.from === null || state.to === null || state.from === state.to) state.from = state.to = null;
    if (state.from !== null) state.around = null;
    return state;
  }

  function tell() {
    for (const listener of listeners) listener(current);
  }

  /* Changes some of the state. `replace`: without a step in the history, for what changes while one drags. */
  function set(patch, options) {
    const next = Object.freeze({ ...current, ...patch });
    const address = format(next);
    if (address === format(current)) return;
    current = next;
    const url = "#" + address;
    if (options && options.replace) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
    tell();
  }

  function fromAddress() {
    current = Object.freeze(parse(location.hash.slice(1)));
    tell();
  }

  window.addEventListener("popstate", fromAddress);

  KG.state = {
    get: () => current,
    set,
    fromAddress,
    /* Switches a key of a list on or off. */
    toggle(name, key, on) {
      const next = new Set(current[name]);
      if (on) next.add(key);
      else next.delete(key);
      set({ [name]: next });
    },
    /* Everything as at first sight, but for the view. */
    reset: () => set({ ...initial, view: current.view }),
    /* Whether anything but the view and the selection differs from the first sight. */
    isNarrowed: () => format({ ...current, view: initial.view, select: null }) !== "",
    /* Whether a filter of evidence is on, by which concepts without such evidence are left out. */
    filtersEvidence: (state) =>
      ["studies", "directions", "species"].some((name) => !same(state[name], initial[name])) ||
      state.since !== null ||
      state.until !== null ||
      state.least > 1,
    onChange: (listener) => listeners.push(listener),
  };
})(window.KG);
