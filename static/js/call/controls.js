// The row of buttons and the box for typing. They say what they do, and do it at once.

const NOTHING = "Write something first. To pass on the question, write “skip this question”.";
const BEFORE = "Your words from before. Send them, or change them first.";
const NEAR = 30; // pixels; a hand does not keep quite still between two clicks
const OR_SPEAK = "If you speak instead, they are not part of your answer.";

/** Tells the name in `data-do` of whatever was pressed, and `text` {text}. */
export class Controls extends EventTarget {
  #root;
  #form;
  #box;
  #opener;
  #state;
  #note;
  #pressed = { x: 0, y: 0 };
  #guard = { until: 0, x: 0, y: 0 };
  alwaysTypes = false;

  constructor(root) {
    super();
    this.#root = root;
    this.#form = root.querySelector("[data-typing]");
    this.#box = this.#form.querySelector("textarea");
    this.#opener = root.querySelector("[data-do=type]");
    this.#state = root.querySelector("[data-typed-state]");
    this.#note = root.querySelector("[data-typed-note]");
    for (const type of ["pointerdown", "click"]) {
      root.addEventListener(type, (event) => this.#hold(event), true);
    }
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (!button) return;
      if (button.tagName === "A") event.preventDefault();
      if (button.getAttribute("aria-disabled") === "true") return;
      this.dispatchEvent(new CustomEvent(button.dataset.do, { detail: { button } }));
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.#box.value.trim();
      if (text) this.dispatchEvent(new CustomEvent("text", { detail: { text } }));
      else {
        this.say(NOTHING);
        this.#box.focus();
      }
    });
    this.#box.addEventListener("input", () => {
      this.say("");
      if (!this.#box.value) this.#note.textContent = "";
    });
    this.#box.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.alwaysTypes && !event.isComposing) {
        event.preventDefault();
        this.dispatchEvent(new CustomEvent("type", { detail: { button: this.#opener } }));
      }
      // While an input method is composing, Enter picks a word. 229 is how some browsers say so.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      if (!event.repeat) this.#form.requestSubmit();
    });
  }

  get box() {
    return this.#box;
  }

  /** For so long, nothing happens at the place that was pressed last. Keys are free: nobody hits one under another. */
  guard(milliseconds) {
    this.#guard = { until: performance.now() + milliseconds, ...this.#pressed };
  }

  #hold(event) {
    if (event.type === "click" && !event.detail) return; // a key, or a screen reader
    const { clientX: x, clientY: y } = event;
    const { until, x: guardedX, y: guardedY } = this.#guard;
    if (event.timeStamp < until && Math.hypot(x - guardedX, y - guardedY) < NEAR) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.type === "pointerdown") this.#pressed = { x, y };
  }

  get isTyping() {
    return !this.#form.hidden;
  }

  clear() {
    this.#box.value = "";
    this.#note.textContent = "";
    this.say("");
  }

  /** Put words into the box that were written before. */
  fill(text, onlyTypes) {
    this.#box.value = text;
    this.#note.textContent = onlyTypes ? BEFORE : `${BEFORE} ${OR_SPEAK}`;
  }

  /** What becomes of the words in the box. */
  say(words) {
    if (this.#state.textContent !== words) this.#state.textContent = words;
  }

  type(on) {
    this.#form.hidden = !on;
    this.#opener.setAttribute("aria-expanded", String(on));
    this.#opener.querySelector("span").textContent = on ? "Back to speaking" : "Type instead";
    this.#root.querySelector("[data-part=escape]").hidden = this.alwaysTypes;
    if (on) this.#box.focus();
    else this.#opener.focus();
  }

  /** Show, hide and name buttons: {mute: {words: "Unmute"}, share: {hidden: true}, done: {off: true}}. */
  show(changes) {
    for (const [name, { words, hidden, off, on }] of Object.entries(changes)) {
      for (const button of this.#root.querySelectorAll(`[data-do=${name}]`)) {
        if (words !== undefined) button.querySelector("span").textContent = words;
        if (hidden !== undefined) button.hidden = hidden;
        if (off !== undefined) button.setAttribute("aria-disabled", String(off));
        if (on !== undefined) button.classList.toggle("on", on);
      }
    }
  }
}
