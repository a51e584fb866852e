// When the line breaks, or nobody picks up: what the person is told, and when it is no use to go on trying.

import { root } from "./parts.js";

const FIRST_TRIES = 3; // before the page says that nobody picks up
const MOST_TRIES = 12; // about a minute and a half
const COMPLAINT_MS = 3000; // a sentence about trouble that came this recently explains why the line broke
const ELSEWHERE = new Set(["CALL_MOVED", "CALL_ELSEWHERE"]);
const { report, status } = root.dataset;

export class Breaks {
  #call;
  #complaint = ""; // what the server said last about trouble
  #complainedAt = -Infinity;
  /** The code of that. */
  code = "";

  constructor(call) {
    this.#call = call;
    call.line.addEventListener("lost", ({ detail }) => this.#lost(detail));
    call.line.addEventListener("unopened", ({ detail }) => this.#unopened(detail.tries));
    call.line.addEventListener("closed", () => call.endings.fail(ELSEWHERE.has(this.code) ? "moved" : "closed"));
  }

  /** The server speaks of trouble. */
  note({ code, message }) {
    this.code = code;
    this.#complaint = message;
    this.#complainedAt = performance.now();
    this.#call.troubles.show("error", message);
  }

  /** What the server said just before it hung up. */
  get reason() {
    return performance.now() - this.#complainedAt < COMPLAINT_MS ? this.#complaint : "";
  }

  #lost({ wait, tries }) {
    const call = this.#call;
    if (!this.reason) call.troubles.clear();
    if (tries > (call.ready || !this.reason ? MOST_TRIES : FIRST_TRIES)) {
      call.endings.fail("unreachable");
      return;
    }
    call.captions.close();
    call.show(call.ready ? "reconnecting" : "connecting");
    call.gate();
    if (call.ready || tries > 1) call.troubles.waiting(wait);
  }

  /** A browser is not told why a WebSocket was refused: ask the page. */
  async #unopened(tries) {
    const { endings } = this.#call;
    let known = null;
    try {
      const answer = await fetch(status, { headers: { Accept: "application/json" } });
      if (answer.status === 404) return endings.fail("gone");
      known = answer.ok ? await answer.json() : null;
    } catch {
      return; // the server is away; the line goes on trying
    }
    if (known?.is_complete) endings.leave(report);
    else if (tries >= FIRST_TRIES && !this.#call.ready) endings.fail("full");
  }
}
