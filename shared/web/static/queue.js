// The list beside its card: keeps selection and focus when rows are drawn again, marks what is new, picks ranges.

const MINUTE = 60000;
const list = document.getElementById("list");
const bulk = document.getElementById("bulk");
const ahead = Number(document.querySelector('meta[name="server-time"]').content) - Date.now();

// Times until something is due, roughly, by the server's clock.
function tick() {
  for (const due of document.querySelectorAll("[data-coarse]")) {
    const minutes = Math.floor((Date.parse(due.dataset.coarse) - Date.now() - ahead) / MINUTE);
    const over = minutes < 0;
    const left = Math.abs(over ? minutes + 1 : minutes);
    const [size, n] = left >= 2880 ? ["days", left / 1440] : left >= 60 ? ["hours", left / 60] : ["minutes", left];
    const text = due.dataset[over ? "over" : "left"].replace("{time}", due.dataset[size].replace("{n}", Math.floor(n)));
    const place = due.querySelector("[data-text]");
    if (place.textContent !== text) place.textContent = text;
    due.classList.toggle("over", over);
    due.classList.toggle("soon", !over && left < 240);
  }
}
tick();
setInterval(tick, MINUTE / 2);

// Which card is open stands in the address; the row says so too.
function mark() {
  const card = new URL(location.href).searchParams.get("card");
  document.querySelector("[data-queue]")?.classList.toggle("has-card", Boolean(card));
  for (const link of document.querySelectorAll(".row-link")) {
    const here = card && link.getAttribute("hx-push-url")?.match(/[?&]card=([^&]+)/)?.[1] === card;
    if (here) {
      link.setAttribute("aria-current", "true");
      link.closest(".row").classList.remove("fresh");
    } else link.removeAttribute("aria-current");
  }
}

// Rows that came or changed while somebody looked keep a dot until they are opened.
const fresh = new Set();
const versions = () => new Map([...document.querySelectorAll(".row[data-id]")].map((row) => [row.id, row.dataset.version]));
let before;

document.addEventListener("htmx:configRequest", (event) => {
  if (event.target !== list) return;
  event.detail.path = location.pathname + location.search; // the address has moved on since the list was drawn
  event.detail.parameters.delete?.("card");
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target !== list) return;
  before = {
    versions: versions(),
    picked: new Set(picked().map((box) => box.value)),
    focused: document.activeElement?.closest?.(".row")?.id,
    onBox: document.activeElement?.matches?.("[name=pick]"),
    facets: new Map([...document.querySelectorAll(".facet, .save-view")].map((f) => [f.dataset.facet || "save", f.open])),
    naming: document.getElementById("view-name")?.value,
  };
});
document.addEventListener("htmx:afterSettle", () => {
  if (before) restore(before);
  before = undefined;
  mark();
  count();
  tick();
});

function restore(was) {
  for (const [id, version] of versions()) {
    if (was.versions.size && was.versions.get(id) !== version) fresh.add(id);
  }
  for (const id of fresh) document.getElementById(id)?.classList.add("fresh");
  for (const box of document.querySelectorAll("[name=pick]")) box.checked = was.picked.has(box.value);
  const row = was.focused && document.getElementById(was.focused);
  if (row && document.activeElement === document.body) row.querySelector(was.onBox ? "[name=pick]" : ".row-link").focus({ preventScroll: true });
  for (const facet of document.querySelectorAll(".facet, .save-view")) {
    const open = was.facets.get(facet.dataset.facet || "save");
    if (open !== undefined) facet.open = open;
  }
  const naming = document.getElementById("view-name");
  if (naming && was.naming) naming.value = was.naming;
}

document.addEventListener("click", (event) => {
  const row = event.target.closest?.(".row");
  if (row?.querySelector(".row-link")?.contains(event.target)) {
    fresh.delete(row.id);
    row.classList.remove("fresh");
  }
});

// Picking: a range with Shift, all of a page, none.
const boxes = () => [...document.querySelectorAll("[name=pick]")];
const picked = () => boxes().filter((box) => box.checked);
let anchor;

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("[name=pick]");
  if (box) pickUpTo(box, event.shiftKey);
});

export function pickUpTo(box, range) {
  const every = boxes();
  const from = every.findIndex((one) => one.value === anchor);
  if (range && from >= 0) {
    const to = every.indexOf(box);
    for (const one of every.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
  }
  anchor = box.value;
  count();
}

function count() {
  if (!bulk) return;
  const chosen = picked().length;
  bulk.querySelector("[data-picked]").textContent = chosen ? String(chosen) : "";
  bulk.querySelector("[data-pick-all]").hidden = chosen === boxes().length;
  bulk.querySelector("[data-pick-none]").hidden = !chosen;
  bulk.querySelector("[name=back]").value = location.pathname + location.search;
}
bulk?.querySelector("[data-pick-all]").addEventListener("click", () => (boxes().forEach((box) => (box.checked = true)), count()));
bulk?.querySelector("[data-pick-none]").addEventListener("click", () => (boxes().forEach((box) => (box.checked = false)), count()));

// A card that came beside the list gets the reader's attention there only when it was asked for by mouse on a phone.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "pane") {
    event.detail.target.scrollTop = 0;
    if (getComputedStyle(list.closest(".list")).display === "none" || innerWidth < 1080) scrollTo(0, 0);
  }
});

// After something was done to the card, the list shows it at once.
document.addEventListener("card:done", () => list && window.htmx?.trigger(list, "changed"));

// Without an answer in a second a part of another service says so in words.
for (const event of ["htmx:timeout", "htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(event, ({ target }) => {
    const panel = target.closest?.("[data-away]");
    if (!panel || !("fragment" in target.dataset)) return;
    const away = document.createElement("p");
    away.className = "faint";
    away.textContent = panel.dataset.away;
    target.append(away);
  });
}

mark();
count();
