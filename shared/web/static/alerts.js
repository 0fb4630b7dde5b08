// The alert board by keyboard, and an issue's page that is not taken away from whoever types into it.

const typing = (element) => element?.matches?.("input:not([type=checkbox], [type=radio], [type=hidden]), textarea, select");
const rows = () => [...document.querySelectorAll("[data-row]")];
const links = () => rows().map((row) => row.querySelector("[data-open]"));

const keys = document.querySelector("[data-board-keys]");
if (keys) {
  keys.hidden = false;
  document.addEventListener("keydown", onKey, true); // before the keys of the whole portal, some of which mean something else
}

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = { j: () => move(1), k: () => move(-1), a: acknowledge, "/": filter }[event.key];
  if (act) {
    event.preventDefault();
    event.stopPropagation();
    act();
  }
}

function here() {
  return rows().findIndex((row) => row.contains(document.activeElement));
}

function move(by) {
  const all = links();
  if (!all.length) return;
  const place = here();
  const next = place < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, place + by));
  all[next].focus();
  all[next].closest("[data-row]").scrollIntoView({ block: "nearest" });
}

function acknowledge() {
  rows()[here()]?.querySelector("[data-acknowledge]")?.click();
}

function filter() {
  document.getElementById("filter-product")?.focus();
}

// When the board is fetched again, whoever stood on a row stands on it still.
let stood = null;
document.addEventListener("htmx:beforeSwap", () => {
  const row = rows()[here()];
  stood = row ? row.id : null;
});
document.addEventListener("htmx:afterSettle", () => {
  if (stood && document.activeElement === document.body) document.getElementById(stood)?.querySelector("[data-open]")?.focus();
  stood = null;
});

// A part into which somebody types, or has typed, is left as it is; it says that something is new.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const part = event.detail.target;
  if (!part.matches("[data-part]") || !isInUse(part)) return;
  event.detail.shouldSwap = false;
  const hint = part.querySelector("[data-stale]");
  if (hint && part.textContent.trim() !== event.detail.fragment.textContent.trim()) hint.hidden = false;
});

function isInUse(part) {
  if (part.contains(document.activeElement) && typing(document.activeElement)) return true;
  if (part.querySelector("details.act[open]")) return true;
  const fields = [...part.querySelectorAll("textarea, input:not([type=hidden])")];
  return fields.some((field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked);
}
