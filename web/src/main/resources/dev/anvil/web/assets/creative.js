// One picture: its elements under the pointer, what is expected of it, and what edits change.
import { amount, ask, complain, element, find, given, percent, remember } from "./studio.js";
import { outcome, perform } from "./jobs.js";
import { receive, send } from "./upload.js";

const page = find("creative").dataset;
const post = `model=${page.model}&post=${encodeURIComponent(page.post)}`;
const stage = find("stage");
const canvas = find("overlay");
const pen = canvas.getContext("2d");
let elements = [];
let map = null;
let chosen = null;

/** Pixels of a picture of the studio, as drawn on a canvas of its own. */
async function pixels(source) {
  const image = new Image();
  image.src = source;
  await image.decode();
  const drawn = element("canvas", { width: image.naturalWidth, height: image.naturalHeight });
  const context = drawn.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, drawn.width, drawn.height);
}

/** Lights up what belongs to a label; nothing for null. */
function light(label) {
  pen.clearRect(0, 0, canvas.width, canvas.height);
  find("pointed").textContent = label ?? "";
  if (!label || !map) return;
  const lit = pen.createImageData(canvas.width, canvas.height);
  const inside = elements.map(e => e.label === label);
  for (let i = 0; i < map.data.length; i += 4) {
    const on = inside[map.data[i]];
    lit.data[i] = on ? 0 : 20; lit.data[i + 1] = on ? 150 : 20; lit.data[i + 2] = on ? 255 : 24;
    lit.data[i + 3] = on ? 84 : 120;
  }
  pen.putImageData(lit, 0, 0);
}

function at(event) {
  const box = canvas.getBoundingClientRect();
  const x = Math.min(canvas.width - 1, Math.max(0, Math.floor((event.clientX - box.left) / box.width * canvas.width)));
  const y = Math.min(canvas.height - 1, Math.max(0, Math.floor((event.clientY - box.top) / box.height * canvas.height)));
  return elements[map.data[4 * (y * canvas.width + x)]]?.label ?? null;
}

function choose(label) {
  chosen = label;
  remember({ element: label });
  for (const button of document.querySelectorAll("[data-element]")) button.setAttribute("aria-pressed", button.dataset.element === label);
  for (const tool of document.querySelectorAll("[data-tool]")) tool.disabled = !label;
  find("chosen").textContent = label ? `Change the ${label}` : "Choose an element of the picture first.";
  light(label);
}

async function showElements() {
  const found = await ask("GET", `/api/elements?${post}`);
  elements = found.elements;
  canvas.width = found.width;
  canvas.height = found.height;
  map = await pixels(`/api/label-map?${post}`);
  const labels = [...new Set(elements.map(e => e.label))];
  find("elements").replaceChildren(...labels.map(label => {
    const share = elements.filter(e => e.label === label).reduce((sum, e) => sum + e.coverage, 0);
    return element("li", {}, element("button", { type: "button", "data-element": label, "aria-pressed": "false",
      onclick: () => choose(label), onfocus: () => light(label), onblur: () => light(chosen),
      onpointerenter: () => light(label), onpointerleave: () => light(chosen) },
      label, element("small", {}, ` ${Math.round(100 * share)} %`)));
  }));
  canvas.addEventListener("pointermove", event => light(at(event)));
  canvas.addEventListener("pointerleave", () => light(chosen));
  canvas.addEventListener("click", event => choose(at(event)));
  const asked = given("element");
  choose(labels.includes(asked) ? asked : null);
}

async function showExpectation() {
  const said = await ask("GET", `/api/expectation?${post}`);
  const interval = said.interval ? ` (${Math.round(100 * said.interval.level)} % of such posts: ${amount(said.interval.low)} to ${amount(said.interval.high)})` : "";
  find("expectation").replaceChildren(
    element("p", { class: "big" }, `${amount(said.expected)} ${page.metric}`),
    element("p", {}, `expected of this picture by models that have not seen it${interval}.`));
  find("nearest").replaceChildren(...said.nearest.map(near => element("li", {},
    element("a", { href: `/creative?model=${page.model}&post=${encodeURIComponent(near.post)}` },
      element("img", { src: `/api/picture?campaign=${encodeURIComponent(page.campaign)}&model=${page.model}&post=${encodeURIComponent(near.post)}&width=160`, alt: near.picture, loading: "lazy" }),
      `${amount(near.metric)} ${page.metric}`))));
}

find("explain").addEventListener("click", async event => {
  const place = find("explain-state");
  event.target.disabled = true;
  try {
    const run = await perform("explain", { model: Number(page.model), pictures: [page.post], masks: 200, folder: `${page.own}/explain/${page.model}`, seed: 1 }, place);
    const made = await outcome(run.run);
    const [first] = made.explanations;
    place.replaceChildren(
      element("img", { class: "heat", src: `/api/runs/${run.run}/picture?number=0`, alt: `Heat map: ${first.elements.slice(0, 3).map(e => e.label).join(", ")} matter most` }),
      element("ul", {}, ...first.elements.slice(0, 6).map(e => element("li", {}, e.label))));
  } catch (failure) {
    event.target.disabled = false;
    if (failure.problems) complain(place, failure);
  }
});

/** Runs an edit and shows what it changes. */
async function edit(editor, parameters, words) {
  const place = find("edit-state");
  try {
    const run = await perform("what-if", { model: Number(page.model), picture: page.post, element: [chosen], editor, parameters,
      folder: page.own, seeds: seeds(editor), output: `${page.own}/edits` }, place);
    remember({ run: run.run });
    await showVariants(run.run, words);
  } catch (failure) {
    if (failure.problems) complain(place, failure);
  }
}

const seeds = editor => Array.from({ length: editor === "diffusion" ? Number(find("seeds").value) : 1 }, (_, i) => i + 1);

async function showVariants(run, words) {
  const made = await outcome(run);
  find("variants").replaceChildren(...made.variants.map((variant, number) => {
    const passed = variant.reasons.length === 0;
    const interval = variant.interval ? `, ${Math.round(100 * variant.interval.level)} % interval ${percent(variant.interval.low)} to ${percent(variant.interval.high)}` : "";
    return element("div", { class: passed ? "result" : "result bad", "data-variant": number },
      element("p", { class: "big" }, percent(variant.change)),
      element("p", {}, `expected ${made.metric} ${words ? `with ${words}` : "after the edit"}${interval}: ${amount(made.expected)} \u2192 ${amount(variant.expected)}.`),
      element("p", {}, element("span", { class: passed ? "pill passed" : "pill failed" }, passed ? "checks passed" : "check failed"),
        ` ${(100 * variant.changedShare).toFixed(1)} % of the pixels changed, ${(100 * variant.outsideShare).toFixed(1)} % of those that may not.`),
      passed ? null : element("ul", {}, ...variant.reasons.map(reason => element("li", {}, reason))),
      element("div", { class: "row" },
        element("button", { type: "button", onclick: () => compare(run, number) }, "Compare"),
        element("button", { type: "button", onclick: () => difference(run, number) }, "Show the difference"),
        element("a", { class: "button", href: `/api/runs/${run}/picture?number=${number}&download=true` }, "Download PNG"),
        element("a", { class: "button", href: `/study?model=${page.model}&add=${run}` }, "Add to a study")));
  }), element("ul", { class: "problems" }, ...made.notes.map(note => element("li", {}, note))));
  await compare(run, 0);
}

async function compare(run, number) {
  light(null);
  stage.querySelectorAll(".after, .line").forEach(old => old.remove());
  const after = element("img", { class: "after", src: `/api/runs/${run}/picture?number=${number}`, alt: "the variant" });
  stage.insertBefore(after, canvas);
  stage.append(element("div", { class: "line" }));
  find("slider").hidden = false;
  cut(find("cut").value);
}

const cut = value => stage.style.setProperty("--cut", `${value}%`);
find("cut").addEventListener("input", event => cut(event.target.value));

async function difference(run, number) {
  const [before, after] = await Promise.all([
    pixels(`/api/picture?campaign=${encodeURIComponent(page.campaign)}&model=${page.model}&post=${encodeURIComponent(page.post)}`),
    pixels(`/api/runs/${run}/picture?number=${number}`)]);
  const shown = pen.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < shown.data.length; i += 4) {
    let most = 0;
    for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs(before.data[i + c] - after.data[i + c]));
    shown.data[i] = 255; shown.data[i + 1] = 40; shown.data[i + 2] = 140; shown.data[i + 3] = Math.min(230, most * 4);
  }
  pen.putImageData(shown, 0, 0);
}

for (const button of document.querySelectorAll("[data-colour]")) {
  button.addEventListener("click", () => edit("recolor", { colour: button.dataset.colour }, `the ${chosen} in ${button.dataset.name}`));
}
find("own-colour").addEventListener("change", event => edit("recolor", { colour: event.target.value }, `the ${chosen} in ${event.target.value}`));
find("remove").addEventListener("click", () => edit("remove", {}, `the ${chosen} removed`));
find("prompt-form")?.addEventListener("submit", event => {
  event.preventDefault();
  edit("diffusion", { prompt: find("prompt").value }, `\u201c${find("prompt").value}\u201d`);
});
receive(find("backdrop"), async files => {
  try {
    const upload = await send(files, find("edit-state"));
    if (upload.failures.length) return complain(find("edit-state"), { problems: upload.failures });
    if (!chosen) choose("background");
    await edit("background", { plates: `${upload.folder}/${upload.files[0]}` }, "another backdrop");
  } catch (failure) {
    complain(find("edit-state"), failure);
  }
});

await Promise.all([
  showElements().catch(failure => complain(find("elements"), failure)),
  showExpectation().catch(failure => complain(find("expectation"), failure)),
]);
if (given("run")) await showVariants(given("run")).catch(failure => complain(find("edit-state"), failure));
document.documentElement.dataset.ready = "true";
