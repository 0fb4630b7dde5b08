// Forms of filing: files with progress, one sending of each form, printing. Without this script all of it works too.

for (const box of document.querySelectorAll("[data-upload]")) begin(box);

function begin(box) {
  const input = box.querySelector("input[type=file]");
  for (const button of box.querySelectorAll("button")) button.hidden = true;
  input.addEventListener("change", () => input.files.length && send(box, input));
}

function send(box, input) {
  const bar = box.querySelector("progress");
  const status = box.querySelector("[data-status]");
  const request = new XMLHttpRequest();
  request.open("POST", box.dataset.action || box.action);
  request.setRequestHeader("HX-Request", "true");
  request.upload.addEventListener("progress", (event) => {
    bar.value = event.lengthComputable ? Math.round((100 * event.loaded) / event.total) : 0;
    status.textContent = status.dataset.word.replace("{percent}", bar.value);
  });
  request.addEventListener("load", () => done(box, request));
  for (const broken of ["error", "timeout"]) {
    request.addEventListener(broken, () => ended(box, box.dataset.failed));
  }
  bar.hidden = false;
  input.disabled = true;
  const body = new FormData();
  for (const kept of document.querySelectorAll(`${box.dataset.upload} input[type=hidden]`)) body.append(kept.name, kept.value);
  for (const file of input.files) body.append("file", file);
  request.send(body);
}

function done(box, request) {
  const part = request.status < 300 || request.status === 422;
  show(part ? document.querySelector(box.dataset.upload) : document.getElementById("notice"), request.responseText);
  ended(box, "");
}

// The answer comes from this server, escaped; parsed apart, so that nothing in it runs.
function show(place, html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  place.replaceChildren(...parsed.body.childNodes);
}

function ended(box, words) {
  const input = box.querySelector("input[type=file]");
  box.querySelector("progress").hidden = true;
  box.querySelector("[data-status]").textContent = words;
  input.disabled = false;
  input.value = "";
  input.focus();
}

// A second click on the way changes nothing at the server; this spares the wait.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    form.querySelector("button.main")?.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Where the browser does not do it by itself.
document.querySelector(".errors[autofocus]")?.focus();
