// The row of buttons and the box for typing. They say what they do, and do it at once.

/** Tells the name in `data-do` of whatever was pressed, and `text` {text}. */
export class Controls extends EventTarget {
  #root;
  #form;
  #box;
  #opener;
  alwaysTypes = false;

  constructor(root) {
    super();
    this.#root = root;
    this.#form = root.querySelector("[data-typing]");
    this.#box = this.#form.querySelector("textarea");
    this.#opener = root.querySelector("[data-do=type]");
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
      else this.#box.focus();
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

  get typed() {
    return this.#box.value.trim();
  }

  get isTyping() {
    return !this.#form.hidden;
  }

  clear() {
    this.#box.value = "";
  }

  type(on) {
    this.#form.hidden = !on;
    this.#opener.setAttribute("aria-expanded", String(on));
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
