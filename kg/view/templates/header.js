/* The heading: study, paper, date, counts. It runs before the picture is made, whose room it decides. */
(function (KG) {
  "use strict";
  const { store } = KG;
  const byId = (id) => document.getElementById(id);
  const { title, subtitle, url, date } = store.data.study;
  byId("title").textContent = title;
  const assertions = store.data.edges.reduce((sum, line) => sum + (line.group === "assertion" ? line.statements.length : 0), 0);
  const papers = store.data.nodes.filter((node) => node.kind === "Paper").length;
  const counts = [
    [store.data.nodes.length - papers, "concept"],
    [assertions, "statement"],
    [papers, "paper"],
  ];
  const about = counts.filter(([n]) => n).map(([n, name]) => n.toLocaleString("en") + " " + name + (n === 1 ? "" : "s"));
  byId("title").title = title;
  byId("about").title = subtitle;
  if (subtitle) byId("subtitle").append(KG.elements.link(url, subtitle));
  // A separator after each part, also before the paper.
  byId("counts").textContent = [about.join(", "), date ? "newest of " + date : null].filter(Boolean).map((part) => part + " · ").join("");
})(window.KG);
