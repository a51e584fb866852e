// The microphone: asked for once, heard in frames of 20 ms, and missed when it is pulled out.

const WIRE_RATES = new Set([16000, 44100, 48000]);
const WANTED_RATE = 16000;

/** Why there is no microphone, as one of our own words: insecure, refused, missing, busy or broken. */
export function reason(error) {
  if (!isSecureContext || !navigator.mediaDevices) return "insecure";
  if (error?.name === "NotAllowedError" || error?.name === "SecurityError") return "refused";
  if (error?.name === "NotFoundError" || error?.name === "OverconstrainedError") return "missing";
  if (error?.name === "NotReadableError" || error?.name === "AbortError") return "busy";
  return "broken";
}

/** All microphones. Names and ids are empty until the person has allowed one. */
export async function microphones() {
  if (!navigator.mediaDevices?.enumerateDevices) return [];
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === "audioinput");
}

/** Put the microphones into a select, keeping what is chosen. */
export async function offer(select, chosen) {
  const found = await microphones();
  const options = found.map((device, index) => {
    const words = device.label || `Microphone ${index + 1}`;
    return new Option(words, device.deviceId, false, device.deviceId === chosen);
  });
  if (!options.length || !found.some((device) => device.label)) {
    options.splice(0, options.length, new Option("The usual one", ""));
  }
  select.replaceChildren(...options);
  return found.length;
}

/** Tells `frame` ({message, level, silent}) and `lost`. */
export class Microphone extends EventTarget {
  #stream = null;
  #context = null;
  #node = null;
  #silent = false;
  rate = WANTED_RATE;

  get label() {
    return this.#stream?.getAudioTracks()[0]?.label ?? "";
  }

  get settings() {
    return this.#stream?.getAudioTracks()[0]?.getSettings() ?? {};
  }

  get isOpen() {
    return this.#node !== null;
  }

  /** Ask for it. Call this from a click. Throws what the browser throws; `reason` names it. */
  async open(deviceId, processing = true) {
    if (!isSecureContext || !navigator.mediaDevices) throw new Error("insecure");
    const audio = {
      channelCount: 1,
      echoCancellation: processing,
      noiseSuppression: processing,
      autoGainControl: processing,
    };
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({
        audio: deviceId ? { ...audio, deviceId: { exact: deviceId } } : audio,
      });
    } catch (error) {
      // The one that was chosen last time may not be plugged in today.
      if (!deviceId || reason(error) !== "missing") throw error;
      this.#stream = await navigator.mediaDevices.getUserMedia({ audio });
    }
    const [track] = this.#stream.getAudioTracks();
    track.addEventListener("ended", () => this.dispatchEvent(new Event("lost")));
    try {
      await this.#listen();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async #listen() {
    const module = new URL("./capture-worklet.js", import.meta.url);
    const source = this.#source();
    await this.#context.audioWorklet.addModule(module);
    const divide = WIRE_RATES.has(this.#context.sampleRate) ? 1 : 2;
    this.rate = this.#context.sampleRate / divide;
    if (!WIRE_RATES.has(this.rate)) throw new Error("rate");
    this.#node = new AudioWorkletNode(this.#context, "capture", {
      channelCount: 1,
      channelCountMode: "explicit",
      outputChannelCount: [1],
      processorOptions: { divide },
    });
    this.#node.port.postMessage({ silent: this.#silent });
    this.#node.port.onmessage = ({ data }) => this.dispatchEvent(new CustomEvent("frame", { detail: data }));
    source.connect(this.#node);
    this.#node.connect(this.#context.destination); // silent, but some browsers only run what leads somewhere
    await this.#context.resume();
  }

  /** At the rate that the server wants; where a browser cannot join that to the microphone, at its own. */
  #source() {
    try {
      this.#context = new AudioContext({ sampleRate: WANTED_RATE, latencyHint: "interactive" });
      return this.#context.createMediaStreamSource(this.#stream);
    } catch {
      this.#context?.close();
      this.#context = new AudioContext({ latencyHint: "interactive" });
      return this.#context.createMediaStreamSource(this.#stream);
    }
  }

  /** Send silence instead of sound. */
  set silent(value) {
    this.#silent = value;
    this.#node?.port.postMessage({ silent: value });
  }

  get silent() {
    return this.#silent;
  }

  async close() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#node?.disconnect();
    const context = this.#context;
    this.#stream = null;
    this.#node = null;
    this.#context = null;
    if (context && context.state !== "closed") await context.close();
  }
}
