// A study: clicked together or typed, always as the file that the command line runs.
import { ask, complain, element, fill, find, given, percent, remember } from "./studio.js";
import { outcome, perform, time } from "./jobs.js";

const page = find("study").dataset;
const yaml = find("yaml");
const form = find("builder");
const COLOURS = JSON.parse(find("colours").textContent);
const PILOT = 8;

const quoted = text => JSON.stringify(text);
const list = labels => `[${labels.map(quoted).join(", ")}]`;
const labels = field => list(field.value.split(",").map(l => l.trim()).filter(Boolean));
const slug = text => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 56) || "study";

/** Edits of single pictures that were added and have no box in the form: editor, element, parameters. */
let taken = [];

/** What the form wrote last: a file that is another one was edited by hand. */
let own = yaml.value;

/** The factors that are ticked, as lines of YAML. */
function factors() {
  const lines = [];
  const colours = [...form.querySelectorAll("input[name=colour]:checked")].map(i => [i.value, COLOURS[i.value]]);
  colours.push(...taken.filter(e => e.editor === "recolor").map(e => [e.parameters.colour, e.parameters.colour]));
  if (colours.length) {
    lines.push("  colour:", `    title: ${quoted(`Colour of the ${form.elements.element.value.split(",")[0].trim()}`)}`,
      `    element: ${labels(form.elements.element)}`, "    editor: recolor",
      `    reference: ${colours.length > 1 ? "average" : "control"}`, "    levels:",
      ...colours.map(([name, hex]) => `      ${quoted(name)}: {colour: ${quoted(hex)}}`));
  }
  for (const label of [...form.querySelectorAll("input[name=remove]:checked")].map(i => i.value)) {
    lines.push(`  ${quoted(`without ${label}`)}:`, `    title: ${quoted(`Without the ${label}`)}`, `    element: ${list([label])}`, "    editor: remove",
      "    reference: control", "    levels:", "      removed: {}");
  }
  if (form.elements.blur.checked) {
    lines.push("  background:", "    title: Blurred background", "    element: background", "    editor: blur", "    reference: control",
      "    levels:", "      blurred: {target: background}");
  }
  const others = taken.filter(e => e.editor !== "recolor");
  for (const editor of new Set(others.map(e => e.editor))) {
    const same = others.filter(e => e.editor === editor);
    lines.push(`  ${quoted(`${editor} of ${same[0].element[0]}`)}:`, `    element: ${list(same[0].element)}`, `    editor: ${editor}`,
      ...(editor === "diffusion" ? ["    seeds: 3"] : []), "    reference: control", "    levels:",
      ...same.map((e, i) => `      ${quoted(e.parameters.prompt ?? e.parameters.position ?? `level ${i + 1}`)}: ${JSON.stringify(e.parameters)}`));
  }
  return lines;
}

/** When to stop before all creatives are edited: after interim analyses that share the error. */
function stop() {
  const half = Number(form.elements.half.value);
  if (!half) return "";
  const count = Number(form.elements.count.value);
  const first = Math.max(5, Math.round(count / 4));
  return `, stop: {half_width: ${half / 100}, first: ${first}, step: ${Math.max(1, Math.round((count - first) / 3))}}`;
}

function written() {
  const lines = ["anvil: study/1", `name: ${quoted(form.elements.name.value)}`, `metric: ${quoted(page.metric)}`, `seed: ${form.elements.seed.value}`,
    `sources: {element: ${labels(form.elements.element)}, count: ${form.elements.count.value}, min_coverage: 0.01${stop()}}`, "factors:", ...factors()];
  const tone = form.elements.placebo.checked
    ? ["placebos:", "  tone:", "    element: picture", "    editor: tone", "    levels:", "      tint: {colour: \"#c8a060\", strength: 0.08}"] : [];
  return [...lines, ...tone].join("\n") + "\n";
}

/** Writes the file as the form says; what somebody typed is not thrown away unasked. */
function write() {
  if (yaml.value && yaml.value !== own) {
    fill(find("by-hand"), element("p", { class: "warn", role: "status" },
      "The file was edited by hand, so the form leaves it alone. ",
      element("button", { type: "button", onclick: () => { own = yaml.value; write(); } }, "Write it anew by the form")));
    return;
  }
  find("by-hand").replaceChildren();
  own = written();
  yaml.value = own;
  changed();
}

let timer = null;
function changed() {
  clearTimeout(timer);
  fill(find("forecast-result"));
  timer = setTimeout(() => check().catch(failure => complain(find("study-preview"), failure)), 250);
}

const named = () => given("name") ? `?name=${encodeURIComponent(given("name"))}` : "";

let asked = 0;
async function check() {
  const turn = ++asked;
  if (yaml.value === own && !factors().length) {
    for (const id of ["run", "forecast"]) find(id).disabled = true;
    return fill(find("study-preview"), element("p", { role: "status" }, "Choose at least one factor."));
  }
  const said = await ask("POST", `/api/study-preview${named()}`, { text: yaml.value });
  if (turn !== asked) return; // the file has changed since
  const place = find("study-preview");
  for (const id of ["run", "forecast"]) find(id).disabled = said.problems.length > 0;
  if (said.problems.length) return complain(place, { problems: said.problems });
  place.replaceChildren(element("p", { role: "status" },
    `Makes up to ${said.pictures} pictures of ${said.creatives} creatives and estimates ${said.contrasts} contrasts.`));
}

form.addEventListener("input", write);
yaml.addEventListener("input", changed);

/** Keeps the file under its name; under the next free one where another study has that. */
async function keep() {
  const wanted = given("name") ?? slug(form.elements.name.value);
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    const replace = name === given("name");
    try {
      const kept = await ask("PUT", `/api/study-file?name=${name}&replace=${replace}`, { text: yaml.value });
      remember({ name, add: null });
      find("kept").textContent = `Kept. On the command line: anvil study ${kept.file} --model ${page.model}`;
      return kept;
    } catch (failure) {
      if (failure.code !== "CONFLICT") throw failure;
    }
  }
}

const asRequest = kept => ({ study: { text: kept.text, folder: kept.folder, name: kept.file }, model: Number(page.model), segmenter: null });

find("keep").addEventListener("click", () => keep().catch(failure => complain(find("study-state"), failure)));

find("run").addEventListener("click", async () => {
  try {
    const kept = await keep();
    const view = await ask("POST", "/api/study", { what: asRequest(kept) });
    location.href = `/study-run?run=${view.run}`;
  } catch (failure) {
    complain(find("study-state"), failure);
  }
});

/** What the study will cost and what it can find, by a few of its creatives. */
async function forecast() {
  const kept = await keep();
  const run = await perform("forecast", { what: asRequest(kept), pilot: PILOT }, find("forecast-state"));
  const made = await outcome(run.run);
  const { forecast: of } = made;
  const cost = made.seconds === null ? "for a time that is not known" : `for about ${time(made.seconds)} on this machine`;
  const left = of.factors.reduce((sum, f) => sum + f.toMake, 0);
  fill(find("forecast-result"),
    element("p", {}, element("b", {}, `${left} pictures to make, ${cost}.`)),
    element("p", {}, `With ${of.sources} creatives, the smallest effects on ${page.metric} that this study finds four times in five:`),
    element("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": "What the study can find" },
      element("table", {},
        element("thead", {}, element("tr", {}, ...["Contrast", "Smallest effect found"].map((h, i) => element("th", { scope: "col", class: i ? "n" : null }, h)))),
        element("tbody", {}, ...of.contrasts.map(c => element("tr", {},
          element("th", { scope: "row" }, `${c.factor}: ${c.level} against ${c.reference}`),
          element("td", { class: "n" }, c.effect === null ? "not known" : `\u00b1\u2009${percent(c.effect).replace("+", "")}`)))))),
    element("ul", { class: "problems" }, ...made.notes.map(note => element("li", {}, note))));
}

find("forecast").addEventListener("click", async event => {
  event.target.disabled = true;
  try {
    await forecast();
  } catch (failure) {
    if (failure.problems) complain(find("forecast-state"), failure);
  } finally {
    event.target.disabled = false;
  }
});

find("starter").addEventListener("click", async event => {
  event.target.disabled = true;
  try {
    const name = `first-${Date.now().toString(36)}`;
    const run = await perform("starter-study", { model: Number(page.model), study: `${page.own}/studies/${name}/study.yaml` }, find("study-state"));
    await outcome(run.run);
    location.href = `/study?model=${page.model}&name=${name}`;
  } catch (failure) {
    event.target.disabled = false;
    if (failure.problems) complain(find("study-state"), failure);
  }
});

/** Takes over the edit of a run of the page of one picture. */
async function add(run) {
  const { request } = await ask("GET", `/api/runs/${run}`);
  const editor = request.editor ?? "diffusion";
  const known = editor === "recolor" && Object.entries(COLOURS).find(([, hex]) => hex === request.parameters.colour);
  const box = editor === "remove" && form.querySelector(`input[name=remove][value="${CSS.escape(request.element[0])}"]`);
  if (editor === "recolor") form.elements.element.value = request.element.join(", ");
  if (known) form.querySelector(`input[name=colour][value=${known[0]}]`).checked = true;
  else if (box) box.checked = true;
  else taken.push({ editor, element: request.element, parameters: request.parameters });
}

if (!yaml.value) {
  const runs = new URL(location.href).searchParams.getAll("add").flatMap(value => value.split(","));
  for (const run of runs) await add(run).catch(failure => complain(find("study-state"), failure));
  own = written();
  yaml.value = own;
} else {
  own = ""; // a file that was opened is not the form's
}
await check().catch(failure => complain(find("study-preview"), failure));
document.documentElement.dataset.ready = "true";
