// The interviewer's voice in this browser: played without gaps, silenced at once, and reported as it is heard.

const RATE = 24000;

/**
 * Tells `played` {epoch, ms} every 100 ms, at the end and at an interruption; `audible` {on}; `flushed`; `stale`.
 * `ms` counts what was heard of that epoch.
 */
export class Speaker extends EventTarget {
  #context = null;
  #node = null;
  #waiting = []; // resolvers of `drained`: the player answers in turn
  #flushes = [];
  epoch = 0;
  audible = false;
  gaps = 0;
  held = 0;

  /** Call this from a click: browsers are silent before one. */
  async open() {
    this.#context = new AudioContext({ sampleRate: RATE, latencyHint: "interactive" });
    await this.#context.audioWorklet.addModule(new URL("./player-worklet.js", import.meta.url));
    this.#node = new AudioWorkletNode(this.#context, "player", { numberOfInputs: 0, outputChannelCount: [1] });
    this.#node.port.onmessage = ({ data }) => this.#told(data);
    this.#node.connect(this.#context.destination);
    await this.#context.resume();
  }

  /** The audio graph, for whoever wants to listen in. */
  get graph() {
    return { context: this.#context, node: this.#node };
  }

  get isOpen() {
    return this.#node !== null;
  }

  /** A message of the wire: four bytes of header, then sound. */
  play(epoch, message) {
    if (!this.#node) return;
    if (this.#isOlder(epoch)) {
      this.dispatchEvent(new CustomEvent("stale", { detail: { epoch } }));
      return;
    }
    this.epoch = epoch;
    this.#node.port.postMessage({ sound: message, epoch }, [message]);
  }

  /** Fall silent now; from here on only `epoch` and later ones are heard. */
  flush(epoch) {
    if (!this.#node) return Promise.resolve();
    if (!this.#isOlder(epoch)) this.epoch = epoch;
    return new Promise((done) => {
      this.#flushes.push(done);
      this.#node.port.postMessage({ flush: this.epoch });
    });
  }

  /** A new connection counts from the start. */
  begin(epoch = 0) {
    this.epoch = epoch;
    this.#node?.port.postMessage({ begin: epoch });
    this.#hear(false);
  }

  /** Resolves when everything that came has been heard, after `longest` ms at the latest. */
  async drained(longest = 60000) {
    if (this.#node && this.#context.state === "running") {
      // By the player, not by the clock: a machine that stands still has not begun with what it was given.
      await new Promise((go) => {
        this.#waiting.push(go);
        this.#node.port.postMessage({ ask: true });
        setTimeout(go, longest);
      });
    }
    // What was handed to the sound card is still on its way to the ear.
    const late = this.#context?.outputLatency ?? 0;
    await new Promise((go) => setTimeout(go, late * 1000));
  }

  async close() {
    this.#node?.disconnect();
    this.#node = null;
    if (this.#context && this.#context.state !== "closed") await this.#context.close();
  }

  #isOlder(epoch) {
    return epoch !== this.epoch && ((this.epoch - epoch) & 0xffff) < 0x8000;
  }

  #hear(on) {
    if (this.audible === on) return;
    this.audible = on;
    this.dispatchEvent(new CustomEvent("audible", { detail: { on } }));
  }

  #told(message) {
    if (message.sounds !== undefined) this.#hear(true);
    else if (message.played !== undefined) {
      this.held = message.held;
      this.#mark(message.played, message.ms);
    } else if (message.drained !== undefined) {
      this.held = 0;
      this.#mark(message.drained, message.ms);
      this.#hear(false);
    } else if (message.flushed !== undefined) {
      this.held = 0;
      if (message.ms > 0) this.#mark(message.flushed, message.ms);
      this.#hear(false);
      this.#flushes.shift()?.(message);
      this.dispatchEvent(new CustomEvent("flushed", { detail: message }));
    } else if (message.empty !== undefined) this.#waiting.shift()?.();
    else if (message.gap !== undefined) this.gaps += 1;
    else if (message.stale !== undefined) {
      this.dispatchEvent(new CustomEvent("stale", { detail: { epoch: message.stale } }));
    }
  }

  #mark(epoch, ms) {
    this.dispatchEvent(new CustomEvent("played", { detail: { epoch, ms: Math.round(ms) } }));
  }
}
