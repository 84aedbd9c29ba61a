// Draws the charts of a page without eval, in the colours of its theme.
import { expressionInterpreter } from "./vega-interpreter.js";

const DARK = {
  "#22252a": "#ebe9e4", "#55585e": "#b1b0ab", "#e9e6df": "#3a3b3d", "#efece4": "#2b2d30", "#8b8d91": "#8b8d91", "#fff": "#191a1c",
  "#ffffff": "#191a1c", "#0072b2": "#6cb8ea", "#0b5c8a": "#6cb8ea", "#b84c00": "#f0915a", "#e6e1d4": "#2b2d30", "#a9c9dd": "#3f6d8a",
};

function themed(value, dark) {
  if (!dark) return value;
  if (typeof value === "string") return DARK[value.toLowerCase()] ?? value;
  if (Array.isArray(value)) return value.map(inner => themed(inner, dark));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, themed(inner, dark)]));
  }
  return value;
}

async function draw(place, config, dark) {
  const spec = themed(JSON.parse(document.getElementById(place.dataset.chart).textContent), dark);
  const compiled = vegaLite.compile(spec, { config: themed(config, dark) }).spec;
  const runtime = vega.parse(compiled, null, { ast: true });
  place.replaceChildren();
  await new vega.View(runtime, { renderer: "svg", container: place, expr: expressionInterpreter }).runAsync();
  place.querySelector("svg").setAttribute("aria-hidden", "true"); // the place itself says what it shows
}

async function drawAll() {
  const config = JSON.parse(document.getElementById("chart-config").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  for (const place of document.querySelectorAll("[data-chart]")) await draw(place, config, dark);
  document.documentElement.dataset.charts = "drawn";
}

/** A chart that cannot be drawn says so in its place, and what it would show. */
async function drawOrSay() {
  try {
    await drawAll();
  } catch (failure) {
    for (const place of document.querySelectorAll("[data-chart]:empty")) {
      place.textContent = `This chart cannot be drawn (${failure.message}). ${place.getAttribute("aria-label")}`;
    }
    throw failure;
  }
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawOrSay);
await drawOrSay();
