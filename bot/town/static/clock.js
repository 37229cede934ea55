// @ts-check
// The town's clock: the server says the moment now and then, between that it ticks here.

const ZONE = "Europe/Moscow";
let moment = 0;
let heard = 0;
let speed = 0;

const format = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", second: "2-digit",
  timeZone: ZONE,
});

/** Draw the moment wherever a clock stands. */
export function draw() {
  if (!heard) return;
  const at = moment + (performance.now() - heard) * speed;
  for (const place of document.querySelectorAll("[data-clock]")) {
    place.textContent = format.format(at);
  }
}

/**
 * The server's word about the time.
 * @param {{now: string, speed: number}} told
 */
export function set(told) {
  moment = Date.parse(told.now);
  heard = performance.now();
  speed = told.speed;
  draw();
}

setInterval(draw, 500);
