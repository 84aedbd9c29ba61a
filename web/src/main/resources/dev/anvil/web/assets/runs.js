// Runs: those under way are followed, and can be stopped.
import { follow } from "./jobs.js";

for (const place of document.querySelectorAll("[data-follow]")) {
  follow(Number(place.dataset.follow), place).then(() => location.reload(), () => {});
}
