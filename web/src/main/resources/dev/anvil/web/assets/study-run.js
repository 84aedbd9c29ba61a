// A study that runs: its progress, then its effects.
import { find } from "./studio.js";
import { follow } from "./jobs.js";

const place = find("study-progress");
if (place) {
  try {
    await follow(Number(place.dataset.run), place);
    location.reload();
  } catch {
    // follow has said why
  }
}
