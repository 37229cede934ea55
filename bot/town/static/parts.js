// @ts-check
// Parts of the page that change: the server renders them, here they are put in their place.

import { set } from "./clock.js";

/** @typedef {{id: string, html: string | null, within: string | null}} Part */

/**
 * @param {Part} part
 * @returns {boolean} something new came to an end of a list
 */
function place(part) {
  const old = document.getElementById(part.id);
  if (part.html === null) {
    old?.remove();
    return false;
  }
  if (part.within === null) {
    if (old) old.innerHTML = part.html;
    return false;
  }
  const mould = document.createElement("template");
  mould.innerHTML = part.html.trim();
  if (old) {
    old.replaceWith(mould.content);
    return false;
  }
  document.getElementById(part.within)?.append(mould.content);
  return true;
}

/**
 * Follow a stream of parts until the page is left.
 * @param {string} address
 * @param {(fresh: boolean) => void} changed called after every batch
 * @param {(open: boolean) => void} standing the connection came or went
 */
export function follow(address, changed, standing) {
  const source = new EventSource(address);
  source.onopen = () => standing(true);
  source.onerror = () => standing(false);
  source.onmessage = (event) => {
    /** @type {{now: string, speed: number, parts: Part[]}} */
    const told = JSON.parse(event.data);
    const fresh = told.parts.map(place).some(Boolean);
    set(told);
    changed(fresh);
  };
}
