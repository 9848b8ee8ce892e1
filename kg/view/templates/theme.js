/* Light and dark: the system's choice until the reader makes another. Colours live in the style sheet. */
(function (KG) {
  "use strict";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const listeners = [];
  let chosen = null;
  let style = null;

  function apply() {
    root.dataset.theme = chosen || (system.matches ? "dark" : "light");
    style = getComputedStyle(root);
    for (const listener of listeners) listener();
  }

  system.addEventListener("change", apply);
  KG.theme = {
    color: (name) => style.getPropertyValue("--" + name).trim(),
    font: () => style.getPropertyValue("--font").trim(),
    dark: () => root.dataset.theme === "dark",
    set(name) {
      chosen = name;
      apply();
    },
    toggle() {
      chosen = root.dataset.theme === "dark" ? "light" : "dark";
      apply();
    },
    onChange: (listener) => listeners.push(listener),
  };
  apply();
})(window.KG);
