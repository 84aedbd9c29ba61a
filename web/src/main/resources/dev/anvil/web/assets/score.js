// New pictures: drop them, read them ranked.
import { amount, complain, element, fill, find, remember, given } from "./studio.js";
import { outcome, perform } from "./jobs.js";
import { receive, send } from "./upload.js";

const page = find("score").dataset;

function picture(path) {
  const parts = path.split("/uploads/").pop().split("/");
  return `/api/upload/picture?id=${parts[0]}&name=${encodeURIComponent(parts.slice(1).join("/"))}`;
}

async function show(run) {
  const made = await outcome(run);
  const unlike = made.predictions.filter(p => p.likeness.unlike).length;
  const sorted = [...made.predictions].sort((a, b) => a.rank - b.rank);
  fill(find("ranking"),
    element("h2", {}, `${sorted.length} pictures, the best first`),
    unlike ? element("p", { class: "warn" }, `${unlike} of them ${unlike === 1 ? "is" : "are"} unlike all posts learned from: ranked, but no number is claimed.`) : null,
    element("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": "Ranking" }, element("table", {},
      element("thead", {}, element("tr", {}, ...["Rank", "Picture", `Expected ${made.metric}`, "Interval", "Nearest posts"].map(h => element("th", { scope: "col", class: h.startsWith("Expected") ? "n" : null }, h)))),
      element("tbody", {}, ...sorted.map(p => element("tr", {},
        element("th", { scope: "row" }, String(p.rank)),
        element("td", {}, element("img", { src: picture(p.picture), alt: "" }), p.picture.split("/").pop()),
        element("td", { class: "n" }, p.likeness.unlike ? element("span", { class: "warn" }, "unlike the posts learned from") : element("b", {}, amount(p.metric))),
        element("td", {}, p.interval ? `${amount(p.interval.low)} to ${amount(p.interval.high)} (${Math.round(100 * p.interval.level)} %)` : "\u2013"),
        element("td", {}, element("ul", { class: "tiny" }, ...p.likeness.nearest.slice(0, 3).map(n => element("li", {},
          element("a", { href: `/creative?model=${made.model}&post=${encodeURIComponent(n.post)}` }, `${n.picture}: ${amount(n.metric)}`)))))))))),
    element("ul", { class: "problems" }, ...made.notes.map(note => element("li", {}, note))));
}

receive(find("drop"), async files => {
  const place = find("score-state");
  try {
    const upload = await send(files, place);
    if (upload.failures.length) complain(place, { problems: upload.failures });
    if (!upload.files.length) return;
    const run = await perform("predict", { model: Number(page.model), pictures: upload.files.map(name => `${upload.folder}/${name}`), metadata: {}, at: null, usual: null }, place);
    remember({ run: run.run });
    await show(run.run);
  } catch (failure) {
    if (failure.problems) complain(place, failure);
  }
});

if (given("run")) await show(given("run")).catch(failure => complain(find("score-state"), failure));
