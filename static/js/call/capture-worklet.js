// Microphone -> mono, signed 16 bit, 20 ms a message, with the four bytes of the wire's header already in front.
// Runs on the audio thread: one buffer is made for each message, because it is handed over and not copied.

const HEADER = 4;
const MICROPHONE = 2;
const FRAME_SECONDS = 0.02;

class Capture extends AudioWorkletProcessor {
  constructor({ processorOptions: { divide = 1 } = {} }) {
    super();
    this.divide = divide; // samples that are averaged into one, for a context faster than the wire allows
    this.size = Math.round((sampleRate / divide) * FRAME_SECONDS);
    this.silent = false;
    this.sum = 0;
    this.count = 0;
    this.fresh();
    this.port.onmessage = ({ data }) => {
      this.silent = data.silent;
    };
  }

  fresh() {
    this.message = new ArrayBuffer(HEADER + this.size * 2);
    this.view = new DataView(this.message);
    this.view.setUint8(0, MICROPHONE);
    this.at = 0;
    this.energy = 0;
  }

  process([channels]) {
    const length = channels.length ? channels[0].length : 0;
    for (let i = 0; i < length; i += 1) {
      let value = 0;
      for (const channel of channels) value += channel[i];
      this.sum += value / channels.length;
      this.count += 1;
      if (this.count < this.divide) continue;
      this.take(Math.max(-1, Math.min(1, this.sum / this.divide)));
      this.sum = 0;
      this.count = 0;
    }
    return true;
  }

  take(value) {
    this.energy += value * value;
    // Silence is sent as zeros and not left out: the samples are the clock of the conversation.
    const whole = this.silent ? 0 : Math.round(value < 0 ? value * 32768 : value * 32767);
    this.view.setInt16(HEADER + this.at * 2, whole, true);
    this.at += 1;
    if (this.at < this.size) return;
    const level = Math.sqrt(this.energy / this.size);
    this.port.postMessage({ message: this.message, level, silent: this.silent }, [this.message]);
    this.fresh();
  }
}

registerProcessor("capture", Capture);
