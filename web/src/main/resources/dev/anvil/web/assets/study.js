// A study: clicked together or typed, always as the file that the command line runs.
import { ask, complain, element, find, given, remember } from "./studio.js";
import { outcome, perform } from "./jobs.js";

const page = find("study").dataset;
const yaml = find("yaml");
const form = find("builder");
const COLOURS = JSON.parse(find("colours").textContent);

const quoted = text => JSON.stringify(text);
const labels = field => `[${field.value.split(",").map(l => l.trim()).filter(Boolean).join(", ")}]`;
const slug = text => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "study";

/** The factors that are ticked, as lines of YAML. */
function factors() {
  const lines = [];
  const colours = [...form.querySelectorAll("input[name=colour]:checked")].map(i => i.value);
  if (colours.length) {
    lines.push("  colour:", `    title: ${quoted(`Colour of the ${form.elements.element.value.split(",")[0].trim()}`)}`,
      `    element: ${labels(form.elements.element)}`, "    editor: recolor",
      `    reference: ${colours.length > 1 ? "average" : "control"}`, "    levels:",
      ...colours.map(name => `      ${name}: {colour: ${quoted(COLOURS[name])}}`));
  }
  for (const label of [...form.querySelectorAll("input[name=remove]:checked")].map(i => i.value)) {
    lines.push(`  ${slug(label)}:`, `    title: ${quoted(`Without the ${label}`)}`, `    element: [${label}]`, "    editor: remove",
      "    reference: control", "    levels:", "      removed: {}");
  }
  if (form.elements.blur.checked) {
    lines.push("  background:", "    title: Blurred background", "    element: background", "    editor: blur", "    reference: control",
      "    levels:", "      blurred: {target: background}");
  }
  return lines;
}

function written() {
  const lines = ["anvil: study/1", `name: ${quoted(form.elements.name.value)}`, `metric: ${quoted(page.metric)}`, `seed: ${form.elements.seed.value}`,
    `sources: {element: ${labels(form.elements.element)}, count: ${form.elements.count.value}, min_coverage: 0.01}`, "factors:", ...factors()];
  const tone = form.elements.placebo.checked
    ? ["placebos:", "  tone:", "    element: picture", "    editor: tone", "    levels:", "      tint: {colour: \"#c8a060\", strength: 0.08}"] : [];
  return [...lines, ...tone].join("\n") + "\n";
}

let timer = null;
function changed() {
  clearTimeout(timer);
  timer = setTimeout(check, 250);
}

let asked = 0;
async function check() {
  const own = ++asked;
  const said = await ask("POST", "/api/study-preview", { text: yaml.value });
  if (own !== asked) return; // the file has changed since
  const place = find("study-preview");
  find("run").disabled = said.problems.length > 0;
  if (said.problems.length) return complain(place, { problems: said.problems });
  place.replaceChildren(element("p", { role: "status" },
    `Makes up to ${said.pictures} pictures of ${said.creatives} creatives and estimates ${said.contrasts} contrasts.`));
}

form.addEventListener("input", () => { yaml.value = written(); changed(); });
yaml.addEventListener("input", changed);

async function keep() {
  const name = slug(form.elements.name.value);
  const kept = await ask("PUT", `/api/study-file?name=${name}`, { text: yaml.value });
  remember({ name, add: null });
  find("kept").textContent = `Kept. On the command line: anvil study ${kept.file} --model ${page.model}`;
  return kept;
}

find("keep").addEventListener("click", () => keep().catch(failure => complain(find("study-state"), failure)));

find("run").addEventListener("click", async () => {
  try {
    const kept = await keep();
    const view = await ask("POST", "/api/study", { what: { study: { text: kept.text, folder: kept.folder, name: kept.file }, model: Number(page.model), segmenter: null } });
    location.href = `/study-run?run=${view.run}`;
  } catch (failure) {
    complain(find("study-state"), failure);
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
  form.elements.element.value = request.element.join(", ");
  if (request.editor === "recolor") {
    const known = Object.entries(COLOURS).find(([, hex]) => hex === request.parameters.colour);
    if (known) form.querySelector(`input[name=colour][value=${known[0]}]`).checked = true;
  } else if (request.editor === "remove") {
    const box = form.querySelector(`input[name=remove][value="${CSS.escape(request.element[0])}"]`);
    if (box) box.checked = true;
  }
}

if (!yaml.value) {
  if (given("add")) await add(given("add")).catch(failure => complain(find("study-state"), failure));
  yaml.value = written();
}
await check().catch(failure => complain(find("study-preview"), failure));
document.documentElement.dataset.ready = "true";
