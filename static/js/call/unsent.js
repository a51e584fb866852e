// Words that are no answer yet. What stands in the box is told to the server while it is typed; what was heard is
// remembered in this tab, so that a page that is loaded again knows which words of the draft were said.

import { isTooLong } from "../length.js";

const PAUSE = 700; // milliseconds without a key before the server is told
const KEPT = "coach.call.heard";

export class Unsent {
  #line;
  #box;
  #place;
  #timer = 0;
  #told = "";
  #heard = "";

  /** `place` names the interview, `number` its open question. */
  constructor(line, box, place, number) {
    this.#line = line;
    this.#box = box;
    this.#place = place;
    this.#heard = this.#remembered(number);
    box.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.tell(), PAUSE);
    });
    // There may be no later.
    addEventListener("pagehide", () => this.tell());
    document.addEventListener("visibilitychange", () => document.hidden && this.tell());
  }

  get typed() {
    return this.#box.value.trim();
  }

  get heard() {
    return this.#heard;
  }

  /** Both, as the writing page would show them. */
  get text() {
    return [this.#heard, this.typed].filter(Boolean).join(" ");
  }

  /** The answer to this question so far, as it was heard. */
  hear(number, text) {
    this.#heard = text;
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ place: this.#place, number, text }));
    } catch {
      // nothing is remembered here: then all of the draft goes into the box
    }
  }

  #remembered(number) {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT));
      return kept?.place === this.#place && kept.number === number ? kept.text : "";
    } catch {
      return "";
    }
  }

  /** It is an answer now, or belongs to the page that opens next. */
  forget() {
    this.#heard = "";
    try {
      sessionStorage.removeItem(KEPT);
    } catch {
      // nothing was remembered
    }
  }

  /** The server knows of these words already. */
  know(text) {
    clearTimeout(this.#timer);
    this.#told = text;
  }

  /** What the server is told with the hello: what stands in the box, as far as it can be kept. */
  introduce() {
    if (!isTooLong(this.#box)) this.know(this.typed);
    return this.#told;
  }

  /** Tell what stands in the box now. */
  tell() {
    clearTimeout(this.#timer);
    const text = this.typed;
    if (text === this.#told || isTooLong(this.#box)) return;
    if (this.#line.tell({ type: "draft", text })) this.#told = text;
  }
}
