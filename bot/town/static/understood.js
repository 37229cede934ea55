// @ts-check
// How words are understood, while they are typed.

import { post } from "./wire.js";

const field = /** @type {HTMLTextAreaElement} */ (document.getElementById("text"));
const told = /** @type {HTMLElement} */ (document.getElementById("told"));
/** Milliseconds of rest after which the words are asked about. */
const REST = 250;
let timer = 0;
/** The newest question: an answer to an older one is not shown. */
let newest = 0;

async function ask() {
  newest += 1;
  const mine = newest;
  const answer = await post("/understood", { text: field.value });
  if (answer && mine === newest) told.innerHTML = answer.html;
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = window.setTimeout(ask, REST);
});
