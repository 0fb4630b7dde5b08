// Keeps the region marked data-stream up to date: the server says what changed, htmx fetches the region again.

const GATHER = 150; // ms in which several changes become one refresh
const AGAIN = 3000; // ms until a closed stream is opened again
const CALM = 10000; // ms between two reloads, so that a server that knows no event id cannot make us spin

const region = document.querySelector("[data-stream]");
if (region) follow(region, region.dataset.after);

function follow(region, after) {
  const address = new URL(region.dataset.stream, location.href);
  if (after) address.searchParams.set("after", after);
  const source = new EventSource(address);
  let last = after;
  let refresh = 0;
  let opened = false;

  source.addEventListener("open", () => {
    show("live");
    if (opened && !last) fetchAgain(region); // without an event id nothing tells what was missed
    opened = true;
  });
  source.addEventListener("changed", (event) => {
    last = event.lastEventId;
    if (region.dataset.only && JSON.parse(event.data).id !== region.dataset.only) return;
    refresh ||= setTimeout(() => ((refresh = 0), fetchAgain(region)), GATHER);
  });
  source.addEventListener("reset", () => {
    source.close();
    startOver(region);
  });
  source.addEventListener("error", () => {
    show("waiting");
    if (source.readyState === EventSource.CLOSED) setTimeout(() => follow(region, last), AGAIN);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

function fetchAgain(region) {
  if (window.htmx) window.htmx.trigger(region, "changed");
  else location.reload();
}

function startOver(region) {
  const before = Number(sessionStorage.getItem("ccms.reloaded") || 0);
  if (Date.now() - before > CALM) {
    sessionStorage.setItem("ccms.reloaded", String(Date.now()));
    location.reload();
  } else {
    fetchAgain(region);
    setTimeout(() => follow(region, ""), AGAIN);
  }
}

function show(state) {
  for (const lamp of document.querySelectorAll("[data-live]")) {
    lamp.hidden = false;
    lamp.dataset.live = state;
  }
}

// What changed is marked for a moment, and its summary is said to those who listen.
const versions = () => new Map([...document.querySelectorAll("[data-version]")].map((row) => [row.id, row.dataset.version]));
let known = versions();
let said = document.querySelector("[data-announce]")?.textContent;

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches("form")) document.getElementById("notice").replaceChildren();
});
document.addEventListener("htmx:afterSettle", () => {
  for (const [id, version] of versions()) {
    if (known.get(id) !== version) document.getElementById(id).classList.add("changed");
  }
  known = versions();
  const summary = document.querySelector("[data-announce]")?.textContent;
  if (summary && summary !== said) document.getElementById("announce").textContent = said = summary;
});
