"use strict";
// Shows one view of a campaign after the other, follows what is saved, and keeps its state in the address.

const page = document.documentElement;
const root = page.dataset.root;
const isLive = "live" in page.dataset;
const DEFAULTS = { page: "post", width: "desktop", scheme: "light", part: "html", program: "as-written", images: "on", reader: "0" };
const WEB = { post: "", landing: "join/", thanks: "join/thanks/", confirmed: "join/confirmed/" };
const WIDTHS = ["320", "375", "768", "desktop"];
/** Lines between a block and what is found in it. */
const NEAR = 2;
const byId = (id) => document.getElementById(id);

// ---- A campaign ----

/** What the address says, but for what is no choice here: somebody may have shared it long ago. */
function state() {
  const said = new URLSearchParams(location.hash.slice(1)), found = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS)) if (said.has(name) && isChoice(name, said.get(name))) found[name] = said.get(name);
  return found;
}

function isChoice(name, value) {
  if (name === "page") return [...document.querySelectorAll("[role=tab]")].some((tab) => tab.dataset.page === value);
  if (name === "width") return WIDTHS.includes(value) || (/^\d{3,4}$/.test(value) && Number(value) >= 240);
  const control = byId("controls").elements[name];
  return [...(control.options ?? control)].some((choice) => choice.value === value);
}

function change(changes) {
  const wanted = { ...state(), ...changes };
  const said = Object.entries(wanted).filter(([name, value]) => DEFAULTS[name] !== value);
  history.replaceState(null, "", said.length ? `#${new URLSearchParams(said)}` : location.pathname + location.search);
  show();
}

/** The address of the page or mail that is wanted; "" where it is no frame that shows it. */
function address(wanted, program = wanted.program) {
  const { site, slug, index } = byId("frame").dataset;
  // on a disk each scheme has a file of its own
  if (wanted.page in WEB) return `${site}${slug}/${WEB[wanted.page]}${index.replace(".", `.${wanted.scheme}.`)}`;
  if (wanted.part === "inbox" || !hasMail()) return "";
  if (wanted.part !== "html") return `mail/${wanted.part}.r${wanted.reader}.html`;
  const images = wanted.images === "off" ? ".no-images" : "";
  return `mail/${program}.${wanted.scheme}${images}.r${wanted.reader}.html`;
}

/** Whether there is a newsletter: an article that was never right has none yet. */
const hasMail = () => Boolean(byId("eml"));

/** What changes anything in what is shown: controls, keys and panels of all else are hidden. */
function acting({ page, part, program, scheme }) {
  const newsletter = page === "newsletter", mail = newsletter && part === "html", source = mail || !newsletter;
  return { newsletter, mail, source, width: source && !(mail && program === "all"), scheme: source || part === "inbox", dark: scheme === "dark" };
}

/** How wide a mail program shows a mail; "" for a page, and for a mail as it is written. */
function ownWidth(wanted) {
  return acting(wanted).mail ? byId("controls").elements.program.selectedOptions[0].dataset.width ?? "" : "";
}

function show() {
  if (!byId("frame")) return;
  const wanted = state();
  const acts = acting(wanted), isWall = acts.mail && wanted.program === "all" && hasMail();
  document.body.dataset.scheme = wanted.scheme;
  for (const one of document.querySelectorAll("[data-if]")) one.hidden = !acts[one.dataset.if];
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const isChosen = tab.dataset.page === wanted.page;
    tab.setAttribute("aria-selected", isChosen);
    tab.tabIndex = isChosen ? 0 : -1;
    if (!isChosen) continue;
    byId("stage").setAttribute("aria-labelledby", tab.id);
    tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 40;
  }
  for (const name of Object.keys(DEFAULTS)) {
    const control = byId("controls").elements[name];
    if (control) control.value = wanted[name];
  }
  if (hasMail()) byId("eml").href = `mail/newsletter.r${wanted.reader}.eml`;
  const source = isWall ? "" : address(wanted);
  byId("sheet").hidden = !source;
  byId("wall").hidden = !isWall;
  byId("inbox").hidden = !acts.newsletter || (wanted.part !== "inbox" && hasMail());
  for (const rows of document.querySelectorAll(".rows")) rows.hidden = rows.dataset.reader !== wanted.reader;
  for (const link of document.querySelectorAll("a[data-reader]")) link.setAttribute("aria-current", link.dataset.reader === wanted.reader);
  for (const list of document.querySelectorAll("#removed [data-for]")) list.hidden = list.dataset.for !== (isWall ? "as-written" : wanted.program);
  if (source) frame(byId("frame"), source, wanted);
  if (isWall) for (const one of byId("wall").querySelectorAll("iframe")) {
    one.parentElement.style.setProperty("--window", `${one.dataset.width}px`);
    frame(one, address(wanted, one.dataset.program), wanted);
  }
  size(wanted);
}

function frame(element, source, wanted) {
  // a page follows the scheme of the element that embeds it (CSS Color Adjust, 2.4)
  element.style.colorScheme = wanted.scheme;
  if (element.dataset.shown === source) { settle(element); return; }
  element.dataset.shown = source;
  element.src = source;
  if (element.id === "frame") element.title = document.querySelector("[role=tab][aria-selected=true]").textContent;
}

function size(wanted) {
  const sheet = byId("sheet"), own = ownWidth(wanted), room = byId("stage").clientWidth - 24;
  const width = wanted.width === "desktop" ? own : wanted.width;
  sheet.style.inlineSize = acting(wanted).width && width ? `${parseInt(width, 10)}px` : "100%";
  byId("handle").setAttribute("aria-valuenow", Math.round(sheet.getBoundingClientRect().width));
  for (const choice of byId("controls").elements.width) {
    if (choice.value === "desktop") choice.nextElementSibling.textContent = own ? `Own, ${own}` : room < 768 ? "Full" : "Desktop";
    else choice.parentElement.hidden = Number(choice.value) > room;
  }
  byId("adjusted").textContent = adjusted();
  for (const row of document.querySelectorAll(".rows:not([hidden]) .row")) row.querySelector("[data-cut]").textContent = cut(row);
}

/** What has no room in a row of an inbox, as it is laid out here. */
function cut(row) {
  const subject = row.querySelector(".entry:not(.other) strong"), preheader = row.querySelector(".entry:not(.other) > span");
  const isCut = (one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
  const around = preheader.contains(subject) ? subject.offsetWidth > preheader.clientWidth : isCut(subject);
  return [around && "subject cut", isCut(preheader) && "preheader cut"].filter(Boolean).join(", ") || "shown whole";
}

/** The choices that act, in words: on a phone the controls are folded. */
function adjusted() {
  const shown = [...byId("controls").elements].filter((one) => !one.closest("[hidden]"));
  const said = (one) => (one.name === "images" ? one.value === "off" && "Images off" : one.nextElementSibling.textContent);
  const words = shown.map((one) => (one.checked ? said(one) : one.selectedOptions?.[0].textContent));
  return words.filter(Boolean).join(" · ");
}

function next(values, value) {
  return values[(values.indexOf(value) + 1) % values.length];
}

/** What one types into, here and in a page that is shown: letters are no shortcuts there. */
const FIELDS = "input:not([type=radio], [type=checkbox]), textarea, select";

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(FIELDS)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (!byId("frame")) return;
  const wanted = state();
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const options = (name) => [...byId("controls").elements[name].options].map((option) => option.value);
  const { width, scheme, mail, newsletter } = acting(wanted);
  const fitting = WIDTHS.filter((value) => !document.querySelector(`[name=width][value="${value}"]`).closest("[hidden]"));
  const acts = {
    w: () => width && change({ width: next(fitting, wanted.width) }),
    d: () => scheme && change({ scheme: next(["light", "dark"], wanted.scheme) }),
    i: () => mail && change({ images: next(["on", "off"], wanted.images) }),
    m: () => change({ page: "newsletter", part: "html", program: next(options("program"), wanted.program) }),
    r: () => newsletter && change({ reader: next(options("reader"), wanted.reader) }),
    Escape: () => { location.href = document.querySelector(".bar .links a").href; },
  };
  const tab = tabs[Number(event.key) - 1];
  if (tab) change({ page: tab.dataset.page });
  else if (event.key in acts) acts[event.key]();
}

function turn(event) {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tab = tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length];
  change({ page: tab.dataset.page });
  tab.focus();
}

function drag(event) {
  const sheet = byId("sheet");
  const { left, right, width } = sheet.getBoundingClientRect();
  const centre = left + width / 2, grip = event.clientX - right;
  document.body.classList.add("dragging");
  const move = (moved) => { sheet.style.inlineSize = `${Math.max(240, (moved.clientX - grip - centre) * 2)}px`; };
  const end = () => {
    removeEventListener("pointermove", move);
    document.body.classList.remove("dragging");
    change({ width: String(Math.round(sheet.getBoundingClientRect().width)) });
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end, { once: true });
  event.preventDefault();
}

function nudge(event) {
  const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
  if (!step) return;
  change({ width: String(Math.max(240, Math.round(byId("sheet").getBoundingClientRect().width) + step)) });
  event.preventDefault();
}

// ---- The lines behind a block ----

const BLOCK = "p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, figcaption, blockquote, pre, label, summary, legend";

/** The document in a frame; null where the browser keeps it apart, as it does with files on a disk. */
function documentIn(element) {
  try { return element.contentDocument; } catch { return null; }
}

const asked = new WeakMap();

/** The rules of a stylesheet; none where it could not be loaded. */
function rulesOf(sheet) {
  try { return [...sheet.cssRules]; } catch { return []; }
}

/** Have the page in a frame take the scheme that is wanted here, whatever the browser itself prefers. */
function settle(element) {
  const inner = documentIn(element), { scheme } = state();
  if (!inner?.documentElement) return;
  inner.documentElement.style.colorScheme = scheme;
  for (const sheet of inner.styleSheets) {
    for (const rule of rulesOf(sheet)) {
      if (!rule.media) continue;
      if (!asked.has(rule)) asked.set(rule, rule.media.mediaText);
      const wanted = asked.get(rule).match(/^\(prefers-color-scheme: (dark|light)\)$/);
      if (wanted) rule.media.mediaText = wanted[1] === scheme ? "all" : "not all";
    }
  }
}

function listen(element) {
  settle(element);
  const inner = documentIn(element);
  if (!inner || !isLive) return;
  inner.addEventListener("keydown", key);
  inner.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.origin !== location.origin) {
      event.preventDefault();
      told("This link leads elsewhere", link.href);
    }
    const block = event.target.closest(BLOCK);
    if (block && acting(state()).source) locate(block.innerText);
  });
}

async function locate(words) {
  const answer = await fetch(`source?${new URLSearchParams({ text: words.slice(0, 400) })}`);
  const place = answer.ok ? await answer.json() : null;
  if (!place?.line) return told("No line of the article says this", "It comes from a template or a setting.");
  const lines = place.lines.map(([number, text]) => {
    const line = document.createElement("span");
    line.className = number === place.line ? "meant" : "";
    const count = document.createElement("b");
    count.textContent = number;
    line.append(count, ` ${text}\n`);
    return line;
  });
  const block = document.createElement("pre");
  block.tabIndex = 0;
  block.append(...lines);
  told(`${place.path}:${place.line}`, block);
  unfold(place.path, place.line);
}

function told(title, content) {
  const heading = document.createElement("h2");
  heading.textContent = "Source";
  const name = document.createElement("p");
  const code = document.createElement("code");
  code.textContent = title;
  name.append(code);
  const rest = content instanceof Node ? content : Object.assign(document.createElement("p"), { textContent: content });
  byId("source").replaceChildren(heading, name, rest);
}

// ---- Following what is saved ----

/** Turn what a document shows into what another one says, without losing the place that one has scrolled to. */
function become(shown, html) {
  // the frame's own parser: what it makes is held to the frame's policy, which lets mails have styles
  const wanted = new shown.defaultView.DOMParser().parseFromString(html, "text/html");
  Idiomorph.morph(shown.documentElement, wanted.documentElement, { head: { style: "morph" } });
}

async function refreshFrame(element) {
  const inner = documentIn(element);
  if (!inner || !element.dataset.shown) return;
  const answer = await fetch(inner.location.href, { cache: "no-cache" });
  if (answer.ok && /html/.test(answer.headers.get("content-type"))) become(inner, await answer.text());
  settle(element);
}

async function refreshPage() {
  const answer = await fetch(location.pathname, { cache: "no-cache" });
  if (answer.status === 404) { gone(); return; }
  if (!answer.ok) return;
  const wanted = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.title = wanted.title;
  const callbacks = {
    beforeAttributeUpdated: (name, node) =>
      !["hidden", "src", "style", "data-shown"].includes(name) && !(name === "class" && node.matches(".overlay")), // it may be folded
    beforeNodeRemoved: (node) => !node.matches?.(".picture iframe"),
  };
  for (const part of ["faults", "cards", "removed", "inbox", "wall", "message"]) {
    const here = byId(part), there = wanted.getElementById(part);
    if (here && there) Idiomorph.morph(here, there, { callbacks });
  }
  for (const part of [".bar h1", ".bar .facts"]) {
    const here = document.querySelector(part), there = wanted.querySelector(part);
    if (here && there) Idiomorph.morph(here, there);
  }
  show();
  find();
  document.dispatchEvent(new Event("refreshed"));
}

// ---- What checks find ----

/** Ask what checks find; what was unfolded stays so. */
async function find() {
  const panel = byId("findings");
  if (!panel || !isLive) return;
  const answer = await fetch("findings", { cache: "no-cache" });
  if (!answer.ok) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".findings");
  const open = new Set([...panel.querySelectorAll("details[open] summary")].map((one) => one.textContent));
  for (const one of found.querySelectorAll("details")) one.open = open.has(one.querySelector("summary").textContent);
  panel.querySelector(".findings").replaceWith(document.adoptNode(found));
}

/** Unfold what was found at a line, and fold the rest. */
function unfold(path, line) {
  for (const one of document.querySelectorAll("#findings details")) {
    one.open = one.dataset.path === path && Math.abs(Number(one.dataset.line) - line) <= NEAR;
  }
}

/** Say that the campaign is not there any more: its folder was renamed or deleted. */
function gone() {
  const said = document.createElement("section");
  said.className = "overlay";
  said.setAttribute("role", "alert");
  const heading = document.createElement("h2"), hint = document.createElement("p");
  heading.textContent = "This campaign is not there any more";
  hint.textContent = "Its folder was renamed or deleted, or its slug changed. What you see is how it was.";
  said.append(heading, hint);
  byId("faults").replaceChildren(said);
}

function fold(button) {
  const isFolded = button.closest(".overlay").classList.toggle("folded");
  button.setAttribute("aria-expanded", !isFolded);
  button.textContent = isFolded ? "Unfold" : "Fold away";
}

function frames() {
  return [...document.querySelectorAll("iframe")].filter((one) => one.dataset.shown && !one.closest("[hidden], .miniature"));
}

let waiting = false, running = false;

/** One refresh at a time; however many saves there are meanwhile, one more follows. */
async function refresh() {
  if (running) { waiting = true; return; }
  running = true;
  try {
    do {
      waiting = false;
      await Promise.all(frames().map(refreshFrame));
      await refreshPage();
      byId("state").textContent = `Updated ${new Date().toLocaleTimeString()}`;
    } while (waiting);
  } catch { /* the preview has ended; what is shown stays */ } finally { running = false; }
}

function follow() {
  const live = new EventSource(`${root}live`);
  live.onmessage = (event) => {
    if (follow.revision && follow.revision !== event.data) refresh();
    follow.revision = event.data;
  };
}

function start() {
  byId("controls")?.addEventListener("change", (event) => change({ [event.target.name]: event.target.value }));
  byId("controls")?.addEventListener("submit", (event) => event.preventDefault());
  for (const tab of document.querySelectorAll("[role=tab]")) tab.addEventListener("click", () => change({ page: tab.dataset.page }));
  document.querySelector("[role=tablist]")?.addEventListener("keydown", turn);
  byId("handle")?.addEventListener("pointerdown", drag);
  byId("handle")?.addEventListener("keydown", nudge);
  for (const one of document.querySelectorAll("#frame, #wall iframe")) one.addEventListener("load", () => listen(one));
  document.addEventListener("click", (event) => event.target.closest("[data-fold]") && fold(event.target));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-program], a[data-reader]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.reader) return change({ reader: link.dataset.reader });
    change({ page: "newsletter", part: "html", program: link.dataset.program });
    byId("stage").focus();
  });
  byId("adjust")?.addEventListener("click", () => {
    byId("adjust").setAttribute("aria-expanded", byId("controls").classList.toggle("open"));
  });
  if (byId("frame")) addEventListener("resize", () => size(state()));
  document.addEventListener("keydown", key);
  addEventListener("hashchange", show);
  show();
  if (isLive) follow();
  find();
}

start();
