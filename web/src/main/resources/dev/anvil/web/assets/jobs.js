// Submits jobs and follows them, whichever tab or browser began them.
import { ask, complain, element } from "./studio.js";

/** Draws phases as a list that a screen reader can walk. */
function tree(nodes) {
  return element("ul", {}, ...nodes.filter(node => !node.ended).map(node => {
    const total = node.total ?? 0;
    const known = total > 0;
    const left = node.remaining && !node.ended && known ? `, ${time(node.remaining)} left` : "";
    const words = known ? `${node.name}: ${node.done} of ${total}${left}` : node.name;
    return element("li", {}, words,
      known ? element("progress", { max: total, value: node.done, "aria-label": node.name }) : null,
      node.children.length ? tree(node.children) : null);
  }));
}

/** Seconds as people say them. */
export function time(duration) {
  const seconds = Number(duration);
  return seconds >= 5400 ? `${(seconds / 3600).toFixed(1)} h` : seconds >= 90 ? `${Math.round(seconds / 60)} min` : `${Math.max(1, Math.round(seconds))} s`;
}

/** Follows a run in a place of the page; resolves when it has finished. A study that grows is given to grew. */
export function follow(run, place, grew = () => {}) {
  return new Promise((resolve, reject) => {
    const cancel = element("button", { type: "button", onclick: () => stop(run, cancel) }, "Cancel");
    const said = element("p", { "aria-live": "polite" }, `Run ${run} is waiting.`);
    const phases = element("div", {});
    place.replaceChildren(element("div", { class: "progress", "data-run": run }, said, phases, cancel));
    const events = new EventSource(`/api/runs/${run}/events`);
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CONNECTING) {
        said.textContent = `Run ${run}: the studio does not answer. Trying again; the run may go on meanwhile.`;
        return;
      }
      events.close();
      const failure = { problems: [{ where: `Run ${run}`, message: "can no longer be followed from this page. Reload it; if the studio was started again, open its new link first." }] };
      complain(place, failure);
      reject(failure);
    });
    events.addEventListener("study", event => grew(JSON.parse(event.data)));
    events.addEventListener("run", event => {
      const view = JSON.parse(event.data);
      const words = `Run ${run}, ${view.job}: ${view.state}.`;
      if (said.textContent !== words) said.textContent = words;
      phases.replaceChildren(tree(view.progress));
      if (!view.over) return;
      events.close();
      cancel.remove();
      if (view.state === "finished") {
        place.replaceChildren();
        resolve(view);
      } else if (view.state === "cancelled") {
        place.replaceChildren(element("p", { role: "status" }, "Cancelled. What was computed is kept; the same job goes on from there."));
        reject(new Cancelled());
      } else {
        const message = view.state === "interrupted"
          ? "was interrupted: the program that did it has ended. What was computed is kept; the same job goes on from there."
          : view.failure ?? view.state;
        const failure = { problems: [{ where: `Run ${run}`, message }] };
        complain(place, failure);
        reject(failure);
      }
    });
  });
}

export class Cancelled extends Error {}

async function stop(run, button) {
  button.disabled = true;
  button.textContent = "Stopping";
  try {
    await ask("POST", `/api/runs/${run}/cancel`);
  } catch (failure) {
    button.disabled = false;
    button.textContent = `Cancel (failed: ${failure.message})`;
  }
}

/** Submits a job and follows it; resolves with the run when it has finished. */
export async function perform(job, request, place) {
  const view = await ask("POST", `/api/${job}`, request);
  if (view.state === "finished") return view;
  return follow(view.run, place);
}

/** What came of a run. */
export const outcome = run => ask("GET", `/api/runs/${run}/outcome`);
