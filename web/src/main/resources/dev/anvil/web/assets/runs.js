// Runs: those under way are followed, and can be stopped; a finished one can be done again.
import { complain, element, fill, find } from "./studio.js";
import { follow, outcome, perform } from "./jobs.js";

for (const place of document.querySelectorAll("[data-follow]")) {
  follow(Number(place.dataset.follow), place).then(() => location.reload(), () => {}); // follow says why not
}

find("reproduce")?.addEventListener("click", async event => {
  const place = find("reproduce-state");
  event.target.disabled = true;
  try {
    const again = await perform("reproduce", { run: Number(event.target.dataset.run), fromScratch: false }, place);
    const { differences } = await outcome(again.run);
    fill(place, element("p", { role: "status" }, differences.length ? `Run ${again.run} differs in ${differences.length} things:` : `Run ${again.run} did it again, with the same result.`),
      differences.length ? element("pre", { class: "scroll", tabindex: 0 }, element("code", {}, JSON.stringify(differences, null, 2))) : null);
  } catch (failure) {
    if (failure.problems) complain(place, failure);
  } finally {
    event.target.disabled = false;
  }
});
