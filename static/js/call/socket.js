// The line to the server: one WebSocket after another, for as long as the call lasts.

export const KIND = { voice: 1, microphone: 2, screen: 3 };
const HEADER = 4;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10000;
const BACKLOG_BYTES = 256 * 1024; // more than this unsent: the network is behind, and old sound helps nobody
const COMES_BACK = new Set([1001, 1005, 1006, 1011, 1012, 1013, 1014]);

/**
 * Tells `message` (JSON), `sound` {epoch, message}, `open`, `lost` {wait, tries} when it will try again, `unopened`
 * {tries} when the server did not pick up, and `closed` {code} when the server hung up for good.
 */
export class Line extends EventTarget {
  #url;
  #hello;
  #socket = null;
  #timer = 0;
  #tries = 0;
  #over = false;
  epoch = 0;
  dropped = 0;

  /** `hello()` makes the first message of each connection. */
  constructor(url, hello) {
    super();
    this.#url = url;
    this.#hello = hello;
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  open() {
    clearTimeout(this.#timer);
    if (this.#over || this.#socket) return;
    const socket = new WebSocket(this.#url);
    let opened = false;
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => {
      opened = true;
      socket.send(JSON.stringify(this.#hello()));
      this.#tell("open");
    });
    socket.addEventListener("message", ({ data }) => this.#socket === socket && this.#take(data));
    socket.addEventListener("close", ({ code }) => {
      if (this.#socket !== socket) return; // another one has taken its place
      this.#socket = null;
      if (this.#over) return;
      if (!opened) this.#tell("unopened", { tries: this.#tries + 1 });
      if (this.#over) return; // whoever was told may have given up
      if (opened && !COMES_BACK.has(code)) {
        this.#over = true;
        this.#tell("closed", { code });
        return;
      }
      this.#tries += 1;
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#tries - 1)) * (0.75 + Math.random() / 2);
      this.#timer = setTimeout(() => this.open(), wait);
      this.#tell("lost", { wait, tries: this.#tries, code });
    });
    this.#socket = socket;
  }

  #take(data) {
    if (typeof data !== "string") {
      const view = new DataView(data);
      if (view.byteLength <= HEADER || view.getUint8(0) !== KIND.voice) return;
      this.#tell("sound", { epoch: view.getUint16(2, true), message: data });
      return;
    }
    const message = JSON.parse(data);
    if (message.type === "ready") this.#tries = 0;
    this.#tell("message", message);
  }

  #tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** False when there is nobody to tell. */
  tell(message) {
    if (!this.isOpen) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Send bytes that begin with room for the header. What would only arrive too late is dropped. */
  send(kind, message) {
    if (!this.isOpen) return false;
    if (this.#socket.bufferedAmount > BACKLOG_BYTES) {
      this.dropped += 1;
      return false;
    }
    const view = new DataView(message);
    view.setUint8(0, kind);
    view.setUint16(2, this.epoch & 0xffff, true);
    this.#socket.send(message);
    return true;
  }

  get isBehind() {
    return (this.#socket?.bufferedAmount ?? 0) > BACKLOG_BYTES / 4;
  }

  /** A new connection with a new hello. */
  again() {
    const old = this.#socket;
    if (!old) return;
    this.#socket = null;
    old.close(1000);
    this.open();
  }

  /** Do not wait any longer. */
  retry() {
    if (!this.#over && !this.#socket) this.open();
  }

  /** End it. */
  hangUp() {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#socket?.close(1000);
  }

  /** The person leaves. True when the server has hung up in so many milliseconds: by then it has stored everything. */
  async goodbye(milliseconds) {
    const socket = this.#socket;
    const isTold = this.tell({ type: "bye" });
    this.#over = true;
    clearTimeout(this.#timer);
    const isDone = isTold && milliseconds > 0 && (await new Promise((done) => {
      socket.addEventListener("close", () => done(true));
      setTimeout(() => done(false), milliseconds);
    }));
    socket?.close(1000);
    return isDone;
  }
}
