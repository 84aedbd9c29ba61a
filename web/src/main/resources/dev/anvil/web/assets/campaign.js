// A campaign: fit another model of it, choose a model, submit filters without a button.
import { complain, find } from "./studio.js";
import { perform } from "./jobs.js";

const form = find("filters");
form?.addEventListener("change", () => {
  for (const field of [...form.elements]) if (!field.value) field.disabled = true;
  form.submit();
});
// A page that comes back from the browser's memory has its fields as they were left.
addEventListener("pageshow", () => { for (const field of form?.elements ?? []) field.disabled = false; });

find("model")?.addEventListener("change", event => {
  const url = new URL(location.href);
  url.searchParams.set("model", event.target.value);
  location.href = url;
});

find("fit")?.addEventListener("click", async event => {
  const { campaign } = event.target.dataset;
  event.target.disabled = true;
  try {
    const run = await perform("fit", { campaign, metric: find("metric").value, seed: 1 }, find("fit-state"));
    location.href = `/campaign?campaign=${encodeURIComponent(campaign)}&model=${run.run}`;
  } catch (failure) {
    event.target.disabled = false;
    if (failure.problems) complain(find("fit-state"), failure);
  }
});
