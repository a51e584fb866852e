// Words instead of sound, in the middle of a call: the box, what is sent from it, and what is left in it.

import { PERSON } from "./captions.js";

const NUDGE_MS = 8000; // while somebody types, the interviewer is told to wait this often
const REPEAT = "Could you repeat the question?";
const WAITS = "The next question comes first. Your words stay in the box.";

export class Writing {
  #call;
  #nudging = 0;

  constructor(call) {
    this.#call = call;
    const { controls } = call;
    controls.addEventListener("repeat", () => !this.#waits && this.#say(REPEAT));
    controls.addEventListener("type", () => {
      call.deaf = false; // they want to try
      this.open(!controls.isTyping);
    });
    controls.addEventListener("text", ({ detail }) => this.#send(detail.text));
  }

  /** The last answer is being answered: there is no question yet to which more could be said. */
  get #waits() {
    return this.#call.server === "thinking";
  }

  #send(text) {
    const call = this.#call;
    if (this.#waits) call.controls.say(WAITS);
    else if (this.#say(text)) {
      call.controls.clear();
      call.unsent.tell();
      if (!call.types && !call.deaf && (call.hearing || call.microphone.isOpen)) this.open(false);
    } else call.troubles.show("unsent");
  }

  #say(text) {
    if (!this.#call.line.tell({ type: "text", text })) return false;
    this.#call.captions.take(PERSON, { text, final: true });
    return true;
  }

  /** Open or close the box. */
  open(on) {
    const call = this.#call;
    if (call.controls.isTyping !== on) call.controls.type(on);
    this.#nudge();
    call.gate();
    call.show();
  }

  #nudge() {
    const { controls, line, types } = this.#call;
    clearInterval(this.#nudging);
    if (!controls.isTyping || types) return;
    line.tell({ type: "think" });
    this.#nudging = setInterval(() => line.tell({ type: "think" }), NUDGE_MS);
  }

  /** Words that were typed before, somewhere else. */
  takeUp(words) {
    const { controls, unsent, types } = this.#call;
    if (!words || unsent.typed) return;
    controls.fill(words, types);
    unsent.know(words);
    this.open(true);
  }

  /** The question has its answer. What is left in a box that was closed is no part of it, and must not be sent later. */
  answerSaved() {
    const { controls, troubles, unsent } = this.#call;
    unsent.forget();
    troubles.hide("beside");
    const left = unsent.typed;
    unsent.know(""); // what was kept of it was kept for that question
    if (!left) return;
    if (controls.isTyping) unsent.tell();
    else {
      controls.clear();
      troubles.show("beside", "", left);
    }
  }
}
