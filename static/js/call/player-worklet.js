// The interviewer's voice: chunks of signed 16 bit at the context's rate -> sound without gaps.
//
// A ring holds what has come and was not heard. It begins to sound when enough is there to outlast a late packet, or
// when what is there has waited that long. Each interruption raises the epoch: whatever belongs to an older one falls
// silent within a few milliseconds, and what is still under way is dropped when it comes.

const HEADER = 4;
const MARK_SECONDS = 0.1;
const FADE_SECONDS = 0.005;
const GROWTH = 2;
const LONGEST_WAIT_SECONDS = 0.6;
const SAME_BREATH_SECONDS = 0.5; // sound that comes this soon after silence was late, and not a new sentence

/** True when epoch `a` is later than `b`; the numbers have 16 bits and begin again at 0. */
const later = (a, b) => a !== b && ((a - b) & 0xffff) < 0x8000;

class Player extends AudioWorkletProcessor {
  constructor({ processorOptions: { waitSeconds = 0.12 } = {} }) {
    super();
    this.usual = Math.round(waitSeconds * sampleRate);
    this.ring = new Float32Array(1 << 19); // 21 s at 24 kHz; doubles when it is full
    this.fade = Math.round(FADE_SECONDS * sampleRate);
    this.mark = Math.round(MARK_SECONDS * sampleRate);
    this.asks = 0; // who wants to know when everything that came before was heard
    this.begin(0);
    this.port.onmessage = ({ data }) => this.told(data);
  }

  begin(epoch) {
    this.epoch = epoch;
    this.start = 0; // where the next sample to be heard is
    this.held = 0; // samples that wait
    this.heard = 0; // samples of this epoch that were heard
    this.marked = 0;
    this.wait = this.usual;
    this.waited = 0;
    this.sounds = false;
    this.fading = 0; // samples left of a fade
    this.drainedAt = -Infinity;
  }

  told(message) {
    if (message.sound) this.add(message.epoch, message.sound);
    else if (message.flush !== undefined) this.flush(message.flush);
    else if (message.begin !== undefined) this.begin(message.begin);
    else if (message.ask) this.asks += 1;
  }

  add(epoch, message) {
    if (later(this.epoch, epoch)) {
      this.port.postMessage({ stale: epoch });
      return;
    }
    if (later(epoch, this.epoch)) this.begin(epoch);
    if (this.fading) {
      this.fading = 0;
      this.held = 0;
    }
    const view = new DataView(message, HEADER);
    const count = Math.floor(view.byteLength / 2);
    while (this.held + count > this.ring.length) this.widen();
    const last = this.ring.length - 1;
    for (let i = 0; i < count; i += 1) {
      this.ring[(this.start + this.held + i) & last] = view.getInt16(i * 2, true) / 32768;
    }
    if (!this.sounds && !this.held && currentFrame - this.drainedAt < SAME_BREATH_SECONDS * sampleRate) {
      // It ran dry in mid-sentence: hold more back from now on.
      this.wait = Math.min(this.wait * GROWTH, LONGEST_WAIT_SECONDS * sampleRate);
      this.drainedAt = -Infinity;
      this.port.postMessage({ gap: this.epoch });
    }
    this.held += count;
  }

  widen() {
    const wider = new Float32Array(this.ring.length * 2);
    for (let i = 0; i < this.held; i += 1) wider[i] = this.ring[(this.start + i) & (this.ring.length - 1)];
    this.ring = wider;
    this.start = 0;
  }

  flush(epoch) {
    const { epoch: was, heard } = this;
    const sounded = this.sounds && this.held > 0;
    const rest = sounded ? Math.min(this.fade, this.held) : 0;
    const { start } = this;
    if (later(epoch, was)) this.begin(epoch);
    this.start = start;
    this.held = rest;
    this.fading = rest;
    this.sounds = sounded;
    this.port.postMessage({ flushed: was, epoch: this.epoch, ms: (heard / sampleRate) * 1000, frame: currentFrame });
  }

  process(_inputs, [[out]]) {
    for (; this.asks && !this.held; this.asks -= 1) this.port.postMessage({ empty: true });
    if (!this.sounds) {
      if (!this.held) return true;
      this.waited += out.length;
      if (this.held < this.wait && this.waited < this.wait) return true;
      this.sounds = true;
      this.port.postMessage({ sounds: this.epoch, ms: this.ms() });
    }
    const count = Math.min(out.length, this.held);
    const last = this.ring.length - 1;
    for (let i = 0; i < count; i += 1) {
      const value = this.ring[(this.start + i) & last];
      out[i] = this.fading ? (value * (this.fading - i)) / this.fade : value;
    }
    this.start = (this.start + count) & last;
    this.held -= count;
    if (this.fading) {
      this.fading = Math.max(0, this.fading - count);
      if (!this.fading || !this.held) this.silence();
      return true;
    }
    this.heard += count;
    if (!this.held) this.drain();
    else if (this.heard - this.marked >= this.mark) this.tell("played");
    return true;
  }

  silence() {
    this.sounds = false;
    this.fading = 0;
    this.held = 0;
    this.waited = 0;
  }

  drain() {
    this.silence();
    this.drainedAt = currentFrame;
    this.tell("drained");
  }

  ms() {
    return (this.heard / sampleRate) * 1000;
  }

  tell(what) {
    this.marked = this.heard;
    this.port.postMessage({ [what]: this.epoch, ms: this.ms(), held: (this.held / sampleRate) * 1000 });
  }
}

registerProcessor("player", Player);
