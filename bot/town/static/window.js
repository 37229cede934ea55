// @ts-check
// One person's messenger: reading, writing, pressing.

import { follow } from "./parts.js";
import { strip } from "./strips.js";
import { post, toast } from "./wire.js";

const me = /** @type {HTMLElement} */ (document.getElementById("me")).dataset;
const messages = document.getElementById("messages");
const composer = /** @type {HTMLFormElement | null} */ (document.getElementById("composer"));
const words = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("words"));
const about = document.getElementById("about");
const base = `/as/${me.user}`;
/** What the next words are: a reply to a message, or another text for an own one. */
let reply = "";
let edit = "";

/** Where words go. */
function where() {
  return { chat: me.chat, thread: me.thread || null, reply_to: reply || asked() || null };
}

/** The message that asks for a reply of this person. */
function asked() {
  const found = /** @type {HTMLElement | null} */ (document.querySelector("[data-asked]"));
  return found ? found.dataset.asked : "";
}

/** The placeholder that the bot asks for, else the page's own. */
function ask() {
  if (!words) return;
  const found = /** @type {HTMLElement | null} */ (document.querySelector("#offers [data-placeholder]"));
  words.placeholder = (found && found.dataset.placeholder) || words.dataset.placeholder || "";
}

/**
 * @param {string} label
 * @param {string} kind
 * @param {string} id
 */
function aim(label, kind, id) {
  if (!about || !words) return;
  reply = kind === "reply" ? id : "";
  edit = kind === "edit" ? id : "";
  about.hidden = !id;
  /** @type {HTMLElement} */ (about.firstElementChild).textContent = label;
  words.focus();
}

/** Everything that is shown has been read, if somebody looks. */
function read() {
  if (!me.chat || !messages || document.hidden) return;
  const last = /** @type {HTMLElement | null} */ (messages.lastElementChild);
  if (last && last.dataset.id !== messages.dataset.read) {
    messages.dataset.read = last.dataset.id;
    post(`${base}/read`, { chat: me.chat, thread: me.thread || null, upto: last.dataset.id });
  }
}

function down() {
  if (messages) messages.scrollTop = messages.scrollHeight;
}

/** Was the end of the chat in sight before something came? */
let atEnd = true;
messages?.addEventListener("scroll", () => {
  atEnd = messages.scrollHeight - messages.scrollTop - messages.clientHeight < 80;
});

follow(
  `${base}/events?${new URLSearchParams({ chat: me.chat || "", thread: me.thread || "", framed: me.framed || "" })}`,
  (fresh) => {
    ask();
    if (fresh && atEnd) down();
    read();
  },
  (open) => { if (!open) toast(me.lost || ""); },
);
document.addEventListener("visibilitychange", read);
down();
ask();

composer?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = words?.value.trim();
  if (!text || !words) return;
  const done = edit
    ? await post(`${base}/edit`, { chat: me.chat, message: edit, text })
    : await post(`${base}/say`, { ...where(), text });
  if (done) {
    words.value = "";
    aim("", "", "");
    atEnd = true;
  }
});

words?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    composer?.requestSubmit();
  }
  if (event.key === "Escape") aim("", "", "");
});

composer?.querySelector("input[type=file]")?.addEventListener("change", async (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const form = new FormData();
  for (const [name, value] of Object.entries(where())) if (value) form.append(name, value);
  if (words?.value.trim()) form.append("caption", words.value.trim());
  for (const file of field.files || []) form.append("file", file, file.name);
  if (await post(`${base}/upload`, form)) sent();
  field.value = "";
});

function sent() {
  if (words) words.value = "";
  aim("", "", "");
  document.querySelectorAll("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
  atEnd = true;
}

/** @param {HTMLElement} button */
async function press(button) {
  button.setAttribute("aria-busy", "true");
  const body = { chat: me.chat, message: button.dataset.message, data: button.dataset.press };
  const answer = await post(`${base}/press`, body);
  button.removeAttribute("aria-busy");
  if (!answer) return;
  if (answer.late) toast(me.late || "");
  if (answer.toast) toast(answer.toast);
  if (answer.start) await start(answer.start);
}

/** @param {string} param */
async function start(param) {
  if (await post(`${base}/start`, { param })) {
    location.href = `${base}?chat=${me.user}${me.framed ? "&framed=1" : ""}`;
  }
}

/** @param {HTMLElement} button */
async function act(button) {
  const name = button.dataset.act;
  if (name === "cancel") aim("", "", "");
  else if (name === "start") await post(`${base}/start`, {});
  else await post(`${base}/${name}`, {});
  sent();
}

document.addEventListener("click", async (event) => {
  const target = /** @type {Element} */ (event.target);
  const button = /** @type {HTMLElement | null} */ (target.closest("button"));
  if (!button) return;
  const data = button.dataset;
  if (data.press) await press(button);
  else if (data.tap) await post(`${base}/tap`, { chat: me.chat, button: data.tap, asks: data.asks });
  else if (data.reply) aim(`↳ ${first(data.reply)}`, "reply", data.reply);
  else if (data.edit) rewrite(data.edit);
  else if (data.understood) understood(data.understood);
  else if (data.act) await act(button);
  else if (data.send) {
    const more = { what: data.send, place: data.place, caption: words?.value.trim() };
    if (await post(`${base}/send`, { ...where(), ...more })) sent();
  } else await strip(button, { chat: me.chat, thread: me.thread });
});

/** @param {string} id */
function first(id) {
  return (document.querySelector(`#m-${id} .words`)?.textContent || "…").trim().slice(0, 60);
}

/** @param {string} id */
function rewrite(id) {
  const own = /** @type {HTMLElement | null} */ (document.querySelector(`#m-${id} .words`));
  if (!own || !words) return;
  aim(`✎ ${first(id)}`, "edit", id);
  words.value = own.dataset.source || "";
}

/** @param {string} id */
function understood(id) {
  const about = new URLSearchParams({ as: me.user || "", chat: me.chat || "", message: id });
  window.open(`/understood?${about}`, "understood");
}
