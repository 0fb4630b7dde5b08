// Counts every [data-due] down by the server's clock; the server has written the first text.

const SECOND = 1000;
const serverTime = Number(document.querySelector('meta[name="server-time"]').content);
const ahead = serverTime - Date.now();
const over = new WeakSet();

function tick() {
  for (const clock of document.querySelectorAll("[data-due]")) draw(clock, Date.now() + ahead);
}

function draw(clock, now) {
  const left = Math.floor((Date.parse(clock.dataset.due) - now) / SECOND);
  const words = left < 0 ? clock.dataset.over : clock.dataset.left;
  const text = words.replace("{clock}", span(Math.abs(left), clock.dataset.days));
  const place = clock.querySelector("[data-text]");
  if (place.textContent !== text) place.textContent = text;
  clock.classList.toggle("over", left < 0);
  if (left >= 0) return;
  if (left > -3 && !over.has(clock)) document.getElementById("announce").textContent = clock.dataset.say;
  over.add(clock);
}

function span(seconds, withDays) {
  const two = (number) => String(number).padStart(2, "0");
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const clock = days || hours ? `${hours}:${rest}` : rest.replace(/^0/, "");
  return days ? withDays.replace("{days}", days).replace("{clock}", clock) : clock;
}

tick();
setInterval(tick, SECOND);
document.addEventListener("htmx:afterSettle", tick);
