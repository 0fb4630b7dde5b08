// The card while others work on it: parts are drawn again, what somebody is writing is not; and who else is here.

const BEAT = 12000; // ms between two words that somebody is here

const dirty = (form) => [...form.querySelectorAll("input:not([type=hidden]), textarea, select")].some(isChanged);

function isChanged(field) {
  if (field.tagName === "SELECT") {
    const first = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, first);
  }
  return ["checkbox", "radio"].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}
export const isWriting = (place) => [...place.querySelectorAll("form")].some(dirty);
const card = () => document.getElementById("card");

async function refresh() {
  const place = card();
  const answer = await fetch(place.dataset.partHref, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || card() !== place) return;
  const newer = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("card");
  if (!newer || newer.dataset.version === place.dataset.version) return;
  let kept = false;
  if (shape(place) !== shape(newer) && !isBusy(place)) swap(place, newer); // a part came or went
  else {
    for (const part of newer.querySelectorAll("[data-part]")) {
      const old = place.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
      if (!old || isBusy(old)) kept ||= isWriting(place);
      else swap(old, part);
    }
    place.dataset.version = newer.dataset.version;
  }
  document.getElementById("card-stale").hidden = !kept;
  document.dispatchEvent(new CustomEvent("htmx:afterSettle"));
}

const shape = (place) => [...place.querySelectorAll("[data-part]")].map((part) => part.dataset.part).join(" ");

function isBusy(part) {
  const forms = part.matches("form") ? [part] : [...part.querySelectorAll("form")];
  return forms.some((form) => dirty(form) || form.contains(document.activeElement));
}

function swap(old, part) {
  const open = new Set([...old.querySelectorAll("details[open]")].map(name));
  const text = (place) => place.textContent.replace(/\s+/g, " ").trim();
  const said = text(old) !== text(part);
  old.replaceWith(part);
  for (const details of part.querySelectorAll("details")) if (open.has(name(details))) details.open = true;
  if (said) part.classList.add("changed");
  window.htmx?.process(part);
}

const name = (details) => details.dataset.act || details.closest("[id]")?.id + details.querySelector("summary")?.textContent;

// "changed" does not bubble: it is heard on its way down.
document.addEventListener("changed", (event) => event.target.id === "card" && refresh(), true);

// Who else is here, and that we are.
async function present() {
  const place = document.querySelector("[data-presence]");
  if (!place || document.hidden) return;
  const doing = isWriting(card()) ? "editing" : "reading";
  const body = new URLSearchParams({ doing });
  const answer = await fetch(place.dataset.presence, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || !place.isConnected) return;
  const html = (await answer.text()).trim();
  if (place.dataset.said !== html) {
    place.innerHTML = html;
    place.dataset.said = html;
  }
}
present();
setInterval(present, BEAT);
let told = false;
document.addEventListener("input", (event) => {
  if (!told && event.target.closest?.("#card")) {
    told = true;
    setTimeout(() => (present(), (told = false)), 400);
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (["pane", "card"].includes(event.detail.target.id) || card()) present();
});

// An open form begins where one writes; a card that was drawn anew after a refusal shows its first wrong field.
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.(".act") && event.target.open && event.target.dataset.keyed) {
    delete event.target.dataset.keyed;
    event.target.querySelector("form :is(textarea, select, input:not([type=hidden]))")?.focus();
  }
}, true);
document.addEventListener("htmx:afterSettle", () => {
  const wrong = document.querySelector("#card [aria-invalid=true]");
  if (wrong && !wrong.dataset.seen) {
    wrong.dataset.seen = "yes";
    wrong.focus();
  }
});

// What was done is shown where it was done.
document.addEventListener("card:done", (event) => {
  if (event.detail.act === "comments") document.querySelector("#card .happened > li:last-child")?.scrollIntoView({ block: "center" });
  else document.querySelector("#card [data-done]")?.scrollIntoView({ block: "center" });
});

// Leaving with something half written asks once.
addEventListener("beforeunload", (event) => {
  if (card() && isWriting(card()) && !document.querySelector("form[data-sent]")) event.preventDefault();
});
document.addEventListener("submit", (event) => (event.target.dataset.sent = "yes"));
document.addEventListener("htmx:afterRequest", (event) => event.target.dataset && delete event.target.dataset.sent);
