"use strict";
// The query page: lists the competency queries, runs a query, shows rows. Results are data: only textContent is used.
const form = document.getElementById("form");
const choice = document.getElementById("choice");
const text = document.getElementById("text");
const status = document.getElementById("status");
const result = document.getElementById("result");

function cell(binding) {
  const td = document.createElement("td");
  if (!binding) return td;
  if (binding.type === "uri" && /^https?:\/\//.test(binding.value)) {
    const a = document.createElement("a");
    a.href = binding.value;
    a.rel = "noopener noreferrer";
    a.textContent = binding.value;
    td.append(a);
  } else {
    td.textContent = binding.value;
  }
  return td;
}

function table(answer) {
  const el = document.createElement("table");
  const head = el.createTHead().insertRow();
  for (const name of answer.head.vars) {
    const th = document.createElement("th");
    th.scope = "col";
    th.textContent = name;
    head.append(th);
  }
  const body = el.createTBody();
  for (const row of answer.results.bindings) {
    const tr = body.insertRow();
    for (const name of answer.head.vars) tr.append(cell(row[name]));
  }
  return el;
}

async function run() {
  status.className = "";
  status.textContent = "…";
  result.replaceChildren();
  const begin = performance.now();
  try {
    const response = await fetch("query", {
      method: "POST",
      headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.5" },
      body: text.value,
    });
    if (!response.ok) throw new Error((await response.text()).trim());
    const kind = response.headers.get("content-type") || "";
    if (kind.startsWith("application/sparql-results+json")) {
      const answer = await response.json();
      if ("boolean" in answer) {
        status.textContent = String(answer.boolean);
        return;
      }
      result.append(table(answer));
      status.textContent = `${answer.results.bindings.length} rows, ${Math.round(performance.now() - begin)} ms`;
    } else {
      const pre = document.createElement("pre");
      pre.textContent = await response.text();
      result.append(pre);
      status.textContent = `${Math.round(performance.now() - begin)} ms`;
    }
  } catch (error) {
    status.className = "error";
    status.textContent = error.message;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});

fetch("queries.json").then((r) => r.json()).then((queries) => {
  for (const query of queries) {
    const option = document.createElement("option");
    option.value = query.text;
    option.textContent = query.question;
    choice.append(option);
  }
});
fetch("outputs.json").then((r) => r.json()).then((outputs) => {
  for (const { file, name } of outputs) {
    const a = document.createElement("a");
    a.href = file;
    a.textContent = name;
    document.getElementById("outputs").append(a, " ");
  }
});
choice.addEventListener("change", () => {
  if (choice.value) text.value = choice.value;
});
