// @ts-check
// The training room: coming in, beginning a lesson; the coach's words follow as they change.

import { follow } from "./parts.js";
import { strip } from "./strips.js";
import { post, toast } from "./wire.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("enter"));
const learner = /** @type {HTMLElement | null} */ (document.getElementById("learner"));
const address = learner ? learner.dataset.address : "";

/** @param {string} name */
async function enter(name) {
  toast((form && form.dataset.wait) || "");
  const answer = await post("/train", { name });
  if (answer) location.href = answer.go;
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  enter(/** @type {HTMLInputElement} */ (document.getElementById("name")).value);
});

document.addEventListener("click", async (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("button"));
  if (!button) return;
  const { lesson } = button.dataset;
  if (button.dataset.enter) await enter(button.dataset.enter);
  else if (lesson) {
    await post(`${address}/begin`, { lesson });
    document.querySelector(".coach")?.scrollTo(0, 0);
  } else if (button.type !== "submit") await strip(button);
});

/** How it ended is seen at once, wherever the coach's pane was scrolled to. */
let over = Boolean(document.querySelector(".summary"));
function changed() {
  const before = over;
  over = Boolean(document.querySelector(".summary"));
  if (over && !before) document.querySelector(".coach")?.scrollTo(0, 0);
}

if (address) follow(`${address}/events`, changed, () => {});
