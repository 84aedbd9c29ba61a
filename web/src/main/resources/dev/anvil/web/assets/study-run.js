// A study that runs: its progress, its newest variants and its effects so far, then its report.
import { amount, element, fill, find, percent } from "./studio.js";
import { Cancelled, follow } from "./jobs.js";

const place = find("study-progress");
const NEWEST = 12;

/** A forest plot of estimates that grow: one row per contrast, valid ones in ink, others grey. */
function forest(estimates, words) {
  const ends = estimates.effects.flatMap(e => [e.relative.low, e.relative.high]).filter(v => Number.isFinite(Number(v))).map(Number);
  const reach = Math.max(0.02, ...ends.map(Math.abs));
  const at = value => `${50 + 50 * Math.max(-1, Math.min(1, Number(value) / reach))}%`;
  return element("section", { class: estimates.valid ? "estimates" : "estimates provisional", "aria-label": words },
    element("h3", {}, words),
    element("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": words },
      element("table", {},
        element("thead", {}, element("tr", {}, ...["Contrast", "", "Effect so far", `${Number((100 * estimates.level).toPrecision(4))} % interval`].map((h, i) => element("th", { scope: "col", class: i === 2 ? "n" : null }, h)))),
        element("tbody", {}, ...estimates.effects.map(e => element("tr", {},
          element("th", { scope: "row" }, `${e.factor}: ${e.level}`),
          element("td", { class: "plot", "aria-hidden": "true" }, element("span", { class: "bar-of", style: `--low:${at(e.relative.low)};--high:${at(e.relative.high)};--at:${at(e.relative.point)}` })),
          element("td", { class: "n" }, percent(e.relative.point)),
          element("td", {}, `${percent(Number(e.relative.low))} to ${percent(Number(e.relative.high))}`)))))));
}

const known = new Map();

function variant(run, v) {
  if (!known.has(v.number)) {
    known.set(v.number, element("li", {},
      element("img", { src: `/api/runs/${run}/study/picture?number=${v.number}`, alt: "", width: 120, height: 90 }),
      element("span", {}, `${v.factor}: ${v.level}`),
      v.reasons.length ? element("span", { class: "warn", title: v.reasons.join("; ") }, "check failed") : null));
  }
  return known.get(v.number);
}

function grew(run, study) {
  find("study-made").textContent = `${amount(study.made)} variants made` + (study.failed ? `, ${study.failed} of them did not pass their checks and do not count.` : ".");
  find("study-variants").replaceChildren(...study.variants.slice(0, NEWEST).map(v => variant(run, v)));
  fill(find("study-estimates"),
    study.valid ? forest(study.valid, `Valid after ${study.valid.sources} of at most ${study.sources} creatives: the file declared this analysis, and its intervals hold whenever it stops`) : null,
    study.provisional ? forest(study.provisional, `Provisional, after ${study.provisional.sources} of ${study.sources} creatives`) : null,
    study.provisional ? element("p", { class: "note" }, "Provisional intervals are no reason to stop: whoever looks often and stops when the numbers please is wrong more often than they say.") : null,
    study.unestimated ? element("p", { class: "note" }, `The effects so far cannot be estimated yet: ${study.unestimated}`) : null);
}

if (place) {
  const run = Number(place.dataset.run);
  try {
    await follow(run, place, study => grew(run, study));
    location.reload();
  } catch (failure) {
    if (!failure.problems && !(failure instanceof Cancelled)) throw failure; // else follow has said it
  }
}
