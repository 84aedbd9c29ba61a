// What a prediction comes from: elements by saliency, concepts by their contribution.
import { element } from "./studio.js";
import { outcome, perform } from "./jobs.js";

const MOST = 5;
const sd = new Intl.NumberFormat("en", { maximumFractionDigits: 2, minimumFractionDigits: 2, signDisplay: "always" });
const deviations = value => sd.format(value).replace("-", "\u2212");
const share = value => `${Math.round(100 * value)}\u00a0%`;

/** Explains pictures (ids of posts or files) and resolves with the run and one explanation each. */
export async function explain(model, own, pictures, masks, place) {
  // a folder of its own, lest a later explanation of another picture of that name takes its heat map
  const folder = `${own}/explain/${model}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  const run = await perform("explain", { model, pictures, masks, folder, seed: 1 }, place);
  return { run: run.run, explanations: (await outcome(run.run)).explanations };
}

/** The elements that a prediction comes from, those that the model looks at most first. */
export function elements(explanation) {
  const sorted = [...explanation.elements].sort((a, b) => b.share - a.share).slice(0, MOST);
  return element("ul", { class: "drivers" }, ...sorted.map(e => element("li", {},
    element("b", {}, e.label), ` has ${share(e.share)} of the saliency on ${share(e.area)} of the picture; hidden, the prediction changes by ${deviations(-e.hidden)}`)));
}

/** The concepts that a prediction comes from, the largest contribution first. */
export function concepts(explanation) {
  const parts = [...explanation.prediction.parts].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)).slice(0, MOST);
  return element("ul", { class: "drivers" }, ...parts.map(p => element("li", {},
    element("b", {}, `${p.step.concept.column.replace(/^tag:/, "")} ${p.step.concept.level}`), ` contributes ${deviations(p.contribution)}`)),
    element("li", {}, `everything else ${deviations(explanation.prediction.rest)}`));
}

/** Heat map, elements and concepts of one of a run's explanations. */
export function shown(run, number, explanation) {
  return [
    element("img", { class: "heat", src: `/api/runs/${run}/picture?number=${number}`, alt: `Heat map: the model looks most at ${explanation.elements.slice().sort((a, b) => b.share - a.share).slice(0, 3).map(e => e.label).join(", ")}` }),
    element("h3", {}, "Elements"), elements(explanation),
    element("h3", {}, "Concepts"), concepts(explanation),
    element("p", { class: "note" }, "In standard deviations of the target. This explains the model, not what people would do."),
  ];
}

