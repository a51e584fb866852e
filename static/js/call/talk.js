// Push to talk: the space bar or the button, held or tapped.

const HELD_MS = 350; // a shorter press is a tap: talking goes on until the next one

const isControl = (element) =>
  element.closest?.("input, textarea, select, button, a, summary, [contenteditable], [tabindex]:not([tabindex='-1'])");

/** Tells `begin` and `end`. */
export class Talk extends EventTarget {
  #button;
  #pressedAt = 0;
  #latched = false;
  isOn = false;
  isEnabled = false;

  constructor(button) {
    super();
    this.#button = button;
    button.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      button.setPointerCapture(event.pointerId);
      this.#press();
    });
    button.addEventListener("pointerup", () => this.#release());
    button.addEventListener("pointercancel", () => this.#release());
    button.addEventListener("keydown", (event) => this.#key(event));
    button.addEventListener("keyup", (event) => this.#key(event));
    // A click that no pointer and no key made comes from a screen reader or a voice command.
    button.addEventListener("click", (event) => {
      if (event.detail === 0 && !event.pointerType) this.#toggle();
    });
    document.addEventListener("keydown", (event) => {
      if (event.code === "Space" && !isControl(event.target)) this.#key(event);
    });
    document.addEventListener("keyup", (event) => {
      if (event.code === "Space" && !isControl(event.target)) this.#key(event);
    });
    addEventListener("blur", () => this.end()); // the key comes up in another window, and nobody says so here
  }

  #key(event) {
    if (!this.isEnabled || (event.code !== "Space" && event.code !== "Enter")) return;
    event.preventDefault();
    if (event.type === "keyup") this.#release();
    else if (!event.repeat) this.#press();
  }

  #toggle() {
    if (this.isOn) this.end();
    else this.#begin();
  }

  #press() {
    if (!this.isEnabled) return;
    this.#pressedAt = performance.now();
    if (this.isOn && this.#latched) {
      this.#latched = false;
      this.#pressedAt = 0;
      this.end();
      return;
    }
    this.#begin();
  }

  #release() {
    if (!this.isOn || !this.#pressedAt) return;
    const held = performance.now() - this.#pressedAt;
    this.#pressedAt = 0;
    if (held < HELD_MS) this.#latched = true;
    else this.end();
  }

  #begin() {
    if (!this.isEnabled || this.isOn) return;
    this.isOn = true;
    this.#show();
    this.dispatchEvent(new Event("begin"));
  }

  /** Stop, whatever key or finger is still down. */
  end() {
    if (!this.isOn) return;
    this.isOn = false;
    this.#latched = false;
    this.#pressedAt = 0;
    this.#show();
    this.dispatchEvent(new Event("end"));
  }

  #show() {
    this.#button.setAttribute("aria-pressed", String(this.isOn));
    this.#button.querySelector("span").textContent = this.isOn ? "Talking" : "Hold to talk";
  }
}
