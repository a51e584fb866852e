// A retake: Enter sends, Shift+Enter starts a line, and what is typed is kept - on the server for the question that was
// typed last, and in this tab for each question.

import { begin, stop } from "./drafts.js";

const form = document.getElementById("answer-form");
const box = form.elements.answer;
const place = `retake ${location.pathname}`;

/** Storage may be forbidden; then the server's draft has to do. */
function kept(words) {
  try {
    if (words === undefined) return sessionStorage.getItem(place);
    if (words) sessionStorage.setItem(place, words);
    else sessionStorage.removeItem(place);
  } catch {
    // nothing is kept here
  }
  return null;
}

/** What was sent is no draft any more. Only the page that shows it knows that it arrived. */
function isSent(words) {
  const bare = (text) => text.replace(/\s+/g, " ").trim();
  return [...document.querySelectorAll("[data-sent-words]")].some((take) => bare(take.textContent) === bare(words));
}

begin();
const before = kept();
if (before && isSent(before)) kept("");
else if (before && !box.value) box.value = before;
box.focus();
box.setSelectionRange(box.value.length, box.value.length);

box.addEventListener("input", () => {
  kept(box.value);
  // What was said about the words before is not about these.
  for (const said of document.querySelectorAll("main .notice[role=alert], #notice .notice")) said.remove();
});

box.addEventListener("keydown", (event) => {
  // While an input method is composing, Enter picks a word. 229 is how some browsers say so.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  if (!event.repeat) form.requestSubmit();
});

form.addEventListener("submit", (event) => {
  if (!box.value.trim()) {
    event.preventDefault();
    event.stopPropagation();
    box.focus();
    document.getElementById("draft-state").textContent = "Write something first.";
    return;
  }
  stop();
});
