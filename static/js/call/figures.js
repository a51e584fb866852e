// How the line and the delivery are, for whoever wants to know.

const whole = (value) => Math.round(value).toString();
const percent = (value) => `${Math.round(value * 100)} %`;
const seconds = (value) => `${Number(value).toFixed(1)} s`;
const FIGURES = {
  wpm: ["Words a minute", whole],
  speaking_ratio: ["Time you spoke", percent],
  speaking_time: ["Speaking", seconds],
  long_pause_count: ["Long pauses", whole],
  avg_response_latency: ["Before you begin", seconds],
  fluency_score: ["Fluency", (value) => Number(value).toFixed(2)],
};

export class Figures {
  #place;
  #seen = new Map();

  constructor(place) {
    this.#place = place;
  }

  #show(key, words, value) {
    let row = this.#seen.get(key);
    if (!row) {
      row = document.createElement("div");
      row.append(document.createElement("dt"), document.createElement("dd"));
      row.firstElementChild.textContent = words;
      this.#place.append(row);
      this.#seen.set(key, row);
    }
    if (row.lastElementChild.textContent !== value) row.lastElementChild.textContent = value;
  }

  latency(ms) {
    this.#show("latency", "From your last word to the reply", seconds(ms / 1000));
  }

  line({ dropped, gaps }) {
    this.#show("line", "Interruptions of the line", whole(dropped + gaps));
  }

  /** Live figures of delivery; what cannot be measured is said to be so. */
  delivery(message) {
    for (const [key, [words, format]] of Object.entries(FIGURES)) {
      if (!(key in message)) continue;
      const value = message[key];
      this.#show(key, words, value === null ? "not measurable" : format(value));
    }
  }
}
