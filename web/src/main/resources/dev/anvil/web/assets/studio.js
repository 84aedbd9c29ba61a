// What all pages share: talking to the API, saying what went wrong, making elements.

/** An element with attributes and children; text is always text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

/** Puts children into a place, instead of what it had; those that are null are left out. */
export function fill(place, ...children) {
  place.replaceChildren(...children.filter(child => child !== null && child !== undefined));
}

/** A failed request, with every problem that the studio named. */
export class Failure extends Error {
  constructor(problems, code = "") {
    super(problems.map(p => `${p.where}: ${p.message}`).join("\n"));
    this.problems = problems;
    this.code = code;
  }
}

/** Asks the API; throws a Failure where it refuses. */
export async function ask(method, path, body) {
  const sent = body === undefined || body instanceof Blob ? body : JSON.stringify(body);
  const reply = await fetch(path, { method, body: sent });
  if (reply.ok) return reply.json();
  const text = await reply.text();
  try {
    const { problems, code } = JSON.parse(text);
    throw new Failure(problems, code);
  } catch (e) {
    throw e instanceof Failure ? e : new Failure([{ where: `Error ${reply.status}`, message: text.trim() }]);
  }
}

/** Shows problems in a place, and reads them out. */
export function complain(place, failure) {
  const problems = failure.problems ?? [{ where: "This page", message: String(failure.message ?? failure) }];
  place.replaceChildren(
    element("div", { class: "error", role: "alert" },
      element("ul", {}, ...problems.map(p => element("li", {}, element("b", {}, p.where), " " + p.message)))));
}

/** Puts values into the address, so that reload, back and sharing a link work; empty ones go. */
export function remember(values) {
  const url = new URL(location.href);
  for (const [key, value] of Object.entries(values)) {
    if (value === null || value === undefined || value === "") url.searchParams.delete(key);
    else url.searchParams.set(key, value);
  }
  history.replaceState(null, "", url);
}

/** A value of the address. */
export const given = name => new URL(location.href).searchParams.get(name);

export const find = id => document.getElementById(id);

const digits = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A metric as people write it. */
export function amount(value) {
  return Math.abs(value) >= 100 ? whole.format(value) : Math.abs(value) >= 1 ? digits.format(value) : value.toPrecision(2);
}

/** A share as a signed percentage. */
export function percent(share) {
  const text = digits.format(100 * Math.abs(share));
  return (text === "0" ? "" : share < 0 ? "\u2212" : "+") + text + "\u00a0%";
}
