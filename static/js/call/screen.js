// One picture of the screen each second, small enough to be read and no larger.

import { KIND } from "./socket.js";

const LARGEST = 768; // pixels of the longer side
const QUALITY = 0.7;
const EVERY_MS = 1000;
const HEADER = 4;

/** Tells `begun` and `ended`. */
export class Screen extends EventTarget {
  #line;
  #stream = null;
  #video = null;
  #timer = 0;

  constructor(line) {
    super();
    this.#line = line;
  }

  get isOn() {
    return this.#stream !== null;
  }

  /** Ask which window. Throws what the browser throws when the person changes their mind. */
  async begin() {
    this.#stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 5 } }, audio: false });
    this.#video = document.createElement("video");
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.srcObject = this.#stream;
    await this.#video.play();
    this.#stream.getVideoTracks()[0].addEventListener("ended", () => this.end());
    this.#timer = setInterval(() => this.#send(), EVERY_MS);
    this.dispatchEvent(new Event("begun"));
    await this.#send();
  }

  async #send() {
    const { videoWidth: width, videoHeight: height } = this.#video ?? {};
    if (!width || !this.#line.isOpen || this.#line.isBehind) return;
    const scale = Math.min(1, LARGEST / Math.max(width, height));
    const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
    canvas.getContext("2d").drawImage(this.#video, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
    const message = new Uint8Array(HEADER + blob.size);
    message.set(new Uint8Array(await blob.arrayBuffer()), HEADER);
    if (this.isOn) this.#line.send(KIND.screen, message.buffer);
  }

  end() {
    if (!this.isOn) return;
    clearInterval(this.#timer);
    for (const track of this.#stream.getTracks()) track.stop();
    this.#stream = null;
    this.#video = null;
    this.dispatchEvent(new Event("ended"));
  }
}
