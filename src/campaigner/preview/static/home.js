"use strict";
// All campaigns: finds them, shows them large, small or as a list, and looks at those that come into view.

const cards = () => [...byId("cards").children];
const finding = byId("finding").elements;
const FIRST = { find: "", state: "", view: document.body.dataset.view };

// ---- What is shown ----

const chosen = () => ({ find: finding.find.value, state: finding.state?.value ?? "", view: finding.view.value });

/** Show what the form says, and have the address say it too. */
function choose() {
  const wanted = chosen();
  const said = Object.entries(wanted).filter(([name, value]) => FIRST[name] !== value);
  history.replaceState(null, "", said.length ? `#${new URLSearchParams(said)}` : location.pathname + location.search);
  narrow(wanted);
}

/** Fill in the form from the address; what is no choice there is passed over. */
function restore() {
  const wanted = { ...FIRST, ...Object.fromEntries(new URLSearchParams(location.hash.slice(1))) };
  finding.find.value = wanted.find;
  for (const name of ["state", "view"]) {
    const choices = [...(finding[name] ?? [])];
    if (!choices.some((choice) => choice.value === wanted[name])) wanted[name] = FIRST[name];
    for (const choice of choices) choice.checked = choice.value === wanted[name];
  }
  narrow(wanted);
}

function narrow({ find: text, state, view }) {
  document.body.dataset.view = view;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const card of cards()) {
    const fits = !state || (state === "problems" ? problems(card) > 0 : card.dataset.state === state);
    card.hidden = !fits || !words.every((word) => card.dataset.words.includes(word));
    count += card.hidden ? 0 : 1;
  }
  byId("count").value = count;
  byId("none").hidden = count > 0;
  clearTimeout(watch.rest);
  watch.rest = setTimeout(arrive, REST);
}

function keyed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input[type=search]")) return;
  if (event.key === "/") { byId("search").focus(); event.preventDefault(); }
  if (event.key === "v") {
    finding.view.value = next([...finding.view].map((choice) => choice.value), finding.view.value);
    choose();
  }
}

// ---- What is wrong ----

const problems = (card) => Number(card.querySelector(".problems").dataset.count);
const isChecked = (card) => "checked" in card.querySelector(".problems").dataset;
/** Cards on the screen and near it. */
const seen = new Set();
/** Few are all looked at; of many only those that one sees, until one asks for all. */
let isCheckingAll = FIRST.view === "large", isChecking = false;

/** Look at one campaign after the other, those on the screen first: the preview renders all of each for it. */
async function check() {
  if (isChecking || !isLive) return;
  isChecking = true;
  try {
    for (let card = toCheck(); card; card = toCheck()) {
      const answer = await fetch(new URL("problems", card.querySelector("h2 a").href), { cache: "no-cache" });
      if (!answer.ok) break;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".problems");
      if (!card.isConnected) continue;
      card.querySelector(".problems").replaceWith(document.adoptNode(found));
      tally();
    }
  } catch { /* the preview has ended; what is shown stays */ } finally { isChecking = false; }
  isCheckingAll &&= cards().some((card) => !isChecked(card));
  tally();
}

function toCheck() {
  return [...seen].find((card) => card.isConnected && !isChecked(card)) ?? (isCheckingAll && cards().find((card) => !isChecked(card)));
}

/** Say how many campaigns were looked at: of the others nobody knows yet. */
function tally() {
  const all = cards(), checked = all.filter(isChecked).length, wrong = all.filter((card) => problems(card)).length;
  const counted = checked === all.length ? "all checked" : `${checked} of ${all.length} checked`;
  byId("checked").textContent = wrong || checked ? `${counted}, ${wrong || "none"} with problems` : counted;
  byId("check").hidden = !isLive || isCheckingAll || checked === all.length;
  if (chosen().state === "problems") narrow(chosen());
}

// ---- What comes into view, and what was saved ----

const watch = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) seen.add(target); else seen.delete(target);
    if (!isIntersecting) for (const picture of target.querySelectorAll(".picture")) picture.replaceChildren();
  }
  clearTimeout(watch.rest);
  watch.rest = setTimeout(arrive, REST);
}, { rootMargin: "50% 0px" });
/** Milliseconds without a key or a turn of the wheel, before anything is asked for. */
const REST = 120;

/** Show pages and problems of what is seen, and of nothing else: a thousand campaigns are three thousand pages. */
function arrive() {
  const wanted = document.body.dataset.view === "list" ? [] : [...seen];
  for (const picture of wanted.flatMap((card) => [...card.querySelectorAll(".picture:empty")])) {
    const page = document.createElement("iframe");
    page.sandbox = "allow-same-origin";
    page.tabIndex = -1;
    page.title = picture.dataset.title;
    page.src = page.dataset.shown = picture.dataset.source;
    picture.append(page);
  }
  check();
}

/** A save: what is seen is shown as it is now; the rest is asked for when it comes. */
function refreshed() {
  for (const card of cards()) watch.observe(card);
  for (const card of seen) {
    if (!card.isConnected) seen.delete(card);
    else for (const page of card.querySelectorAll("iframe")) if (documentIn(page)?.URL.startsWith("http")) refreshFrame(page);
  }
  restore();
  tally();
  arrive();
}

for (const card of cards()) watch.observe(card);
byId("finding").addEventListener("input", choose);
byId("finding").addEventListener("submit", (event) => event.preventDefault());
byId("check").addEventListener("click", () => { isCheckingAll = true; tally(); check(); });
document.addEventListener("keydown", keyed);
document.addEventListener("refreshed", refreshed);
addEventListener("hashchange", restore);
restore();
tally();
