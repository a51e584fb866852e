// How loud the microphone is: a number for assistive technology, a ring or a bar for the eye.

const QUIETEST_DB = -60;
const EVERY = 3; // frames of 20 ms

/** 0 for silence, 1 for as loud as it gets, in even steps for the ear. */
export function loudness(level) {
  if (level <= 0) return 0;
  return Math.max(0, Math.min(1, 1 - (20 * Math.log10(level)) / QUIETEST_DB));
}

export class Meter {
  #meter;
  #ring;
  #frames = 0;
  #peak = 0;

  constructor(meter, ring = null) {
    this.#meter = meter;
    this.#ring = ring;
  }

  /** `silent`: the microphone hears it, and nobody else does. */
  level(value, silent = false) {
    this.#peak = Math.max(this.#peak, value);
    this.#frames += 1;
    if (this.#frames % EVERY) return;
    const loud = silent ? 0 : loudness(this.#peak);
    this.#peak = 0;
    this.#meter.value = loud;
    this.#ring?.style.setProperty("--level", loud.toFixed(2));
  }
}
