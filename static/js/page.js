// What every page needs: times in the reader's own zone, forms that are sent once, honest pages after Back, and a
// sentence when the server cannot be reached.

import "./length.js";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });

function localTimes(root) {
  for (const time of root.querySelectorAll?.("time[data-show]") ?? []) {
    const moment = new Date(time.dateTime);
    const words = (time.dataset.show === "day" ? day : clock).format(moment);
    if (time.textContent !== words) time.textContent = words;
  }
}

localTimes(document);
document.addEventListener("htmx:afterSettle", () => localTimes(document));

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.go) {
    // With scripts, the question is written into the page while it comes; without, the form is simply sent.
    event.preventDefault();
    location.assign(form.dataset.go);
    return;
  }
  if (!("once" in form.dataset)) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", "true");
  const working = form.querySelector("[data-working]");
  if (working) working.hidden = false;
});

// A form that came back with sentences about its fields: begin with them.
const notice = document.querySelector("#notice .notice a[href^='#']")?.closest("#notice");
if (notice) {
  notice.tabIndex = -1;
  notice.focus();
}

// A link may lead into a fold. Not every browser opens it.
function unfold() {
  document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
}

unfold();
addEventListener("hashchange", unfold);

// A page that comes back from the browser's memory may be older than the interview. Ask the server again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

function unreachable() {
  const place = document.getElementById("notice");
  const words = document.getElementById("unreachable");
  if (!place || !words) return;
  const box = document.createElement("div");
  box.className = "notice";
  box.append(words.content.cloneNode(true));
  place.replaceChildren(box);
}

document.addEventListener("htmx:sendError", unreachable);
document.addEventListener("htmx:timeout", unreachable);

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) print();
});
