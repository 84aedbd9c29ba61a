// The start: drop posts and pictures, see how they are read, import, fit.
import { Failure, ask, complain, element, fill, find } from "./studio.js";
import { perform, outcome } from "./jobs.js";
import { receive, send } from "./upload.js";

const ROLES = ["picture", "time", "id", "metric", "metadata", "not used"];
const place = find("import-state");
const shown = find("import-preview");
let source = null;

function role(summary, column) {
  const columns = summary.columns;
  if (columns.picture === column) return "picture";
  if (columns.time === column) return "time";
  if (columns.id === column) return "id";
  if (columns.metrics.includes(column)) return "metric";
  return columns.metadata.includes(column) ? "metadata" : "not used";
}

const RECOGNISE = { id: null, picture: null, time: null, metrics: [], metadata: [], dateOrder: null };

/** The columns as the selects say, or as recognised. */
function mapping() {
  const of = role => [...shown.querySelectorAll("select[data-column]")].filter(s => s.value === role).map(s => s.dataset.column);
  const selects = [...shown.querySelectorAll("select[data-column]")];
  if (!selects.length || selects.every(s => s.value === s.dataset.was)) return RECOGNISE;
  for (const one of ["id", "picture", "time"]) {
    if (of(one).length > 1) throw new Failure([{ where: "Columns", message: `${of(one).join(" and ")} are both read as ${one}; choose one of them` }]);
  }
  return { id: of("id")[0] ?? null, picture: of("picture")[0] ?? null, time: of("time")[0] ?? "none",
    metrics: of("metric"), metadata: of("metadata"), dateOrder: null };
}

const request = (columns, name, append) => ({ posts: source.posts, pictures: source.pictures ?? null, columns, name, append });

async function preview() {
  place.replaceChildren(element("p", { role: "status" }, "Reading the table."));
  try {
    const summary = await ask("POST", "/api/preview", request(mapping(), null, false));
    place.replaceChildren();
    show(summary);
  } catch (failure) {
    complain(place, failure);
  }
}

function show(summary) {
  const rows = summary.header.map(column => {
    const was = role(summary, column);
    return element("tr", {},
      element("th", { scope: "row" }, column),
      element("td", {}, element("select", { "data-column": column, "data-was": was, "aria-label": `What ${column} is`, onchange: preview },
        ...ROLES.map(r => element("option", { selected: r === was }, r)))),
      element("td", {}, summary.examples[column] ?? ""));
  });
  const said = [...summary.notes.map(n => n.text), ...summary.causes.map(c => `${c.where}: ${c.message}`)];
  const name = element("input", { id: "campaign-name", value: source.name ?? summary.campaign, required: true });
  const append = element("input", { type: "checkbox", id: "append" });
  fill(shown,
    element("h2", {}, `${summary.posts} posts can be used` + (summary.setAside ? `, ${summary.setAside} rows cannot` : "")),
    element("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": "Columns of the table" },
      element("table", {}, element("thead", {}, element("tr", {}, ...["Column", "Read as", "First value"].map(h => element("th", { scope: "col" }, h)))),
        element("tbody", {}, ...rows))),
    said.length ? element("ul", { class: "problems" }, ...said.map(text => element("li", {}, text))) : null,
    element("div", { class: "row" },
      element("label", {}, "Name of the campaign", name),
      element("label", { class: "inline" }, append, "Add to the campaign of that name"),
      element("button", { type: "button", class: "main", id: "import", onclick: () => bring(name.value, append.checked) }, "Import and fit")));
  find("import").focus();
}

async function bring(name, append) {
  try {
    const imported = await outcome((await perform("import", request(mapping(), name, append), place)).run);
    const fit = await perform("fit", { campaign: imported.summary.campaign, seed: 1 }, place);
    location.href = `/campaign?campaign=${encodeURIComponent(imported.summary.campaign)}&model=${fit.run}`;
  } catch (failure) {
    if (failure.problems) complain(place, failure);
  }
}

async function read(upload, table) {
  source = { posts: `${upload.folder}/${table}`, pictures: upload.folder };
  shown.replaceChildren();
  await preview();
}

receive(find("drop"), async files => {
  try {
    shown.replaceChildren();
    const upload = await send(files, place);
    if (upload.failures.length) complain(place, { problems: upload.failures });
    const tables = upload.files.filter(name => /\.(csv|tsv|txt|tab|xlsx|xlsm|jsonl|ndjson|json|parquet)$/i.test(name));
    if (!tables.length) return complain(place, { problems: [{ where: "Files", message: "hold no table of posts; drop a CSV or XLSX file with the pictures" }] });
    if (tables.length === 1) return await read(upload, tables[0]);
    fill(shown,
      element("h2", {}, "Which table holds the posts?"),
      element("ul", { class: "buttons" }, ...tables.map(name => element("li", {},
        element("button", { type: "button", onclick: () => read(upload, name) }, name)))));
  } catch (failure) {
    complain(place, failure);
  }
});

find("by-path").addEventListener("submit", event => {
  event.preventDefault();
  source = { posts: find("path").value };
  shown.replaceChildren();
  preview();
});
