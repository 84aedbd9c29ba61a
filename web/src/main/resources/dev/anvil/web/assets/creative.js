// One picture: its elements under the pointer, what is expected of it, and what edits change.
import { amount, ask, complain, element, fill, find, given, percent, remember } from "./studio.js";
import { explain, shown } from "./explain.js";
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
let places = {};

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
  point(label ? `Under the pointer: ${label}` : "");
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

/** What the picture shows besides itself; a space keeps the line's place. */
function point(text) {
  find("pointed").textContent = text || "\u00a0";
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
  showPlaces();
}

async function showElements() {
  const found = await ask("GET", `/api/elements?${post}`);
  elements = found.elements;
  places = found.places;
  canvas.width = found.width;
  canvas.height = found.height;
  map = await pixels(`/api/label-map?${post}`);
  const labels = [...new Set(elements.map(e => e.label))];
  find("elements").replaceChildren(...labels.map(label => {
    const share = elements.filter(e => e.label === label).reduce((sum, e) => sum + e.coverage, 0);
    return element("li", {}, element("button", { type: "button", "data-element": label, "aria-pressed": "false",
      onclick: () => choose(label), onfocus: () => light(label), onblur: () => light(chosen),
      onpointerenter: () => light(label), onpointerleave: () => light(chosen) },
      label, element("small", {}, share < 0.005 ? " <1\u00a0%" : ` ${Math.round(100 * share)}\u00a0%`)));
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
    const made = await explain(Number(page.model), page.own, [page.post], 200, place);
    place.replaceChildren(...shown(made.run, 0, made.explanations[0]));
  } catch (failure) {
    event.target.disabled = false;
    if (failure.problems) complain(place, failure);
  }
});

/** Editors that draw at random, of which several variants can be made at once. */
const RANDOM = ["background", "insert", "diffusion"];
const seeds = editor => Array.from({ length: RANDOM.includes(editor) ? Number(find("seeds").value) : 1 }, (_, i) => i + 1);

let turn = 0;

/** Runs an edit and shows what it changes; the edit that was asked for last is the one shown. */
async function edit(editor, parameters) {
  const own = ++turn;
  const place = find("edit-state");
  try {
    const run = await perform("what-if", { model: Number(page.model), picture: page.post, element: [chosen], editor, parameters,
      folder: page.own, seeds: seeds(editor), output: `${page.own}/edits` }, place);
    if (own !== turn) return;
    remember({ run: run.run, gone: null });
    await showVariants(run.run);
  } catch (failure) {
    if (failure.problems) complain(place, failure);
  }
}

/** What an edit did, in words. */
function words(request) {
  const { editor, parameters } = request;
  const what = request.element.join(", ");
  const paint = document.querySelector(`[data-colour="${CSS.escape(parameters.colour ?? "")}"]`)?.dataset.name ?? parameters.colour;
  switch (editor ?? "diffusion") {
    case "recolor": return `the ${what} in ${paint}`;
    case "remove": return `the ${what} removed`;
    case "background": return "another backdrop";
    case "insert": return `a figure at ${parameters.position} of the ${what}`;
    case "diffusion": return `\u201c${parameters.prompt}\u201d`;
    default: return `${editor} of the ${what}`;
  }
}

const list = name => (given(name) ?? "").split(",").filter(Boolean);
const interval = variant => variant.interval ? ` (${Math.round(100 * variant.interval.level)} % interval ${percent(variant.interval.low)} to ${percent(variant.interval.high)})` : "";

function card(run, made, number, about) {
  const variant = made.variants[number];
  const passed = variant.reasons.length === 0;
  const several = made.variants.length > 1;
  return element("div", { class: passed ? "result" : "result bad", "data-variant": number },
    several ? element("img", { src: `/api/runs/${run}/picture?number=${number}`, alt: `variant ${number + 1}`, loading: "lazy" }) : null,
    element("p", { class: "big" }, percent(variant.change)),
    element("p", {}, `expected ${made.metric} with ${about}${interval(variant)}: ${amount(made.expected)} \u2192 ${amount(variant.expected)}.`),
    element("p", {}, element("span", { class: passed ? "pill passed" : "pill failed" }, passed ? "checks passed" : "check failed"),
      ` ${(100 * variant.changedShare).toFixed(1)} % of the pixels changed, ${(100 * variant.outsideShare).toFixed(1)} % of those that may not.`),
    passed ? null : element("ul", {}, ...variant.reasons.map(reason => element("li", {}, reason))),
    element("div", { class: "row" },
      element("button", { type: "button", onclick: () => compare(run, number) }, "Compare"),
      element("button", { type: "button", onclick: () => difference(run, number) }, "Show the difference"),
      element("button", { type: "button", onclick: () => keep(run, number) }, "Keep"),
      element("button", { type: "button", onclick: () => discard(run, number) }, "Discard"),
      element("a", { class: "button", href: `/api/runs/${run}/picture?number=${number}&download=true` }, "Download PNG")));
}

async function showVariants(run) {
  const [made, { request }] = await Promise.all([outcome(run), ask("GET", `/api/runs/${run}`)]);
  const about = words(request);
  const gone = list("gone").map(Number);
  const left = made.variants.map((_, number) => number).filter(number => !gone.includes(number));
  const changes = left.map(number => made.variants[number].change);
  const several = left.length > 1;
  fill(find("many"),
    several ? element("h2", {}, "Variants") : null,
    several ? element("p", { role: "status" }, `${left.length} variants of ${about}: ${percent(Math.min(...changes))} to ${percent(Math.max(...changes))}, on average ${percent(changes.reduce((a, b) => a + b, 0) / changes.length)}.`) : null,
    several ? element("div", { class: "results" }, ...left.map(number => card(run, made, number, about))) : null);
  fill(find("variants"),
    left.length === 1 ? card(run, made, left[0], about) : null,
    left.length ? null : element("p", { role: "status" }, "All variants were discarded."),
    element("ul", { class: "problems" }, ...made.notes.map(note => element("li", {}, note))));
  if (left.length) await compare(run, left[0]);
  else uncompare();
}

async function discard(run, number) {
  remember({ gone: [...list("gone"), number].join(",") });
  await showVariants(run);
}

/** Keeps a variant beside the picture, for this page and for a study. */
async function keep(run, number) {
  const name = `${run}.${number}`;
  remember({ kept: [...list("kept").filter(k => k !== name), name].join(",") });
  await showKept();
}

async function showKept() {
  const place = find("kept");
  const kept = list("kept").map(name => name.split(".").map(Number));
  if (!kept.length) return place.replaceChildren();
  const rows = await Promise.all(kept.map(async ([run, number]) => {
    const [made, { request }] = await Promise.all([outcome(run), ask("GET", `/api/runs/${run}`)]);
    return element("li", {},
      element("img", { src: `/api/runs/${run}/picture?number=${number}`, alt: words(request), loading: "lazy" }),
      element("span", {}, `${words(request)}: ${percent(made.variants[number].change)}${interval(made.variants[number])}`),
      element("button", { type: "button", onclick: () => {
        remember({ kept: list("kept").filter(k => k !== `${run}.${number}`).join(",") });
        showKept().catch(failure => complain(place, failure));
      } }, "Take out"));
  }));
  fill(place,
    element("h3", {}, "Kept"),
    element("ul", { class: "kept" }, ...rows),
    element("p", {}, element("a", { class: "button main", href: `/study?model=${page.model}&add=${[...new Set(kept.map(([run]) => run))].join(",")}` }, "Add to a study")));
}

function uncompare() {
  light(null);
  stage.querySelectorAll(".after, .line").forEach(old => old.remove());
  find("slider").hidden = true;
}

async function compare(run, number) {
  uncompare();
  const after = element("img", { class: "after", src: `/api/runs/${run}/picture?number=${number}`, alt: "the variant" });
  stage.insertBefore(after, canvas);
  stage.append(element("div", { class: "line" }));
  find("slider").hidden = false;
  cut(find("cut").value);
}

const cut = value => stage.style.setProperty("--cut", `${value}%`);
find("cut").addEventListener("input", event => cut(event.target.value));

/** Where the variant differs from the picture, byte by byte; hence no JPEG, whose noise would show. */
async function difference(run, number) {
  const [before, after] = await Promise.all([
    pixels(`/api/picture?campaign=${encodeURIComponent(page.campaign)}&model=${page.model}&post=${encodeURIComponent(page.post)}&lossless=true`),
    pixels(`/api/runs/${run}/picture?number=${number}`)]);
  const shown = pen.createImageData(canvas.width, canvas.height);
  let changed = 0;
  for (let i = 0; i < shown.data.length; i += 4) {
    let most = 0;
    for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs(before.data[i + c] - after.data[i + c]));
    changed += most > 0;
    shown.data[i] = 255; shown.data[i + 1] = 40; shown.data[i + 2] = 140; shown.data[i + 3] = most ? Math.min(230, 40 + most * 4) : 0;
  }
  pen.putImageData(shown, 0, 0);
  point(`The difference: ${amount(changed)} of ${amount(shown.data.length / 4)} pixels`);
}

for (const button of document.querySelectorAll("[data-colour]")) {
  button.addEventListener("click", () => edit("recolor", { colour: button.dataset.colour }));
}
find("own-colour").addEventListener("change", event => edit("recolor", { colour: event.target.value }));
find("remove").addEventListener("click", () => edit("remove", {}));
find("prompt-form")?.addEventListener("submit", event => {
  event.preventDefault();
  edit("diffusion", { prompt: find("prompt").value });
});

/** Takes pictures that are dropped or chosen in a place, once they are sent. */
function take(place, use) {
  receive(find(place), async files => {
    try {
      const upload = await send(files, find("edit-state"));
      if (upload.failures.length) return complain(find("edit-state"), { problems: upload.failures });
      await use(upload);
    } catch (failure) {
      complain(find("edit-state"), failure);
    }
  });
}

take("backdrop", async upload => {
  if (!chosen) choose("background");
  await edit("background", { plates: upload.files.map(name => `${upload.folder}/${name}`) });
});

// Figures: cut out before, sent once, then put at one of eight places round the element.
let figures = JSON.parse(given("figures") ?? "[]");
take("figures", async upload => {
  figures = upload.files.map(name => `${upload.folder}/${name}`);
  remember({ figures: JSON.stringify(figures) });
  showPlaces();
});

/** The eight places round the chosen element, as dots on the picture and as buttons. */
function showPlaces() {
  const boxes = figures.length && chosen ? places[chosen] : null;
  stage.querySelectorAll(".place").forEach(old => old.remove());
  fill(find("places"), ...Object.entries(boxes ?? {}).map(([place, box]) => {
    const put = () => edit("insert", { position: place, figures });
    const x = Math.min(0.98, Math.max(0.02, (box.left + box.right) / 2 / canvas.width));
    const y = Math.min(0.97, Math.max(0.03, box.bottom / canvas.height));
    stage.append(element("button", { type: "button", class: "place", tabindex: -1, "aria-hidden": "true", style: `left:${100 * x}%;top:${100 * y}%`, onclick: put }, place));
    return element("li", {}, element("button", { type: "button", onclick: put }, place));
  }));
  find("figures-said").textContent = !figures.length ? "Drop figures with a transparent background first."
    : !chosen ? "Choose an element of the picture that they are to stand beside."
    : boxes ? `${figures.length} ${figures.length === 1 ? "figure" : "figures"}. Click a place on the picture, or choose it here: A to C in front, D and H beside, E to G behind the ${chosen}.`
    : `Nothing can stand beside the ${chosen}; choose another element.`;
}

await Promise.all([
  showElements().catch(failure => complain(find("elements"), failure)),
  showExpectation().catch(failure => complain(find("expectation"), failure)),
]);
await showKept().catch(failure => complain(find("kept"), failure));
if (given("run")) await showVariants(given("run")).catch(failure => complain(find("edit-state"), failure));
document.documentElement.dataset.ready = "true";
