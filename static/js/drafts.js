// What is typed is stored while it is typed, so that a reload or another device finds it.

import { isTooLong } from "./length.js";

const PAUSE = 700; // milliseconds without a key before a draft is sent
const AGAIN = 5000; // milliseconds before a failed one is tried again
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

let timer = 0;
let stored = null; // the text the server is known to have
let sending = false; // one draft at a time, so that an older one cannot arrive last
let halted = false; // the answer itself is on its way

function parts() {
  const form = document.getElementById("answer-form");
  return form && { form, box: form.elements.answer, number: form.elements.number.value };
}

function say(words) {
  const line = document.getElementById("draft-state");
  // the same words again would only be read aloud again
  if (line && line.textContent !== words) line.textContent = words;
}

async function save(leaving = false) {
  clearTimeout(timer);
  const now = parts();
  if (!now || halted) return;
  const mark = `${now.number}\n${now.box.value}`;
  if (mark === stored) return;
  if (isTooLong(now.box)) {
    say("Draft not saved: too long");
    return;
  }
  if (sending && !leaving) {
    timer = setTimeout(() => save(), PAUSE);
    return;
  }
  const fields = new URLSearchParams({ number: now.number, answer: now.box.value });
  const stale = () => halted || parts()?.number !== now.number;
  sending = true;
  try {
    // A page that is being left may finish a small request.
    const keepalive = fields.toString().length < 60000;
    const response = await fetch(now.form.dataset.draft, { method: "PUT", body: fields, keepalive });
    if (stale()) return;
    if (response.ok) {
      stored = mark;
      say(now.box.value ? `Draft saved ${clock.format(new Date())}` : "");
    } else if (response.status === 409) {
      say("Answered in another tab");
    } else {
      throw new Error(String(response.status));
    }
  } catch {
    if (stale()) return;
    say("Draft not saved yet");
    timer = setTimeout(() => save(), AGAIN);
  } finally {
    sending = false;
  }
}

/** Call when a new form is on the page: what it came with is what the server has. */
export function begin() {
  clearTimeout(timer);
  halted = false;
  const now = parts();
  stored = now ? `${now.number}\n${now.box.defaultValue}` : null;
  // Somebody may have typed before the scripts were there.
  if (now && now.box.value !== now.box.defaultValue) timer = setTimeout(() => save(), PAUSE);
}

/** Call when the answer itself is on its way: its draft is of no more use. */
export function stop() {
  clearTimeout(timer);
  halted = true;
}

/** Call when the answer could not be stored: what is typed is a draft again. */
export function resume() {
  halted = false;
  timer = setTimeout(() => save(), PAUSE);
}

document.addEventListener("input", (event) => {
  if (event.target.id !== "answer") return;
  clearTimeout(timer);
  timer = setTimeout(() => save(), PAUSE);
});
// There may be no later: the last words go at once, even if an older draft is still on its way.
addEventListener("pagehide", () => save(true));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save(true);
});
