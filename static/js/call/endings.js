// The ways out of a call: the report, the writing page, or a sentence about why it cannot go on.

import { isTooLong } from "../length.js";
import { stay } from "./before.js";
import { part, root } from "./parts.js";

const KEEPING_MS = 1500; // nobody is held up longer than this on the way out
const READING_MS = 4000; // whoever reads the closing words needs longer than they take to come
const TOO_LONG = "Too long to be kept. Shorten it, or leave once more without it.";
const BROKEN = "The call broke off. What was saved is kept.";
const { report, draft } = root.dataset;

export class Endings {
  #call;
  #isWarned = false; // that what stands in the box would be lost

  constructor(call) {
    this.#call = call;
  }

  #shut() {
    const call = this.#call;
    call.over = true;
    call.screen.end();
    call.hearing?.end(true);
    call.microphone.close();
  }

  /** No further tries by itself. */
  fail(trouble) {
    const call = this.#call;
    if (call.over) return;
    call.line.hangUp();
    this.#shut();
    stay(null);
    call.states.show("failed");
    part("live").hidden = true;
    call.troubles.show(trouble, trouble === "moved" ? "" : call.breaks.reason);
  }

  /** The server says that it is over. */
  async end({ reason, report: to }) {
    const call = this.#call;
    if (call.over) return;
    const isBroken = reason === "error";
    const why = call.breaks.reason; // it is recent now
    call.states.show("ended", isBroken ? { sentence: BROKEN } : {});
    this.#shut();
    await call.voice.drained();
    if (call.states.isSilent && !isBroken) await new Promise((go) => setTimeout(go, READING_MS));
    call.line.hangUp();
    if (isBroken) {
      part("live").hidden = true;
      call.troubles.show("broken-off", why);
    } else location.assign(to || report);
  }

  /** The person goes to another page. */
  async leave(to) {
    const call = this.#call;
    if (isTooLong(call.controls.box) && !this.#isWarned) {
      this.#isWarned = true;
      call.writing.open(true);
      call.controls.say(TOO_LONG);
      return;
    }
    const { text } = call.unsent;
    call.unsent.tell();
    this.#shut();
    call.voice.close();
    const stored = await call.line.goodbye(text ? KEEPING_MS : 0);
    if (text && !stored && call.number > 0) await this.#keep(text);
    call.unsent.forget();
    stay(null);
    location.assign(to);
  }

  /** Words that were not sent wait in the box of the other page. The server that we hung up on has seen to it; this is
   *  for when there was no line. */
  async #keep(text) {
    const body = new URLSearchParams({ number: this.#call.number, answer: text });
    const kept = fetch(draft, { method: "PUT", body, keepalive: true }).catch(() => {});
    await Promise.race([kept, new Promise((go) => setTimeout(go, KEEPING_MS))]);
  }
}
