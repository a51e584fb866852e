// Server-sent events out of a text that grows.

export class EventReader {
  #read = 0;

  /** The events that are whole in `text` and were not given out before: [{ name, data }]. */
  take(text) {
    const events = [];
    for (;;) {
      const end = text.indexOf("\n\n", this.#read);
      if (end < 0) return events;
      const block = text.slice(this.#read, end);
      this.#read = end + 2;
      let name = "message";
      const data = [];
      for (const line of block.split("\n")) {
        if (line.startsWith("event: ")) name = line.slice(7);
        else if (line.startsWith("data: ")) data.push(line.slice(6));
      }
      if (data.length) events.push({ name, data: JSON.parse(data.join("\n")) });
    }
  }
}
