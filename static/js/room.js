// The interview page: words appear as they are written, Enter sends, the view follows unless you read further up.

import { begin, resume, stop } from "./drafts.js";
import { EventReader } from "./events.js";

const NEAR = 120; // pixels from the end that still count as being at the end
const page = document.scrollingElement;
let following = true;

const atEnd = () => page.scrollHeight - innerHeight - page.scrollTop < NEAR;

function toEnd() {
  page.scrollTop = page.scrollHeight;
}

function follow() {
  const jump = document.getElementById("jump");
  if (following) toEnd();
  if (jump) jump.hidden = following || atEnd();
}

function announce(words) {
  const region = document.getElementById("announce");
  if (region) region.textContent = words;
}

function grow(box) {
  if (CSS.supports("field-sizing", "content")) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

function ready() {
  begin();
  document.documentElement.classList.remove("thinking");
  const box = document.querySelector("#answer-form textarea");
  if (!box) {
    document.querySelector("#next.ending a")?.focus({ preventScroll: true });
    return;
  }
  box.focus({ preventScroll: true });
  box.setSelectionRange(box.value.length, box.value.length);
  grow(box);
}

// --- streaming: htmx sends the request, this shows what has come so far and hands htmx the finished fragment ---

const readers = new WeakMap();

function streams(element) {
  return element instanceof Element && element.hasAttribute("data-stream");
}

document.addEventListener("htmx:configRequest", (event) => {
  if (streams(event.detail.elt)) event.detail.headers.Accept = "text/event-stream, text/html;q=0.5";
});

function show(reader, xhr) {
  for (const { name, data } of reader.events.take(xhr.responseText)) {
    const place = document.querySelector("#next [data-words]");
    if (name === "words" && place) {
      place.textContent += data.text;
      document.querySelector("#next .waiting-dots")?.setAttribute("hidden", "");
      const thinking = document.querySelector("#next [data-thinking]");
      if (thinking) thinking.textContent = "";
    } else if (name === "withdrawn" && place) {
      place.textContent = "";
    } else if (name === "question" || name === "problem") {
      reader.html = data.html;
    }
  }
  follow();
}

document.addEventListener("htmx:beforeSend", (event) => {
  const { elt, xhr } = event.detail;
  if (!streams(elt)) return;
  const reader = { events: new EventReader(), html: null };
  readers.set(xhr, reader);
  xhr.addEventListener("progress", () => show(reader, xhr));
  const next = document.getElementById("next");
  next?.setAttribute("aria-busy", "true");
  for (const button of elt.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const reader = readers.get(xhr);
  if (!reader) return;
  readers.delete(xhr);
  const type = xhr.getResponseHeader("Content-Type") ?? "";
  if (!type.startsWith("text/event-stream")) return;
  show(reader, xhr);
  if (reader.html === null) {
    // The connection ended in the middle of the words: nothing was stored, and the person decides what is next.
    event.detail.shouldSwap = false;
    broken();
  } else {
    event.detail.serverResponse = reader.html;
  }
});

/** The waiting place, after the server went away: a way to ask again, by hand. */
function broken() {
  const next = document.getElementById("next");
  const place = next?.querySelector("[data-words]");
  if (!place) return;
  place.textContent = "";
  next.removeAttribute("aria-busy");
  next.querySelector(".waiting-dots")?.setAttribute("hidden", "");
  const thinking = next.querySelector("[data-thinking]");
  if (thinking) thinking.textContent = "";
  next.querySelector("[data-broken]")?.removeAttribute("hidden");
  for (const button of next.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  follow();
}

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:sendAbort"]) {
  document.addEventListener(name, (event) => {
    if (streams(event.detail.elt)) broken();
  });
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-again]")) location.reload();
});

// --- sending an answer ---

document.addEventListener("keydown", (event) => {
  if (event.target.id !== "answer" || event.key !== "Enter") return;
  // While an input method is composing, Enter picks a word. 229 is how some browsers say so.
  if (event.shiftKey || event.isComposing || event.keyCode === 229) return;
  const form = event.target.form;
  if (!form) return;
  event.preventDefault();
  if (event.repeat) return;
  form.requestSubmit(form.querySelector("button[value=answer]"));
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  if (form.id !== "answer-form") return;
  const action = event.detail.requestConfig.parameters.action;
  const box = form.elements.answer;
  if (action !== "skip" && !box.value.trim()) {
    event.preventDefault();
    box.focus();
    const line = document.getElementById("draft-state");
    if (line) line.textContent = "Write something first, or skip the question.";
    return;
  }
  stop();
  following = true;
  form.setAttribute("aria-busy", "true");
  box.readOnly = true;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  form.querySelector("button[value=answer] span").textContent = "Sending";
});

function release() {
  const form = document.getElementById("answer-form");
  if (!form) return;
  form.removeAttribute("aria-busy");
  form.elements.answer.readOnly = false;
  for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  const words = form.querySelector("button[value=answer] span");
  if (words) words.textContent = "Send";
}

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt.id !== "answer-form") return;
  release();
  if (!event.detail.successful) resume();
});

// --- after a change ---

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id === "progress") return;
  const said = document.querySelector("[data-announce]:not([data-said])");
  if (said) {
    said.dataset.said = "yes";
    announce(said.dataset.announce);
    ready();
  }
  follow();
});

document.addEventListener("input", (event) => {
  if (event.target.id !== "answer") return;
  grow(event.target);
  // What was said about the words before is not about these. Words that were not stored stay until they are dealt with.
  const said = document.querySelector("#notice .notice");
  if (said && !said.querySelector("details")) said.remove();
});

document.addEventListener("click", (event) => {
  if (event.target.id === "jump") {
    following = true;
    follow();
    document.getElementById("answer")?.focus({ preventScroll: true });
  }
  const think = event.target.closest?.("#think");
  if (think) {
    const on = think.getAttribute("aria-pressed") !== "true";
    think.setAttribute("aria-pressed", String(on));
    document.documentElement.classList.toggle("thinking", on);
    document.getElementById("calm").hidden = !on;
    document.getElementById("answer").focus({ preventScroll: true });
    follow();
  }
});

// A wheel is a person's. Words that arrive in the same moment must not take them back.
addEventListener("wheel", ({ deltaY, ctrlKey, target }) => {
  const moves = deltaY < 0 && !ctrlKey && page.scrollHeight - innerHeight > NEAR && !target.closest?.("textarea");
  if (moves) following = false; // who stays near the end all the same is told so by `scroll`
}, { passive: true });

// Only a person moves the view up while its height stays the same; words that arrive change the height.
let lastTop = 0;
let lastHeight = 0;
addEventListener("scroll", () => {
  const { scrollTop, scrollHeight } = page;
  if (atEnd()) following = true;
  else if (scrollTop < lastTop && scrollHeight === lastHeight) following = false;
  lastTop = scrollTop;
  lastHeight = scrollHeight;
  const jump = document.getElementById("jump");
  if (jump && following) jump.hidden = true;
}, { passive: true });

// What is on the page already has been read: only what comes later is announced.
for (const turn of document.querySelectorAll("[data-announce]")) turn.dataset.said = "yes";
if (document.getElementById("answer-form")) ready();
follow();
