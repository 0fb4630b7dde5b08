// Fields that are chosen by searching: the combobox pattern of WAI-ARIA APG. Without this script they are plain fields.

const WAIT = 120; // ms without a key until is asked
const HALF = /[\u3131-\u318e]+$/; // letters that are not a syllable yet, while Korean is being typed

for (const place of document.querySelectorAll("[data-picker]")) new Picker(place);

// htmx may bring new ones
document.addEventListener("htmx:load", (event) => {
  for (const place of event.detail.elt.querySelectorAll?.("[data-picker]") ?? []) new Picker(place);
});

function Picker(place) {
  if (place.dataset.ready) return;
  place.dataset.ready = "1";
  const input = place.querySelector("input");
  const list = place.querySelector("[role=listbox]");
  const status = place.querySelector("[data-status]");
  const other = input.form?.elements.namedItem(place.dataset.fills);
  let found = [];
  let active = -1;
  let timer = 0;
  let asked = new AbortController();
  let chosen = other?.value ? input.value : null; // the name that the code in the other field belongs to

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  input.addEventListener("input", () => {
    if (chosen !== null && input.value !== chosen) forget();
    say("", true);
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", () => setTimeout(close, 150)); // after a click on the list
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(Number(option.dataset.place));
  });

  function onKey(event) {
    if (event.isComposing) return; // Enter and arrows belong to the one who writes Korean
    const open = !list.hidden && found.length > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) move(event.key === "ArrowDown" ? active + 1 : active - 1);
      else ask();
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") {
      close();
    }
  }

  async function ask() {
    const words = input.value.replace(HALF, "").trim();
    asked.abort();
    if (!words) return close();
    asked = new AbortController();
    const address = new URL(place.dataset.picker, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return close();
      const said = await answer.json();
      show(said.items ?? said);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function show(products) {
    if (document.activeElement !== input) return;
    if (!products.length) {
      close();
      say(place.dataset.none, true);
      return;
    }
    found = products;
    list.replaceChildren(...products.map(option));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(-1);
    say(place.dataset.some.replace("{count}", products.length), false);
  }

  // What is seen in the list is only said to those who listen.
  function say(words, seen) {
    status.textContent = words;
    status.classList.toggle("heard", !seen);
  }

  function option(product, number) {
    const row = document.createElement("li");
    row.id = `${list.id}-${number}`;
    row.dataset.place = number;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.textContent = product.name;
    const code = document.createElement("span");
    code.className = "code";
    code.textContent = product.code;
    row.append(name, code);
    return row;
  }

  function move(to) {
    mark((to + found.length) % found.length);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function mark(to) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = to;
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    list.children[active].setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", list.children[active].id);
  }

  function choose(number) {
    const product = found[number];
    input.value = chosen = product.name;
    fill(product.code);
    close();
    say(`${product.name} ${product.code}`, false);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // The code belongs to the name that was chosen: with another name it goes.
  function forget() {
    chosen = null;
    fill("");
  }

  function fill(code) {
    if (!other || other.value === code) return;
    other.value = code;
    other.dispatchEvent(new Event("input", { bubbles: true }));
    other.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function close() {
    clearTimeout(timer);
    asked.abort();
    mark(-1);
    found = [];
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }
}
