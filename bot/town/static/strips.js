// @ts-check
// The buttons of the strips: time, the scripted day, trouble.

import { post, toast } from "./wire.js";

/**
 * What a strip's button asks for, or null for other buttons.
 * @param {HTMLElement} button
 * @param {object} place the chat that is open, for troubles about a chat
 */
export async function strip(button, place = {}) {
  const { step, speed, trouble, day } = button.dataset;
  if (step) await post("/town/time", { step });
  else if (speed) await post("/town/time", { speed: Number(speed) });
  else if (trouble) await post("/town/trouble", { what: trouble, ...place });
  else if (day) await post("/town/day", {});
  else return false;
  if (button.textContent) toast(button.textContent);
  return true;
}
