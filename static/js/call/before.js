// The page before the call: choices that fit this browser, and a microphone to choose.

import { canHear, canSpeak } from "./browser_speech.js";
import { offer } from "./capture.js";
import { remembered, restore } from "./choices.js";

const get = (name) => document.querySelector(`[data-part=${name}]`);

const TYPE = "Join and type";
const HERE = "coach.call.here";

/** Remember that this very window is in the call of that name, or (null) in none. */
export function stay(place) {
  try {
    if (place) sessionStorage.setItem(HERE, place);
    else sessionStorage.removeItem(HERE);
  } catch {
    // nothing is remembered: then a page that is loaded again takes itself for another window
  }
}

/** The page was loaded again in the middle of its own call: that is no other window. */
function ownCall(form, place) {
  let here = null;
  try {
    here = sessionStorage.getItem(HERE);
  } catch {
    // see above
  }
  if (here !== place) return;
  get("elsewhere")?.remove();
}

/** Whether the browser itself may write down what is said. */
function mayHear(form) {
  return canHear && form.elements.browser.checked;
}

/** Whether there is nothing that hears the person. */
export function typesOnly(form, speech) {
  return speech === "browser" ? !mayHear(form) : form.dataset.hears === "no";
}

/** How the call will be taken. */
function fit(form, speech) {
  const only = typesOnly(form, speech);
  for (const way of form.elements.answer) way.disabled = only && way.value !== "typing";
  const way = only ? "typing" : form.elements.answer.value;
  form.elements.thinking_words.value = `${Number(form.elements.thinking.value).toFixed(1)} seconds`;
  get("thinking").hidden = way !== "hands_free";
  get("listening").hidden = way === "typing" || speech === "browser";
  const why = get("types-only");
  if (why) why.hidden = !only || (speech === "browser" && !canHear);
  const begin = form.querySelector("[type=submit]");
  if (!get("elsewhere")) begin.textContent = way === "typing" ? TYPE : begin.dataset.usually;
}

/** Set up the form; `missing()` is called when there is no microphone, `insecure()` when there can be none. */
export function setUp(form, { speech, place }, { missing, insecure, changed }) {
  restore(form);
  ownCall(form, place);
  if (speech === "browser") {
    const { browser, answer } = form.elements;
    const chosen = answer.value;
    get("consent").hidden = !canHear;
    get("cannot-hear").hidden = canHear;
    get("cannot-speak").hidden = canSpeak;
    const choose = () => {
      answer.value = mayHear(form) ? (chosen === "typing" ? "hands_free" : chosen) : "typing";
    };
    browser.addEventListener("change", choose);
    choose();
  } else if (typesOnly(form, speech)) form.elements.answer.value = "typing";
  form.addEventListener("input", () => fit(form, speech));
  form.addEventListener("change", () => fit(form, speech));
  fit(form, speech);
  form.querySelector("[type=submit]").disabled = false; // before this, the form would only load the page again
  const picker = form.elements.microphone;
  if (!picker) return;
  if (!isSecureContext || !navigator.mediaDevices) {
    insecure();
    return;
  }
  const fill = () => offer(picker, picker.value || remembered().microphone);
  fill().then((count) => count === 0 && missing());
  navigator.mediaDevices.addEventListener("devicechange", () => {
    fill();
    changed();
  });
}
