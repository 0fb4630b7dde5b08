// Keeps regions marked data-stream up to date: the server says what changed, htmx fetches each region again.
// Regions of one address share one stream. A region with data-only hears of one id alone; what is in data-own takes
// care of itself when it hears "changed".

const GATHER = 150; // ms in which several changes become one refresh
const AGAIN = 3000; // ms until a closed stream is opened again
const CALM = 10000; // ms between two reloads, so that a server that knows no event id cannot make us spin

const due = new Map();
for (const address of new Set(regions().map((region) => region.dataset.stream))) {
  follow(address, regions(address).find((region) => region.dataset.after)?.dataset.after);
}

function regions(address) {
  const every = [...document.querySelectorAll("[data-stream]")];
  return address ? every.filter((region) => region.dataset.stream === address) : every;
}

function follow(stream, after) {
  const address = new URL(stream, location.href);
  if (after) address.searchParams.set("after", after);
  const source = new EventSource(address);
  let last = after;
  let opened = false;

  source.addEventListener("open", () => {
    show("live");
    if (opened && !last) regions(stream).forEach(soon); // without an event id nothing tells what was missed
    opened = true;
  });
  source.addEventListener("changed", (event) => {
    last = event.lastEventId;
    const { id } = JSON.parse(event.data);
    for (const region of regions(stream)) if (!region.dataset.only || region.dataset.only === id) soon(region);
  });
  source.addEventListener("reset", () => {
    source.close();
    startOver(stream);
  });
  source.addEventListener("error", () => {
    show("waiting");
    if (source.readyState === EventSource.CLOSED) setTimeout(() => follow(stream, last), AGAIN);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

function soon(region) {
  if (due.has(region)) return;
  due.set(region, setTimeout(() => (due.delete(region), region.isConnected && fetchAgain(region)), GATHER));
}

function fetchAgain(region) {
  if ("own" in region.dataset) region.dispatchEvent(new CustomEvent("changed"));
  else if (window.htmx) window.htmx.trigger(region, "changed");
  else location.reload();
}

function startOver(stream) {
  const before = Number(sessionStorage.getItem("ccms.reloaded") || 0);
  const writes = regions(stream).some((region) => "own" in region.dataset); // what is typed must not go
  if (!writes && Date.now() - before > CALM) {
    sessionStorage.setItem("ccms.reloaded", String(Date.now()));
    location.reload();
  } else {
    regions(stream).forEach(fetchAgain);
    setTimeout(() => follow(stream, ""), AGAIN);
  }
}

function show(state) {
  for (const lamp of document.querySelectorAll("[data-live]")) {
    lamp.hidden = false;
    lamp.dataset.live = state;
  }
}

// What changed is marked for a moment, and its summary is said to those who listen.
const versions = () => new Map([...document.querySelectorAll("[data-version][id]")].map((row) => [row.id, row.dataset.version]));
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

// What adorns a page (data-quiet) stays away when its owner does not answer, and troubles nobody.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ("quiet" in event.target.dataset && event.detail.isError) event.detail.shouldSwap = false;
});
