// How the person wants the call: read from the form, and remembered in this browser for the next one.

const KEPT = "coach.call";
const REMEMBERED = ["microphone", "answer", "listen", "thinking", "captions_only", "metrics", "read"];

export function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

export function remember(values) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...remembered(), ...values }));
  } catch {
    // a browser that keeps nothing: the choices hold for this call
  }
}

/** Put what was chosen last time into the form. A recording is asked for anew each time. */
export function restore(form) {
  const kept = remembered();
  for (const name of REMEMBERED) {
    const field = form.elements[name];
    if (!field || kept[name] === undefined) continue;
    if (field.type === "checkbox") field.checked = kept[name];
    else if (name !== "microphone") field.value = kept[name];
  }
}

/** What is chosen now. */
export function chosen(form) {
  const { elements } = form;
  const values = {
    microphone: elements.microphone?.value ?? "",
    answer: elements.answer.value, // hands_free, push_to_talk or typing
    listen: elements.listen.value, // headphones or speakers
    thinking: Number(elements.thinking.value),
    captions_only: elements.captions_only.checked,
    metrics: elements.metrics?.checked ?? false,
    read: elements.read.checked,
  };
  // What could not be chosen this time stays as it was chosen last time.
  const isFree = ([name]) => elements[name] && ![...form.querySelectorAll(`[name=${name}]`)].some((field) => field.disabled);
  remember(Object.fromEntries(Object.entries(values).filter(isFree)));
  return { ...values, record: elements.record?.checked ?? false, browser: elements.browser?.checked ?? false };
}

/** The first message of a connection. */
export function hello(choice, { rate, speech, screen }) {
  return {
    type: "hello",
    version: 1,
    rate,
    encoding: "s16le",
    mode: choice.answer === "hands_free" ? "hands_free" : "push_to_talk",
    barge_in: choice.listen === "headphones",
    thinking_seconds: choice.thinking,
    speech,
    captions_only: choice.captions_only,
    record: choice.record && choice.answer !== "typing",
    screen,
    metrics: choice.metrics,
  };
}

/** What is said while it is the person's turn. */
export function turnWords({ answer, thinking }) {
  if (answer === "typing") return "Type your answer below. There is no hurry.";
  if (answer === "push_to_talk") return "Hold the space bar or the button while you speak.";
  return `Your answer ends after ${thinking} seconds of silence. For more time, choose Let me think.`;
}
