// Ctrl-K or ⌘K: a few letters lead to any card, issue, product, person or page (a combobox with its list).

const ADDRESS = "/intake/palette";
const WAIT = 120; // ms of rest before the letters are sent
const words = document.getElementById("keys")?.dataset;
let dialog;
let timer;
let asked = 0;

document.addEventListener("keydown", (event) => {
  if (words && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    open();
  }
});
for (const button of document.querySelectorAll("[data-palette]")) {
  button.hidden = false;
  button.addEventListener("click", open);
}

function open() {
  dialog ||= build();
  if (!dialog.open) dialog.showModal();
  dialog.input.value = "";
  dialog.input.focus();
  ask();
}

function build() {
  const made = document.createElement("dialog");
  made.className = "palette";
  made.setAttribute("aria-label", words.paletteWord);
  const head = document.createElement("div");
  head.className = "palette-head";
  made.input = document.createElement("input");
  const given = {
    type: "text", role: "combobox", autocomplete: "off", maxlength: "200", placeholder: words.paletteWord,
    "aria-label": words.paletteWord, "aria-expanded": "true", "aria-controls": "jumps", "aria-autocomplete": "list",
  };
  for (const [name, value] of Object.entries(given)) made.input.setAttribute(name, value);
  head.append(made.input);
  made.list = document.createElement("ul");
  made.list.id = "jumps";
  made.list.setAttribute("role", "listbox");
  made.list.setAttribute("aria-label", words.paletteWord);
  made.append(head, made.list);
  made.input.addEventListener("input", () => (clearTimeout(timer), (timer = setTimeout(ask, WAIT))));
  made.input.addEventListener("keydown", steer);
  made.addEventListener("click", (event) => event.target === made && made.close());
  made.list.addEventListener("click", (event) => go(event.target.closest("[data-href]"), event));
  document.body.append(made);
  return made;
}

async function ask() {
  const number = ++asked;
  const address = `${ADDRESS}?${new URLSearchParams({ q: dialog.input.value.trim() })}`;
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(3000) }).catch(() => null);
  if (number !== asked) return;
  if (answer?.ok) dialog.list.innerHTML = await answer.text();
  else {
    const away = document.createElement("li");
    away.className = "away faint";
    away.textContent = words.away;
    dialog.list.replaceChildren(away);
  }
  choose(0);
}

const options = () => [...dialog.list.querySelectorAll("[role=option][data-href]")];
const chosen = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

function choose(at) {
  const every = options();
  every.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
  if (every[at]) {
    dialog.input.setAttribute("aria-activedescendant", every[at].id);
    every[at].scrollIntoView({ block: "nearest" });
  } else dialog.input.removeAttribute("aria-activedescendant");
}

function steer(event) {
  const length = options().length;
  if (event.isComposing) return;
  if (event.key === "ArrowDown" && length) choose((chosen() + 1) % length);
  else if (event.key === "ArrowUp" && length) choose((chosen() - 1 + length) % length);
  else if (event.key === "Enter") go(options()[chosen()], event);
  else return;
  event.preventDefault();
}

function go(option, event) {
  if (!option) return;
  if (event.ctrlKey || event.metaKey) window.open(option.dataset.href, "_blank", "noopener");
  else location.href = option.dataset.href;
}
