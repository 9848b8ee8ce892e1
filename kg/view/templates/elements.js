/* Making elements: text goes in as text, addresses only when they are http or https. */
(function (KG) {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const POINTS = {
    hexagon: "8,1 14,4.5 14,11.5 8,15 2,11.5 2,4.5",
    diamond: "8,0.5 15.5,8 8,15.5 0.5,8",
    square: "3,3 13,3 13,13 3,13",
    triangle: "8,1.5 15,14 1,14",
    triangleDown: "8,14.5 15,2 1,2",
  };

  /* An element with attributes and children; a child that is a string becomes text, null is left out. */
  function el(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "onclick") element.addEventListener("click", value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== null && value !== false) element.setAttribute(name, value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
  }

  function svg(tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /* A link, or plain text where the address is none that may be followed. */
  function link(url, text) {
    let parsed = null;
    try {
      parsed = url ? new URL(url) : null;
    } catch {
      parsed = null;
    }
    if (!parsed || (parsed.protocol !== "https:" && parsed.protocol !== "http:")) return el("span", { dir: "auto" }, text);
    return el("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, text);
  }

  /* The symbol of a kind. */
  function symbol(kind) {
    const entry = KG.store.data.legend.kinds.find((each) => each.key === kind);
    const shape = entry && POINTS[entry.shape] ? svg("polygon", { points: POINTS[entry.shape] }) : svg("circle", { cx: 8, cy: 8, r: 6.5 });
    return svg("svg", { viewBox: "0 0 16 16", class: "symbol kind-" + kind.toLowerCase(), "aria-hidden": "true" }, shape);
  }

  /* A sample of a line: its pattern and its end. */
  function sample(dashes, arrow, className) {
    const ends = {
      arrow: ["polygon", { points: "38,6 30,2 30,10", class: "end" }],
      vee: ["polygon", { points: "38,6 30,2 32,6 30,10", class: "end" }],
      bar: ["rect", { x: 35, y: 1, width: 3, height: 10, class: "end" }],
      circle: ["circle", { cx: 34, cy: 6, r: 4, class: "end" }],
      box: ["rect", { x: 31, y: 2.5, width: 7, height: 7, class: "end" }],
    };
    const stroke = svg("line", { x1: 1, y1: 6, x2: arrow ? 31 : 38, y2: 6, "stroke-dasharray": dashes.join(" ") || "none" });
    const end = arrow && ends[arrow] ? [svg(...ends[arrow])] : [];
    return svg("svg", { viewBox: "0 0 40 12", class: "sample " + (className || ""), "aria-hidden": "true" }, stroke, ...end);
  }

  KG.elements = { el, svg, link, symbol, sample, POINTS };
})(window.KG);
