// What both sides say, as it is said: heard at first, then saved. A screen reader is told whole sentences.

const SENTENCES = /^[\s\S]*[.!?…。？！]["'”’)]*(?=\s|$)/;
const NEAR = 80; // pixels from the end that still count as being at the end
const KEPT = { hearing: "hearing you", saying: "speaking", heard: "heard", said: "said", saved: "saved" };
const LINES_READ = 12; // sentences that stay in the region a screen reader follows

export const PERSON = "person";
export const INTERVIEWER = "interviewer";

export class Captions {
  #list;
  #template;
  #region;
  #read = true;
  #told = new WeakMap(); // line -> how much of it a screen reader was told
  following = true;
  /** Who is on the other side. */
  interviewer = "Interviewer";

  /** `list` shows the lines, `template` is one of them, `region` is what a screen reader follows. */
  constructor(list, template, region) {
    this.#list = list;
    this.#template = template;
    this.#region = region;
    list.addEventListener("scroll", () => {
      this.following = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
    }, { passive: true });
    // When the box for typing opens, the last words stay in view.
    new ResizeObserver(() => this.follow()).observe(list);
    for (const line of this.#lines()) this.#told.set(line, Infinity);
  }

  /** Whether a screen reader is told. */
  set read(value) {
    this.#read = value;
  }

  #lines(speaker) {
    const lines = [...this.#list.querySelectorAll("[data-speaker]")];
    return speaker ? lines.filter((line) => line.dataset.speaker === speaker) : lines;
  }

  /** `text` is the whole line so far. */
  take(speaker, { number = null, text = "", final = false }) {
    let line = this.#find(speaker, number, text, final);
    if (!text.trim()) {
      if (line?.dataset.open) line.remove();
      return;
    }
    line ??= this.#add(speaker);
    if (number !== null) line.dataset.number = number;
    const place = line.querySelector("[data-text]");
    // A question that is said again after a break comes without the greeting before it.
    const isTail = !line.dataset.open && place.textContent.endsWith(text);
    const changed = place.textContent !== text && !isTail;
    if (changed) place.textContent = text;
    const mine = speaker === PERSON;
    if (final) {
      delete line.dataset.open;
      // The row may have been written while the last words were still to come.
      const isKept = line.dataset.row === "yes" || (line.dataset.kept === "saved" && !changed);
      this.#keep(line, isKept ? "saved" : mine ? "heard" : "said");
      delete line.dataset.row;
    } else if (changed || line.dataset.kept !== "saved") {
      line.dataset.open = "yes";
      this.#keep(line, mine ? "hearing" : "saying");
    }
    if (speaker === INTERVIEWER) this.#tell(line, text, final);
    this.follow();
  }

  /** The open line of this speaker; or, after a break, the same words once more. Who goes on with an answer that was
   *  stored already is heard in a new line, until it is known whose words these are. */
  #find(speaker, number, text, final) {
    const lines = this.#lines(speaker);
    const last = lines.at(-1);
    const shown = (line) => line.querySelector("[data-text]").textContent;
    if (last?.dataset.open) {
      const begun = lines.find((line) => line !== last && line.dataset.number === String(number) && text.startsWith(shown(line)));
      if (speaker !== PERSON || !final || !begun) return last;
      last.remove();
      return begun;
    }
    return lines.findLast((line) => {
      if (number !== null && line.dataset.number && line.dataset.number !== String(number)) return false;
      const words = shown(line);
      if (!words || !text.trim()) return false;
      return words.startsWith(text) || text.startsWith(words) || (number !== null && words.endsWith(text));
    });
  }

  #add(speaker) {
    const line = this.#template.content.firstElementChild.cloneNode(true);
    line.dataset.speaker = speaker;
    line.dataset.open = "yes";
    line.classList.add(speaker === PERSON ? "you" : "interviewer");
    line.querySelector("[data-who]").textContent = speaker === PERSON ? "You" : this.interviewer;
    this.#list.append(line);
    return line;
  }

  #keep(line, kept) {
    line.dataset.kept = kept;
    line.querySelector("[data-kept-words]").textContent = KEPT[kept];
  }

  #tell(line, text, final) {
    const told = this.#told.get(line) ?? 0;
    if (text.length <= told) return;
    const rest = text.slice(told);
    const whole = final ? rest : (rest.match(SENTENCES)?.[0] ?? "");
    if (!whole.trim()) return;
    this.#told.set(line, told + whole.length);
    this.say(`${this.interviewer}: ${whole.trim()}`);
  }

  /** One thing for a screen reader. */
  say(words) {
    if (!this.#read) return;
    const sentence = document.createElement("p");
    sentence.textContent = words;
    this.#region.append(sentence);
    while (this.#region.children.length > LINES_READ) this.#region.firstElementChild.remove();
  }

  /** It is in the database now. */
  saved(speaker, number) {
    let news = false;
    for (const line of this.#lines(speaker)) {
      const mine = line.dataset.number === undefined || line.dataset.number === String(number);
      if (!mine || line.dataset.kept === "saved") continue;
      news = true;
      if (line.dataset.open && speaker === INTERVIEWER) line.dataset.row = "yes";
      else {
        delete line.dataset.open;
        this.#keep(line, "saved");
      }
    }
    if (speaker === PERSON && news) this.say(`Your answer to question ${number} is saved.`);
  }

  /** What was begun and not finished when the line broke stays as it was heard. */
  close() {
    for (const line of this.#lines()) {
      if (!line.dataset.open) continue;
      delete line.dataset.open;
      this.#keep(line, line.dataset.speaker === PERSON ? "heard" : "said");
    }
  }

  follow() {
    if (this.following) this.#list.scrollTop = this.#list.scrollHeight;
  }
}
