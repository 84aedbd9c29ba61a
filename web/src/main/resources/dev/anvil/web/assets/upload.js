// Sends dropped or chosen files to the studio, some at once.
import { ask, element } from "./studio.js";

const AT_ONCE = 4;

/** All files of a drop, those in folders too, with their paths. */
export async function dropped(event) {
  const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...event.dataTransfer.files].map(file => ({ file, name: file.name }));
  const found = [];
  for (const entry of entries) await walk(entry, "", found);
  return found;
}

async function walk(entry, folder, found) {
  if (entry.name.startsWith(".")) return;
  if (entry.isFile) {
    found.push({ file: await new Promise((y, n) => entry.file(y, n)), name: folder + entry.name });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((y, n) => reader.readEntries(y, n));
    if (!some.length) return;
    for (const inner of some) await walk(inner, folder + entry.name + "/", found);
  }
}

/** The files of an input, with the paths that a chosen folder gives them. */
export const chosen = input => [...input.files].map(file => ({ file, name: file.webkitRelativePath || file.name }));

/** Makes a place take drops and the files of its inputs. */
export function receive(place, take) {
  place.addEventListener("dragover", event => { event.preventDefault(); place.classList.add("over"); });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", async event => {
    event.preventDefault();
    place.classList.remove("over");
    take(await dropped(event));
  });
  for (const input of place.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => { take(chosen(input)); input.value = ""; });
  }
  for (const button of place.querySelectorAll("button[data-input]")) {
    button.addEventListener("click", () => document.getElementById(button.dataset.input).click());
  }
}

/** Sends files; resolves with the upload. */
export async function send(files, place) {
  const upload = await ask("POST", "/api/uploads");
  const bar = element("progress", { max: files.length, value: 0, "aria-label": "files sent" });
  const said = element("p", { "aria-live": "polite" }, `Sending ${files.length} files.`);
  place.replaceChildren(element("div", { class: "progress" }, said, bar));
  const waiting = [...files];
  const failures = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        await ask("PUT", `/api/upload?id=${upload.id}&name=${encodeURIComponent(next.name)}`, next.file);
      } catch (failure) {
        failures.push({ where: next.name, message: failure.problems?.[0].message ?? failure.message });
      }
      bar.value += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  place.replaceChildren();
  return { ...(await ask("GET", `/api/upload?id=${upload.id}`)), failures };
}
