// Monitoring: looks at the posts that came after a model.
import { complain, find } from "./studio.js";
import { perform } from "./jobs.js";

const page = find("monitor").dataset;

find("look").addEventListener("click", async event => {
  event.target.disabled = true;
  try {
    const run = await perform("monitor", { model: Number(page.model), years: 2, smallest: 0.05, seed: 1,
      page: `${page.own}/monitor/${page.model}-${Date.now().toString(36)}.html`,
      effects: find("effects").checked ? { run: null } : null,
      challenger: find("challenger").checked ? "COMPARE" : "NONE" }, find("monitor-state"));
    location.href = `/monitor?model=${page.model}&run=${run.run}`;
  } catch (failure) {
    event.target.disabled = false;
    if (failure.problems) complain(find("monitor-state"), failure);
  }
});
