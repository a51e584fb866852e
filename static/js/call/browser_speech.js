// When nothing on the server can hear or speak: the browser's own recognition and voice, as far as it has them.

const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;
const SENTENCES = /^[\s\S]*[.!?…。？！]["'”’)]*(?=\s|$)/;
const PARTIAL_MS = 250;
const AGAIN_MS = 300;
const LAST_WORDS_MS = 2000; // a recogniser that has not written down what it heard by then never will
/** Why a browser does not recognise speech, in our own words. */
const REASONS = {
  "not-allowed": "refused", // the microphone
  "audio-capture": "missing",
  "service-not-allowed": "unable", // the recogniser
  "language-not-supported": "language",
  network: "network",
};

export const canHear = Boolean(Recognition);
export const canSpeak = "speechSynthesis" in globalThis;

/** Words of the person. Tells `words` {text, final}; `failed` {reason: refused, missing, unable, language, network
 *  or broken} when the browser gives up. */
export class Hearing extends EventTarget {
  #recognition = null;
  #wanted = false;
  #told = 0;
  #language;
  #waiting = []; // resolvers of `finish`

  constructor(language) {
    super();
    this.#language = language;
  }

  begin() {
    this.#wanted = true;
    if (this.#recognition) return;
    const recognition = new Recognition();
    recognition.lang = this.#language;
    recognition.continuous = true;
    recognition.interimResults = true;
    recognition.onresult = (event) => this.#heard(event);
    recognition.onerror = ({ error }) => {
      if (error === "no-speech" || error === "aborted") return;
      this.#wanted = false;
      this.dispatchEvent(new CustomEvent("failed", { detail: { reason: REASONS[error] ?? "broken" } }));
    };
    // Browsers end recognition by themselves after a while.
    recognition.onend = () => {
      this.#recognition = null;
      for (const go of this.#waiting.splice(0)) go();
      if (this.#wanted) setTimeout(() => this.#wanted && this.begin(), AGAIN_MS);
    };
    this.#recognition = recognition;
    recognition.start();
  }

  #heard(event) {
    let partial = "";
    for (let i = event.resultIndex; i < event.results.length; i += 1) {
      const result = event.results[i];
      const text = result[0].transcript.trim();
      if (result.isFinal && text) this.#tell(text, true);
      else partial = `${partial} ${text}`.trim();
    }
    if (partial && performance.now() - this.#told > PARTIAL_MS) this.#tell(partial, false);
  }

  #tell(text, final) {
    this.#told = performance.now();
    this.dispatchEvent(new CustomEvent("words", { detail: { text, final } }));
  }

  /** `now` throws away what is being recognised; otherwise it is still told. */
  end(now = false) {
    this.#wanted = false;
    if (now) this.#recognition?.abort();
    else this.#recognition?.stop();
  }

  /** The person is done: resolves when all that they said was told, and nothing of it comes later. */
  async finish() {
    if (this.#wanted) this.end();
    if (!this.#recognition) return;
    await new Promise((go) => {
      const timer = setTimeout(() => {
        this.end(true);
        go();
      }, LAST_WORDS_MS);
      this.#waiting.push(() => {
        clearTimeout(timer);
        go();
      });
    });
  }
}

/** Words of the interviewer. Tells `audible` {on}, `played` {epoch, ms}, `spoken` {epoch} at the end of a line. */
export class Speaking extends EventTarget {
  #language;
  #given = 0; // characters of the current line that were handed over
  #queue = 0;
  #final = false;
  #began = 0;
  #ms = 0;
  #round = 0;
  #timer = 0;
  epoch = 0;
  audible = false;

  constructor(language) {
    super();
    this.#language = language;
  }

  /** The whole line so far, sentence by sentence. */
  take(text, final) {
    const rest = text.slice(this.#given);
    const whole = final ? rest : (rest.match(SENTENCES)?.[0] ?? "");
    this.#given = final ? 0 : this.#given + whole.length;
    this.#final = final;
    if (whole.trim()) this.#speak(whole.trim());
    else if (final && !this.#queue) this.#done();
  }

  #speak(words) {
    const round = this.#round;
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.lang = this.#language;
    utterance.onstart = () => round === this.#round && this.#begin();
    utterance.onend = utterance.onerror = () => round === this.#round && this.#end();
    this.#queue += 1;
    this.#hear(true);
    speechSynthesis.speak(utterance);
  }

  #begin() {
    this.#began ||= performance.now();
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#mark(), PARTIAL_MS);
  }

  #mark() {
    if (!this.#began) return;
    const ms = Math.round(this.#ms + performance.now() - this.#began);
    this.dispatchEvent(new CustomEvent("played", { detail: { epoch: this.epoch, ms } }));
  }

  #end() {
    this.#queue -= 1;
    if (this.#queue > 0) return;
    this.#stop();
    if (this.#final) this.#done();
  }

  #stop() {
    this.#mark();
    clearInterval(this.#timer);
    if (this.#began) this.#ms += performance.now() - this.#began;
    this.#began = 0;
    this.#hear(false);
  }

  #done() {
    this.#final = false;
    this.dispatchEvent(new CustomEvent("spoken", { detail: { epoch: this.epoch } }));
  }

  #hear(on) {
    if (this.audible === on) return;
    this.audible = on;
    this.dispatchEvent(new CustomEvent("audible", { detail: { on } }));
  }

  async flush(epoch) {
    this.#round += 1;
    speechSynthesis.cancel();
    this.#stop();
    this.#queue = 0;
    this.#given = 0;
    this.#final = false;
    this.#ms = 0;
    this.epoch = epoch;
  }

  begin(epoch = 0) {
    this.flush(epoch);
  }

  async drained(longest = 60000) {
    const end = performance.now() + longest;
    while (this.#queue > 0 && performance.now() < end) await new Promise((go) => setTimeout(go, 100));
  }

  async close() {
    await this.flush(this.epoch);
  }
}
