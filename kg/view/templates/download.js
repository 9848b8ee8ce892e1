/* What a reader takes away: the picture as PNG and SVG, what is shown as CSV, the same as a SPARQL query. */
(function (KG) {
  "use strict";
  const { store, shown } = KG;
  const menu = document.getElementById("save");
  const status = document.getElementById("status");
  // Pixels a px of the window: sharp in print at the width of a column.
  const SHARP = 3;
  const MOST = 8000;

  const stem = () => store.data.study.title.normalize("NFKD").replace(/[^\w]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60).toLowerCase() || "network";

  function save(blob, ending) {
    const url = URL.createObjectURL(blob);
    const a = document.createElement("a");
    a.href = url;
    a.download = stem() + ending;
    document.body.append(a);
    a.click();
    a.remove();
    // The browser reads the address after this turn.
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    tell("Saved as " + a.download);
  }

  let fading = 0;

  /* Says what was done, also where the status is else not seen. */
  function tell(text) {
    status.textContent = text;
    status.classList.add("said");
    clearTimeout(fading);
    fading = setTimeout(() => status.classList.remove("said"), 5000);
  }

  const svgBlob = (source) => new Blob([source], { type: "image/svg+xml" });

  function png(view) {
    const image = new Image();
    const source = KG.svg.source(view);
    image.addEventListener("load", () => {
      const times = Math.min(SHARP, MOST / image.width, MOST / image.height);
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * times);
      canvas.height = Math.round(image.height * times);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(blob, ".png"), "image/png");
    });
    image.addEventListener("error", () => {
      tell("The browser could not draw the picture: save it as SVG.");
    });
    // The page's policy allows images from data alone.
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(source);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      tell("The query is in the clipboard.");
    } catch {
      // Without the right to the clipboard, as in some browsers from disk.
      save(new Blob([text], { type: "application/sparql-query" }), ".rq");
    }
  }

  const ACTIONS = {
    png: () => png(shown.now()),
    svg: () => save(svgBlob(KG.svg.source(shown.now())), ".svg"),
    // The mark tells a spreadsheet that this is UTF-8.
    csv: () => save(new Blob(["\ufeff", KG.csv(shown.now())], { type: "text/csv;charset=utf-8" }), ".csv"),
    sparql: () => {
      const query = KG.sparql.now();
      if (query === null) tell("No line between an intervention and a disease is shown.");
      else copy(query);
    },
    print: () => window.print(),
  };

  for (const button of menu.querySelectorAll("button[data-save]")) {
    button.addEventListener("click", () => {
      menu.open = false;
      menu.querySelector("summary").focus();
      ACTIONS[button.dataset.save]();
    });
  }
  // A canvas breaks over the edge of a page; a drawing fits itself to it.
  const printed = document.getElementById("printed");
  const PRINTED = {
    network: (on) => printed.replaceChildren(...(on ? [KG.svg.draw(shown.now())] : [])),
    matrix: KG.matrix.fitToPage,
    table: KG.table.whole,
  };
  window.addEventListener("beforeprint", () => PRINTED[KG.state.get().view](true));
  window.addEventListener("afterprint", () => PRINTED[KG.state.get().view](false));
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
  });
})(window.KG);
