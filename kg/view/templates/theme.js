/* Light and dark: the system's choice until the reader makes another. Colours live in the style sheet. */
(function (KG) {
  "use strict";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const print = window.matchMedia("print");
  const listeners = [];
  const known = new Map();
  const KEY = "msc-kg-theme";
  let chosen = remembered();
  let style = null;

  /* The reader's last choice; none where the browser keeps nothing for files. */
  function remembered() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function remember() {
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // The choice holds for this visit.
    }
  }

  function apply() {
    // Paper is white.
    const dark = !print.matches && (chosen || (system.matches ? "dark" : "light")) === "dark";
    root.dataset.theme = dark ? "dark" : "light";
    style = getComputedStyle(root);
    known.clear();
    for (const listener of listeners) listener();
  }

  /* A property of the style sheet; read once a theme, because the picture asks for each of thousands of lines. */
  function color(name) {
    if (!known.has(name)) known.set(name, style.getPropertyValue("--" + name).trim());
    return known.get(name);
  }

  system.addEventListener("change", apply);
  print.addEventListener("change", apply);
  KG.theme = {
    color,
    font: () => color("font"),
    dark: () => root.dataset.theme === "dark",
    toggle() {
      chosen = root.dataset.theme === "dark" ? "light" : "dark";
      remember();
      apply();
    },
    onChange: (listener) => listeners.push(listener),
  };
  apply();
})(window.KG);
