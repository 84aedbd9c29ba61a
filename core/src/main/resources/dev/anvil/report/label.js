"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const page = document.getElementById("page");
  const KEYS = [..."123456789qwertiopfghjklzxcvbnm"];
  const NONE_KEY = "0";
  const SKIPPED = "";
  const hasOther = data.levels.some((level) => level.name === data.other);
  const choices = data.levels.map((level, i) => ({ ...level, value: level.name, key: KEYS[i] || "" }));
  if (!hasOther) {
    choices.push({ name: "none of these", value: data.other, key: NONE_KEY, colour: "", examples: [] });
  }

  // what was said of this very sample; another sample or study has another name
  const place = "anvil-labels:" + JSON.stringify([
    data.study, data.factor, data.levels.map((l) => l.name), data.posts.map((p) => p.id)]);
  let kept = true;
  let said = read();
  let at = next(-1);

  /** Answers in the order in which they were given: [[id, value], ...]. */
  function read() {
    try {
      const found = JSON.parse(localStorage.getItem(place) || "[]");
      const ids = new Set(data.posts.map((p) => p.id));
      const values = new Set([SKIPPED, ...choices.map((c) => c.value)]);
      return found.filter(([id, value]) => ids.has(id) && values.has(value));
    } catch (e) {
      kept = false;
      return [];
    }
  }

  function keep() {
    try {
      localStorage.setItem(place, JSON.stringify(said));
    } catch (e) {
      kept = false;
    }
  }

  function answers() {
    return new Map(said);
  }

  /** The first post after this one that nothing was said of; else any; else none (-1). */
  function next(from) {
    const known = answers();
    const open = data.posts.map((p, i) => i).filter((i) => !known.has(data.posts[i].id));
    const later = open.find((i) => i > from);
    return later !== undefined ? later : open.length ? open[0] : -1;
  }

  function answer(value) {
    if (at < 0) return;
    const id = data.posts[at].id;
    said = said.filter(([other]) => other !== id);
    said.push([id, value]);
    keep();
    at = next(at);
    draw();
  }

  function undo() {
    const last = said.pop();
    if (!last) return;
    keep();
    at = data.posts.findIndex((p) => p.id === last[0]);
    draw();
  }

  /** As dev.anvil.table.TableWriter: no spreadsheet takes a text for a formula. */
  function cell(text) {
    const isFormula = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)*([eE][+-]?\d+)?$/.test(text);
    const safe = isFormula ? "'" + text : text;
    return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  /** The label file: what it had before, with the new labels in it. */
  function csv() {
    const columns = data.columns.includes(data.factor) ? data.columns : [...data.columns, data.factor];
    const column = columns.indexOf(data.factor);
    const labels = new Map(said.filter(([, value]) => value !== SKIPPED));
    const rows = data.rows.map((row) => {
      const full = columns.map((c, i) => row[i] || "");
      if (labels.has(full[0])) full[column] = labels.get(full[0]);
      labels.delete(full[0]);
      return full;
    });
    labels.forEach((value, id) => rows.push(columns.map((c, i) => (i === 0 ? id : i === column ? value : ""))));
    return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  function download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv;charset=utf-8" }));
    link.download = "labels.csv";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (key === "disabled") element.disabled = value;
      else element.setAttribute(key, value);
    });
    element.append(...children);
    return element;
  }

  function choice(c, now) {
    const parts = [];
    if (c.key) parts.push(make("kbd", {}, c.key.toUpperCase()));
    if (c.colour) {
      const swatch = make("span", { class: "swatch" });
      swatch.style.background = c.colour;
      parts.push(swatch);
    }
    parts.push(make("span", { class: "name" }, c.name));
    if (c.examples.length) {
      parts.push(make("span", { class: "examples" }, ...c.examples.map((src) => make("img", { src, alt: "" }))));
    }
    return make("button", {
      class: "level", type: "button", "aria-pressed": String(now === c.value), disabled: at < 0,
      onclick: () => answer(c.value) }, ...parts);
  }

  function strip(known) {
    const recent = said.slice(-12).reverse();
    const buttons = recent.map(([id, value]) => {
      const i = data.posts.findIndex((p) => p.id === id);
      const name = value === SKIPPED ? "skipped" : choices.find((c) => c.value === value).name;
      return make("button", {
        type: "button", class: i === at ? "now" : "", title: "Change: " + name,
        onclick: () => { at = i; draw(); } },
        make("img", { src: data.posts[i].picture, alt: data.posts[i].file }), make("span", {}, name));
    });
    return make("div", { class: "strip" }, ...buttons);
  }

  function draw() {
    const known = answers();
    const labelled = [...known.values()].filter((value) => value !== SKIPPED).length;
    const skipped = known.size - labelled;
    const post = at < 0 ? null : data.posts[at];
    const done = known.size === data.posts.length;
    const parts = [
      make("h1", {}, data.title),
      make("p", { class: "soft" },
        "Say what each picture shows. Nothing leaves this computer. " +
        "Skip what you cannot tell. You can stop at any time."),
    ];
    if (!kept) {
      parts.push(make("p", { class: "warning", role: "alert" },
        "This browser does not keep what you say here. Download the file before you close the page."));
    }
    parts.push(make("div", { class: "progress" },
      make("progress", { max: String(data.posts.length), value: String(known.size), "aria-label": "progress" }),
      make("span", { id: "count", "aria-live": "polite" },
        `${labelled} of ${data.posts.length} labelled` + (skipped ? `, ${skipped} skipped` : ""))));
    const levels = make("div", { class: "levels" }, ...choices.map((c) => choice(c, post && known.get(post.id))));
    const actions = make("div", { class: "actions" },
      make("button", { type: "button", disabled: !post, onclick: () => answer(SKIPPED) }, make("kbd", {}, "S"), " Skip"),
      make("button", { type: "button", disabled: !said.length, onclick: undo }, make("kbd", {}, "U"), " Undo"),
      make("button", { type: "button", id: "download", class: done ? "main" : "", disabled: !labelled, onclick: download },
        make("kbd", {}, "D"), " Download labels.csv"));
    const picture = post
      ? make("figure", {}, make("img", { id: "picture", src: post.picture, alt: post.file }),
          make("figcaption", {}, post.file))
      : make("div", { id: "done" },
          make("p", {}, "That was the last picture."),
          make("p", {}, "Download labels.csv, put it beside the study file, and let the study name it:"),
          make("p", {}, make("code", {}, "label_file: labels.csv")));
    parts.push(make("div", { class: "work" }, picture, make("div", {}, levels, actions)));
    if (said.length) parts.push(strip(known));
    page.replaceChildren(...parts);
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (event.ctrlKey) {
      if (key === "z") { event.preventDefault(); undo(); }
      return;
    }
    const chosen = choices.find((c) => c.key === key);
    if (chosen) answer(chosen.value);
    else if (key === "s") answer(SKIPPED);
    else if (key === "u" || key === "backspace") undo();
    else if (key === "d" && said.some(([, value]) => value !== SKIPPED)) download();
    else return;
    event.preventDefault();
  });

  draw();
  document.documentElement.dataset.page = "drawn";
})();
