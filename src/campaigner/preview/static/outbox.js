"use strict";
// Shows mails as they come, without losing the place that one is at.

const EVERY = 1000;

async function look() {
  try {
    const answer = await fetch(location.pathname, { cache: "no-cache" });
    if (!answer.ok) return;
    const there = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("letters");
    const here = document.getElementById("letters");
    if (here && there) Idiomorph.morph(here, there);
  } catch { /* the preview has ended; what is shown stays */ }
}

setInterval(() => { if (!document.hidden) look(); }, EVERY);
