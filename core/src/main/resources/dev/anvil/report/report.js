"use strict";
(async () => {
  const config = JSON.parse(document.getElementById("chart-config").textContent);
  for (const place of document.querySelectorAll("[data-chart]")) {
    const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const compiled = vegaLite.compile(spec, { config }).spec;
    const view = new vega.View(vega.parse(compiled), { renderer: "svg", container: place });
    await view.runAsync();
  }
  document.documentElement.dataset.charts = "drawn";
})();
