// The call screen: saved while it is written, worked by keys alone, two windows of one call know of each other.

const PAUSE = 700; // ms without a key until it is saved
const AGAIN = 2000; // ms until a save that failed is tried again

const form = document.querySelector("form[data-call]");
const line = document.getElementById("saved");
const revision = form.elements.revision;
let timer = 0;
let saving = false;
let dirty = false;
let stale = false;

form.addEventListener("input", (event) => {
  if (event.target.type !== "file") later(PAUSE);
});

function later(delay) {
  dirty = true;
  clearTimeout(timer);
  if (!stale) timer = setTimeout(save, delay);
}

async function save() {
  if (saving || stale) return saving;
  saving = true;
  dirty = false;
  say("saving");
  try {
    await send();
  } catch {
    dirty = true;
    say("waiting");
    clearTimeout(timer);
    timer = setTimeout(save, AGAIN);
  }
  saving = false;
  if (dirty && !stale && line.dataset.state !== "waiting") later(PAUSE);
  return false;
}

async function send() {
  const answer = await fetch(`/intake/calls/${form.dataset.call}/saves`, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: fields(),
    keepalive: true,
  });
  if (answer.ok) {
    const saved = await answer.json();
    revision.value = saved.revision;
    say("saved", new Date(saved.saved_at).toLocaleTimeString(document.documentElement.lang, { timeZone: "Asia/Seoul" }));
    return;
  }
  if (answer.status >= 500 || answer.status === 429) throw new Error();
  stop(answer.status);
}

// Somebody else was faster, or took the call over: nothing is overwritten, the person decides.
function stop(status) {
  stale = true;
  say("stale");
  const place = document.getElementById("stale");
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
  if (status === 401 || status === 403 || status === 409) location.reload();
}

function fields() {
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") typed.append(name, value);
  return typed;
}

function say(state, time = "") {
  line.dataset.state = state;
  line.textContent = line.dataset[state].replace("{time}", time);
}

addEventListener("visibilitychange", () => document.visibilityState === "hidden" && dirty && save());
addEventListener("beforeunload", (event) => (dirty || saving) && !leaving && event.preventDefault());

// Filing and saving by button take what is typed with them.
let leaving = false;
form.addEventListener("submit", () => {
  leaving = true;
  clearTimeout(timer);
});

// A breakdown is marked on what is saved, so it is saved first.
document.querySelector("[data-do=break]").addEventListener("click", async (event) => {
  if (leaving) return;
  event.preventDefault();
  const button = event.currentTarget;
  clearTimeout(timer);
  await save();
  if (stale || line.dataset.state === "waiting") return;
  leaving = true;
  button.click();
});

// Keys by their place on the keyboard, so that they work while Hangul is typed.
const FIELDS = { KeyT: "#f-body", KeyP: "#f-product-name", KeyW: "#f-occurred_on", KeyA: "#f-file", KeyL: "#alike" };
const GROUPS = { KeyK: "#f-kind", KeyR: "#f-remedy_sought", KeyH: "[data-key=KeyH]", KeyC: "[data-key=KeyC]" };
const help = document.getElementById("call-keys");
const helpButton = document.querySelector("[data-do=keys]");
helpButton.hidden = false;
helpButton.addEventListener("click", () => help.showModal());

// In front of the keys that hold everywhere: here the list of keys is this screen's.
addEventListener("keydown", keyed, { capture: true });
addEventListener("click", asked, { capture: true });

function keyed(event) {
  const action = event.isComposing || help.open ? null : pressed(event);
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

function asked(event) {
  if (!event.target.closest?.("[data-keys]")) return;
  event.preventDefault();
  event.stopPropagation();
  help.showModal();
}

function pressed(event) {
  const { code, altKey, ctrlKey, metaKey } = event;
  if (altKey && !ctrlKey && !metaKey) {
    if (FIELDS[code]) return () => go(document.querySelector(FIELDS[code]));
    if (GROUPS[code]) return () => go(first(document.querySelector(GROUPS[code])));
    if (code === "KeyB") return () => document.querySelector("[data-do=break]").click();
  }
  if ((ctrlKey || metaKey) && code === "Enter") return () => document.querySelector("[data-do=file]").click();
  if ((ctrlKey || metaKey) && code === "KeyS") return () => (clearTimeout(timer), save());
  const typing = event.target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
  if (code === "F1" || (event.key === "?" && !typing)) return () => help.showModal();
  return null;
}

// The first field of a group that can be seen; of radios the one that is chosen.
function first(group) {
  const fields = [...group.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const start = fields.find((field) => field.offsetParent);
  return fields.find((field) => field.checked && field.name === start?.name) || start;
}

function go(place) {
  if (!place) return;
  place.focus();
  place.scrollIntoView({ block: "center" });
}

// Another window of the same call answers.
const windows = new BroadcastChannel(`ccms.call.${form.dataset.call}`);
windows.addEventListener("message", (event) => {
  document.getElementById("twin").hidden = false;
  if (event.data === "here") windows.postMessage("too");
});
windows.postMessage("here");

if (!document.querySelector(".errors")) document.querySelector("#f-body").focus();
