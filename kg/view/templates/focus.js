/*
 * Keeps the focus where the reader was while parts of the page are made anew: on the same button, else on its part of the
 * page, never on nothing.
 */
(function (KG) {
  "use strict";
  const PARTS = "#panel, #table, #matrix, #notice, #legend";
  const name = (element) => [element.tagName, element.id, element.getAttribute("aria-label"), element.textContent.slice(0, 80)].join("|");

  /* Where the focus is: {part, name}, or null outside the parts that are made anew. */
  function place() {
    const element = document.activeElement;
    const part = element && element.closest(PARTS);
    return part ? { part, name: name(element) } : null;
  }

  // The browser takes the focus from what cannot have it only when it draws next.
  function lost() {
    const element = document.activeElement;
    return element === null || element === document.body || !element.checkVisibility() || element.closest("[inert], :disabled") !== null;
  }

  /* Goes back to a place, or to `otherwise` where it is no more. */
  function back(at, otherwise) {
    const again = at && [...at.part.querySelectorAll("button, input, a, summary")].find((each) => name(each) === at.name && each.checkVisibility());
    const target = again || (at && at.part.tabIndex >= -1 && at.part.hasAttribute("tabindex") && at.part.checkVisibility() ? at.part : otherwise);
    target.focus({ preventScroll: true });
  }

  /* Runs an action that makes parts anew. */
  function keep(action, otherwise) {
    const before = place();
    const had = !lost();
    action();
    if (had && lost()) back(before, otherwise());
  }

  KG.focus = { place, back, keep };
})(window.KG);
