// @ts-check
// Requests to the town and the short word that comes back.

/** Pages of other origins can't send this header: none of them acts here. */
const GUARD = "X-Town";

/**
 * Show a short word for a few seconds.
 * @param {string} text
 */
export function toast(text) {
  const box = /** @type {HTMLElement} */ (document.getElementById("toast"));
  box.textContent = text;
  box.hidden = false;
  clearTimeout(Number(box.dataset.timer));
  box.dataset.timer = String(setTimeout(() => { box.hidden = true; }, 4000));
}

/**
 * Ask the town to do something; what is wrong is shown.
 * @param {string} path
 * @param {object | FormData} body
 * @returns {Promise<any>} the answer, or null when it was refused
 */
export async function post(path, body) {
  const form = body instanceof FormData;
  /** @type {Record<string, string>} */
  const headers = { [GUARD]: "1" };
  if (!form) headers["Content-Type"] = "application/json";
  const sent = form ? body : JSON.stringify(body);
  const answer = await fetch(path, { method: "POST", headers, body: sent });
  const words = await answer.json();
  if (!answer.ok) {
    toast(words.error);
    return null;
  }
  return words;
}
