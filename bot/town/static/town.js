// @ts-check
// The door, the windows side by side, the page of a link.

import { follow } from "./parts.js";
import { strip } from "./strips.js";
import { post } from "./wire.js";

document.addEventListener("click", async (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("button"));
  if (!button) return;
  const { open, start } = button.dataset;
  if (open) {
    if (await post(`/as/${open}/start`, { param: start })) location.href = `/as/${open}?chat=${open}`;
    return;
  }
  await strip(button);
});

if (document.getElementById("state")) follow("/events", () => {}, () => {});
