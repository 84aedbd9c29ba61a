// New pictures: drop them, read them ranked, ask what drives each.
import { amount, complain, element, fill, find, remember, given } from "./studio.js";
import { concepts, elements, explain } from "./explain.js";
import { outcome, perform } from "./jobs.js";
import { receive, send } from "./upload.js";

const page = find("score").dataset;
const MOST = 20;
const MASKS = 100;

/** The picture of an upload; one that was scored from elsewhere, as by the command line, has none here. */
function picture(path) {
  const [, inside] = path.split("/uploads/");
  if (!inside) return null;
  const [id, ...name] = inside.split("/");
  return element("img", { src: `/api/upload/picture?id=${id}&name=${encodeURIComponent(name.join("/"))}`, alt: "" });
}

/** What is usual is not known of an account: then numbers are times that. */
const said = (made, value) => made.account && made.account.usual === null ? `${amount(value)} \u00d7 usual` : amount(value);

function row(made, p) {
  return element("tr", { "data-picture": p.picture },
    element("th", { scope: "row" }, String(p.rank)),
    element("td", {}, ...[picture(p.picture), p.picture.split("/").pop()].filter(Boolean)),
    element("td", { class: "n" }, p.likeness.unlike ? element("span", { class: "warn" }, "unlike the posts learned from: no number is claimed") : element("b", {}, said(made, p.metric))),
    element("td", {}, p.interval ? `${said(made, p.interval.low)} to ${said(made, p.interval.high)} (${Math.round(100 * p.interval.level)} %)` : "\u2013"),
    element("td", { class: "why" }, element("span", { class: "note" }, "not asked yet")),
    element("td", {}, element("ul", { class: "near" }, ...p.likeness.nearest.slice(0, 3).map(n => element("li", {},
      element("a", { href: `/creative?model=${made.model}&post=${encodeURIComponent(n.post)}` }, `${n.picture}: ${amount(n.metric)}`))))));
}

/** What is known of the posts besides their pictures. */
const known = () => Object.fromEntries([...document.querySelectorAll("select[data-column]")].filter(s => s.value).map(s => [s.dataset.column, s.value]));

async function show(run) {
  const made = await outcome(run);
  const unlike = made.predictions.filter(p => p.likeness.unlike).length;
  const sorted = [...made.predictions].sort((a, b) => a.rank - b.rank);
  const asked = sorted.slice(0, MOST).map(p => p.picture);
  fill(find("ranking"),
    element("h2", {}, `${sorted.length} pictures, the best first`),
    unlike ? element("p", { class: "warn", role: "status" }, `${unlike} of them ${unlike === 1 ? "is" : "are"} unlike all posts learned from: ranked, but no number is claimed.`) : null,
    element("p", {}, element("button", { type: "button", id: "why", onclick: event => why(event.target, asked) },
      sorted.length > MOST ? `Say what drives the first ${MOST}` : "Say what drives each")),
    element("div", { id: "why-state" }),
    element("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": "Ranking" }, element("table", {},
      element("thead", {}, element("tr", {}, ...["Rank", "Picture", `Expected ${made.metric}`, "Interval", "What drives it", "Nearest posts"].map(h => element("th", { scope: "col", class: h.startsWith("Expected") ? "n" : null }, h)))),
      element("tbody", {}, ...sorted.map(p => row(made, p))))),
    element("ul", { class: "problems" }, ...made.notes.map(note => element("li", {}, note))));
  if (given("why")) drivers(given("why"), (await outcome(given("why"))).explanations);
}

async function why(button, pictures) {
  button.disabled = true;
  try {
    const made = await explain(Number(page.model), page.own, pictures, MASKS, find("why-state"));
    remember({ why: made.run });
    drivers(made.run, made.explanations);
  } catch (failure) {
    button.disabled = false;
    if (failure.problems) complain(find("why-state"), failure);
  }
}

function drivers(run, explanations) {
  explanations.forEach((explanation, number) => {
    const place = find("ranking").querySelector(`[data-picture="${CSS.escape(explanation.picture)}"] .why`);
    if (!place) return;
    fill(place,
      element("img", { src: `/api/runs/${run}/picture?number=${number}`, alt: "heat map" }),
      elements(explanation), concepts(explanation));
  });
  fill(find("why-state"), element("p", { class: "note" }, "Contributions are in standard deviations of the target. This explains the model, not what people would do."));
}

receive(find("drop"), async files => {
  const place = find("score-state");
  try {
    const upload = await send(files, place);
    if (upload.failures.length) complain(place, { problems: upload.failures });
    if (!upload.files.length) return;
    const run = await perform("predict", { model: Number(page.model), pictures: upload.files.map(name => `${upload.folder}/${name}`), metadata: known(), at: null, usual: null }, place);
    remember({ run: run.run, why: null });
    await show(run.run);
    if (upload.failures.length) complain(place, { problems: upload.failures });
  } catch (failure) {
    if (failure.problems) complain(place, failure);
  }
});

if (given("run")) await show(given("run")).catch(failure => complain(find("score-state"), failure));
