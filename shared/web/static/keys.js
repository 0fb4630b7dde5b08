// Keys for those who work all day here: they move, open, act; none of them fires while somebody types.

const TYPING = "input, textarea, select, [contenteditable], dialog";
const TOGETHER = 900; // ms in which the second of two keys has to come
const dialog = document.getElementById("keys");
let leader = 0;

const rows = () => [...document.querySelectorAll(".rows .row-link")];
const focused = () => document.activeElement?.closest?.(".row")?.querySelector(".row-link");
const current = () => focused() || document.querySelector(".row-link[aria-current]");

function move(step) {
  const every = rows();
  const at = every.indexOf(current());
  const next = every[at < 0 ? (step > 0 ? 0 : every.length - 1) : Math.max(0, Math.min(every.length - 1, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function openNext() {
  const every = rows();
  const at = every.findIndex((link) => link.hasAttribute("aria-current"));
  const next = every[at + 1] || every[at - 1];
  if (next) (next.focus(), next.click());
}

// Opens one of the card's forms; what may not be done yet says why.
function act(name) {
  const missing = document.querySelector(`[data-refused="${name}"]`);
  if (missing) return say(missing.textContent.replace(/\s+/g, " ").trim());
  const form = document.querySelector(`#card [data-form="${name}"]`);
  if (!form) return say(dialog.dataset.impossible);
  const details = form.closest("details");
  if (details && !details.open) {
    details.dataset.keyed = "yes";
    details.open = true;
  }
  form.scrollIntoView({ block: "center" });
  form.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  return undefined;
}

function assign() {
  if (document.querySelector("[name=pick]:checked")) document.getElementById("bulk-owner")?.focus();
  else act("own");
}

function comment() {
  if (document.querySelector("[name=pick]:checked")) document.getElementById("bulk-text")?.focus();
  else act("comment");
}

function pick(event) {
  const box = current()?.closest(".row").querySelector("[name=pick]");
  if (!box) return;
  current().focus();
  box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: event.shiftKey }));
}

function say(text) {
  const notice = document.getElementById("notice");
  const place = document.createElement("div");
  place.className = "refusal notice";
  place.textContent = text;
  notice.replaceChildren(place);
}

// After "e" the card that was resolved gives way to the next one.
let resolving = false;
document.addEventListener("card:done", (event) => {
  if (resolving && event.detail.act === "resolutions") setTimeout(openNext, 300);
  resolving = false;
});

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  e: () => ((resolving = true), act("accept")),
  a: assign,
  c: comment,
  r: () => act("answer"),
  t: () => act("acknowledge"),
  x: pick,
  X: pick,
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": help,
};
const PLACES = { q: "/intake/complaints", w: "/intake/work", b: "/alerts" };

document.addEventListener("keydown", (event) => {
  if (!dialog || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.(TYPING) && !(event.target.matches("[type=checkbox]") && event.key !== " ")) {
    if (event.key === "Escape" && event.target.closest("#card, #bulk, .search")) event.target.blur();
    return;
  }
  if (Date.now() - leader < TOGETHER && PLACES[event.key]) {
    leader = 0;
    location.href = PLACES[event.key];
  } else if (event.key === "g") {
    leader = Date.now();
  } else if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key](event);
  }
});

function help() {
  if (!dialog.open) dialog.showModal();
}
for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", help);
}
