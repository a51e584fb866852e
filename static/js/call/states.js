// What is happening, in one large word and one sentence, said to a screen reader once.

const WORDS = {
  asking: ["Microphone", "Your browser asks whether this page may listen. Choose “Allow”."],
  connecting: ["Calling", "The interviewer is picking up."],
  speaking: ["Speaking", "The interviewer is speaking."],
  listening: ["Listening", "Take your time. Nothing is lost while you think."],
  thinking: ["Thinking", "The interviewer is thinking about what you said."],
  reconnecting: ["Reconnecting", "You go on at the same question."],
  paused: ["Paused", "Nobody is listening. Go on when you are ready."],
  closing: ["Closing", "The interviewer says goodbye."],
  ended: ["The interview is over", "Your report opens when the closing words have been spoken."],
};
/** How the interviewer helps in a long silence, gentlest first. */
const HINTS = {
  ease: "There is no hurry. Take the time you need.",
  repeat: "You can ask to hear the question once more.",
  offer: "You can also type your answer, or say that you want to skip this question.",
  pause: "You can pause here, or leave and go on later at the same question.",
};
const TYPED_OFFER = "You can also write that you want to skip this question.";
const MUTED = ["Muted", "Your microphone is off. Unmute it to be heard."];
const TYPING = ["Your turn", "Type your answer below. The microphone rests meanwhile."];
const TALKING = ["Listening", "Let go when you have finished. After a short press, press once more."];
const READING = ["Speaking", "The interviewer's words appear below."];
const PAUSED_TYPING = ["Paused", "Your place is kept. Go on when you are ready."];

export class States {
  #root;
  #word;
  #hint;
  #region;
  #last = "";
  #away = false;
  #muted = false;
  #typing = false;
  #talking = false;
  /** How the person answers: `hands_free`, `push_to_talk` or `typing`. */
  way = "hands_free";
  /** True when the interviewer is read and not heard. */
  isSilent = false;
  /** Sentence shown while it is the person's turn. */
  turn = WORDS.listening[1];
  name = "before";

  constructor(root) {
    this.#root = root;
    this.#word = root.querySelector("[data-state-word]");
    this.#hint = root.querySelector("[data-state-hint]");
    this.#region = root.querySelector("[data-state-region]");
  }

  /** The last three only matter while it is the person's turn; they hold until they are told anew. */
  show(name, { muted = this.#muted, typing = this.#typing, talking = this.#talking, sentence = "" } = {}) {
    this.name = name;
    this.#muted = muted;
    this.#typing = typing;
    this.#talking = talking;
    const types = this.way === "typing";
    let shown = name;
    let [word, hint] = WORDS[name] ?? ["", ""];
    if (name === "listening") {
      if (types) [word, hint] = ["Your turn", this.turn];
      else if (typing) [word, hint] = TYPING;
      else if (muted) {
        [word, hint] = MUTED;
        shown = "muted";
      } else if (this.way !== "push_to_talk") hint = this.turn;
      else [word, hint] = talking ? TALKING : ["Your turn", this.turn];
    } else if (name === "paused" && types) [word, hint] = PAUSED_TYPING;
    else if (name === "speaking" && this.isSilent) [word, hint] = READING;
    if (sentence) hint = sentence;
    this.#root.dataset.typing = String(types || typing);
    this.#root.dataset.state = shown;
    this.#word.textContent = word;
    this.#hint.textContent = hint;
    const said = word && `${word}. ${hint}`;
    if (said === this.#last) return;
    this.#last = said;
    // The interviewer's voice begins at this moment: the word is enough.
    this.#region.textContent = name === "speaking" ? word : said;
    this.#title();
  }

  /** A word of help in a silence; `wait` takes it back. */
  help(step) {
    const words = step === "offer" && this.way === "typing" ? TYPED_OFFER : HINTS[step];
    if (this.name === "listening") this.show("listening", { sentence: words ?? "" });
  }

  /** The person looks at another tab: its title says that the line is open. */
  set away(value) {
    this.#away = value;
    this.#title();
  }

  #title() {
    const open = ["speaking", "listening", "thinking", "closing"].includes(this.name);
    document.title = document.title.replace(/^On the line · /, "");
    if (this.#away && open) document.title = `On the line · ${document.title}`;
  }
}
