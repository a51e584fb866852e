// A call, from picking up to the report: joins the line, the microphone, the voice and what is on the page.

import { isTooLong } from "../length.js";
import { setUp, stay, typesOnly } from "./before.js";
import { canHear, canSpeak, Hearing, Speaking } from "./browser_speech.js";
import { Captions, INTERVIEWER, PERSON } from "./captions.js";
import { Microphone, offer, reason } from "./capture.js";
import { chosen, hello, remember, turnWords } from "./choices.js";
import { Controls } from "./controls.js";
import { Figures } from "./figures.js";
import { Meter } from "./meter.js";
import { Speaker } from "./playback.js";
import { Screen } from "./screen.js";
import { KIND, Line } from "./socket.js";
import { States } from "./states.js";
import { Talk } from "./talk.js";
import { Troubles } from "./troubles.js";
import { Unsent } from "./unsent.js";

const FIRST_TRIES = 3; // before the page says that nobody picks up
const MOST_TRIES = 12; // about a minute and a half
const COMPLAINT_MS = 3000; // a sentence about trouble that came this recently explains why the line broke
const ROOM_FOR_FIGURES = 700; // pixels; below, whoever wants the figures opens them
const KEEPING_MS = 1500; // nobody is held up longer than this on the way out
const NUDGE_MS = 8000; // while somebody types, the interviewer is told to wait this often
const READING_MS = 4000; // whoever reads the closing words needs longer than they take to come
const GUARD_MS = 500; // the second half of a double click must not press what has just appeared under it
const ELSEWHERE = new Set(["CALL_MOVED", "CALL_ELSEWHERE"]);
const REPEAT = "Could you repeat the question?";
const WAITS = "The next question comes first. Your words stay in the box.";

const root = document.getElementById("content");
const { live, report, room, status, draft, speech, language } = root.dataset;
const form = document.getElementById("choices");
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const part = (name) => root.querySelector(`[data-part=${name}]`);

class Call {
  states = new States(root);
  captions = new Captions(part("captions"), document.getElementById("line"), part("read"));
  controls = new Controls(root);
  figures = new Figures(part("figures"));
  troubles = new Troubles(root);
  meter = new Meter(root.querySelector("meter"), root.querySelector("[data-ring]"));
  microphone = new Microphone();
  talk = new Talk(root.querySelector("[data-talk]"));
  line = new Line(live, () => this.hello());
  screen = new Screen(this.line);
  unsent = new Unsent(this.line, this.controls.box, live, Number(root.dataset.number));
  voice = speech === "browser" && canSpeak ? new Speaking(language) : new Speaker();
  hearing = speech === "browser" && canHear ? new Hearing(language) : null;
  choice = null;
  server = "connecting"; // the last state that the server told
  ready = null;
  number = Number(root.dataset.number);
  muted = false;
  paused = false;
  deaf = false; // nobody can hear the person at the moment, however they want to answer
  began = 0;
  complaint = ""; // what the server said last about trouble
  complainedAt = -Infinity;
  failed = ""; // the code of that
  over = false;
  isWarned = false; // that what stands in the box would be lost
  warm = false; // the interviewer has spoken once

  constructor() {
    this.wire();
    this.buttons();
  }

  get types() {
    return this.choice.answer === "typing";
  }

  /** The last answer is being answered: there is no question yet to which more could be said. */
  get waits() {
    return this.server === "thinking";
  }

  // --- picking up ---

  async begin({ typing = false } = {}) {
    this.choice = chosen(form);
    if (typing || typesOnly(form, speech)) this.choice.answer = "typing";
    this.captions.read = this.choice.read;
    this.states.way = this.choice.answer;
    this.states.turn = turnWords(this.choice);
    this.troubles.clear();
    this.controls.guard(GUARD_MS);
    part("before").hidden = true;
    part("live").hidden = false;
    root.querySelector("[data-state-word]").focus();
    try {
      if (!this.choice.captions_only && this.voice instanceof Speaker && !this.voice.isOpen) await this.voice.open();
    } catch {
      this.choice.captions_only = true; // nothing to play sound with: the words are still shown
    }
    if (!this.types && speech !== "browser" && !(await this.pickMicrophone())) return;
    this.states.isSilent = this.choice.captions_only || (speech === "browser" && !canSpeak);
    this.layOut();
    this.show("connecting");
    this.line.open();
    this.stayAwake();
  }

  async pickMicrophone() {
    this.states.show("asking");
    try {
      await this.microphone.open(this.choice.microphone);
    } catch (error) {
      this.back(reason(error));
      return false;
    }
    await offer(part("microphones"), this.microphone.settings.deviceId);
    remember({ microphone: this.microphone.settings.deviceId ?? "" });
    return true;
  }

  /** To the page before the call, with a sentence about what went wrong. */
  back(trouble) {
    this.states.show("before");
    this.controls.guard(0);
    part("before").hidden = false;
    part("live").hidden = true;
    this.microphone.close();
    this.troubles.show(trouble);
  }

  hello() {
    const canShare = Boolean(navigator.mediaDevices?.getDisplayMedia);
    const captionsOnly = this.choice.captions_only || (speech === "browser" && !canSpeak);
    const choice = { ...this.choice, captions_only: captionsOnly };
    const { heard } = this.unsent;
    // Before the first answer of the server, the page does not know what belongs into its box.
    const words = this.ready ? { heard, draft: this.unsent.introduce() } : { heard };
    return { ...hello(choice, { rate: this.microphone.rate, speech, screen: canShare }), ...words };
  }

  layOut() {
    const talks = this.choice.answer === "push_to_talk";
    this.talk.isEnabled = talks;
    root.querySelector("[data-talk]").hidden = !talks;
    this.controls.alwaysTypes = this.types;
    this.controls.show({
      mute: { hidden: this.types || talks },
      done: { hidden: this.types || talks },
      type: { hidden: this.types },
      share: { hidden: true, off: true },
    });
    root.querySelector("meter").closest("[data-meter]").hidden = this.types || speech === "browser";
    if (this.choice.metrics && innerHeight > ROOM_FOR_FIGURES) part("figures").closest("details").open = true;
    if (this.types) this.controls.type(true);
    this.gate();
  }

  async stayAwake() {
    try {
      await navigator.wakeLock?.request("screen");
    } catch {
      // a phone that saves its battery: nothing is lost but the light
    }
  }

  // --- what comes ---

  wire() {
    const { line, voice, microphone, talk, hearing } = this;
    line.addEventListener("message", ({ detail }) => this.told(detail));
    line.addEventListener("sound", ({ detail }) => {
      if (!this.choice.captions_only && !this.paused && voice instanceof Speaker) voice.play(detail.epoch, detail.message);
    });
    line.addEventListener("lost", ({ detail }) => this.lost(detail));
    line.addEventListener("unopened", ({ detail }) => this.unopened(detail.tries));
    line.addEventListener("closed", () => this.fail(ELSEWHERE.has(this.failed) ? "moved" : "closed"));
    voice.addEventListener("played", ({ detail }) => line.tell({ type: "played", ...detail }));
    voice.addEventListener("spoken", ({ detail }) => line.tell({ type: "spoken", ...detail }));
    voice.addEventListener("audible", () => {
      this.gate();
      this.show();
    });
    microphone.addEventListener("frame", ({ detail }) => {
      this.meter.level(detail.level, detail.silent);
      if (!this.paused) line.send(KIND.microphone, detail.message);
    });
    microphone.addEventListener("lost", () => {
      microphone.close();
      this.troubles.show("lost");
      this.show();
    });
    talk.addEventListener("begin", () => {
      this.gate();
      this.show();
    });
    talk.addEventListener("end", () => {
      this.gate();
      this.show();
      this.endTurn();
    });
    hearing?.addEventListener("words", ({ detail }) => line.tell({ type: "text", spoken: true, ...detail }));
    hearing?.addEventListener("failed", ({ detail }) => {
      this.deaf = true;
      this.troubles.show(`unheard-${detail.reason}`);
      this.typing(true);
    });
    this.screen.addEventListener("ended", () => this.controls.show({ share: { words: "Share screen", on: false } }));
  }

  told(message) {
    const tell = {
      ready: () => this.answered(message),
      state: () => {
        if (this.server === "speaking" && message.state !== "speaking") this.warmUp();
        this.server = message.state;
        this.show();
        this.gate();
      },
      said: () => {
        // Words go on when the voice is gone: whoever waits for a sound should know until the next answer.
        if (this.failed !== "VOICE_TROUBLE") this.troubles.hide("error");
        this.captions.take(INTERVIEWER, message);
        if (this.voice instanceof Speaking && !this.choice.captions_only) this.voice.take(message.text, message.final);
      },
      heard: () => {
        this.troubles.hide("error");
        this.captions.take(PERSON, message);
        if (!message.final) this.unsent.hear(message.number, message.text);
      },
      saved: () => {
        this.captions.saved(message.speaker, message.number);
        if (message.speaker === PERSON) this.answerSaved();
      },
      kept: () => this.controls.say(`Draft saved ${clock.format(new Date())}`),
      interrupted: () => {
        this.line.epoch = message.epoch;
        this.voice.flush(message.epoch);
      },
      progress: () => this.progress(message),
      latency: () => this.figures.latency(message.ms),
      metrics: () => this.figures.delivery(message.metrics ?? message),
      hint: () => this.states.help(message.step),
      error: () => {
        this.failed = message.code;
        this.complaint = message.message;
        this.complainedAt = performance.now();
        this.troubles.show("error", message.message);
      },
      ended: () => this.end(message),
    }[message.type];
    tell?.();
  }

  answered(message) {
    this.ready = message;
    stay(live);
    if (message.interviewer) this.captions.interviewer = message.interviewer;
    this.began ||= performance.now();
    this.line.epoch = message.epoch ?? 0;
    this.voice.begin(this.line.epoch);
    this.troubles.clear();
    this.progress(message);
    this.controls.show({ share: { hidden: !(message.sees && navigator.mediaDevices?.getDisplayMedia), off: !this.warm } });
    if (message.hears === false && speech !== "browser" && !this.types) {
      this.deaf = true;
      this.troubles.show("deaf");
      this.typing(true);
    }
    if (message.draft && !this.unsent.typed) {
      this.controls.fill(message.draft, this.types);
      this.unsent.know(message.draft);
      this.typing(true);
    }
    if (this.paused) this.line.tell({ type: "pause" });
    this.server = this.paused ? "paused" : "listening";
    this.show();
    this.gate();
  }

  /** The question has its answer. What is left in a box that was closed is no part of it, and must not be sent later. */
  answerSaved() {
    this.unsent.forget();
    this.troubles.hide("beside");
    const left = this.unsent.typed;
    this.unsent.know(""); // what was kept of it was kept for that question
    if (!left) return;
    if (this.controls.isTyping) this.unsent.tell();
    else {
      this.controls.clear();
      this.troubles.show("beside", "", left);
    }
  }

  /** The first words of the interviewer are over: pictures no longer get in their way. */
  warmUp() {
    if (this.warm) return;
    this.warm = true;
    this.controls.show({ share: { off: false } });
  }

  progress({ question_count, answered_count, max_questions }) {
    this.number = question_count;
    const bar = root.ownerDocument.querySelector("#progress progress");
    bar.max = max_questions;
    bar.value = answered_count;
    const number = Math.min(Math.max(question_count, 1), max_questions);
    document.querySelector("#progress span").textContent = `Question ${number} of ${max_questions}`;
  }

  show(name) {
    if (this.over) return;
    if (name) this.server = name;
    let shown = this.server;
    if (this.voice.audible && ["listening", "thinking"].includes(shown)) shown = "speaking";
    this.states.show(shown, { muted: this.muted, typing: this.controls.isTyping, talking: this.talk.isOn });
  }

  /** Who may be heard right now. */
  gate() {
    if (!this.choice) return;
    const rests = this.choice.listen === "speakers" && this.voice.audible;
    const waits = this.choice.answer === "push_to_talk" && !this.talk.isOn;
    const silent = this.muted || this.paused || rests || waits || (this.controls.isTyping && !this.types);
    if (this.microphone.silent !== silent) this.microphone.silent = silent;
    if (!this.hearing || this.types || this.deaf) return;
    // The browser's recognition would write down the browser's own voice.
    const listens = !silent && !this.voice.audible && !this.over && this.server === "listening";
    if (listens) this.hearing.begin();
    else this.hearing.end(this.voice.audible);
  }

  // --- when the line breaks ---

  lost({ wait, tries }) {
    if (!this.reasonGiven) this.troubles.clear();
    if (tries > (this.ready || !this.reasonGiven ? MOST_TRIES : FIRST_TRIES)) {
      this.fail("unreachable");
      return;
    }
    this.captions.close();
    this.show(this.ready ? "reconnecting" : "connecting");
    this.gate();
    if (this.ready || tries > 1) this.troubles.waiting(wait);
  }

  /** A browser is not told why a WebSocket was refused: ask the page. */
  async unopened(tries) {
    let known = null;
    try {
      const answer = await fetch(status, { headers: { Accept: "application/json" } });
      if (answer.status === 404) return this.fail("gone");
      known = answer.ok ? await answer.json() : null;
    } catch {
      return; // the server is away; the line goes on trying
    }
    if (known?.is_complete) this.leave(report);
    else if (tries >= FIRST_TRIES && !this.ready) this.fail("full");
  }

  /** What the server said just before it hung up. */
  get reasonGiven() {
    return performance.now() - this.complainedAt < COMPLAINT_MS ? this.complaint : "";
  }

  /** No further tries by itself. */
  fail(trouble) {
    if (this.over) return;
    this.line.hangUp();
    this.shut();
    stay(null);
    this.states.show("failed");
    part("live").hidden = true;
    this.troubles.show(trouble, trouble === "moved" ? "" : this.reasonGiven);
  }

  shut() {
    this.over = true;
    this.screen.end();
    this.hearing?.end(true);
    this.microphone.close();
  }

  // --- the end ---

  async end(message) {
    if (this.over) return;
    this.states.show("ended", message.reason === "error" ? { sentence: "The call broke off. What was saved is kept." } : {});
    this.shut();
    await this.voice.drained();
    if (this.states.isSilent && message.reason !== "error") await new Promise((go) => setTimeout(go, READING_MS));
    this.line.hangUp();
    if (message.reason === "error") {
      part("live").hidden = true;
      this.troubles.show("broken-off", this.reasonGiven);
    } else location.assign(message.report || report);
  }

  async leave(to) {
    if (isTooLong(this.controls.box) && !this.isWarned) {
      this.isWarned = true;
      this.typing(true);
      this.controls.say("Too long to be kept. Shorten it, or leave once more without it.");
      return;
    }
    const { text } = this.unsent;
    this.unsent.tell();
    this.shut();
    this.voice.close();
    const stored = await this.line.goodbye(text ? KEEPING_MS : 0);
    if (text && !stored && this.number > 0) await this.keep(text);
    this.unsent.forget();
    stay(null);
    location.assign(to);
  }

  /** Words that were not sent wait in the box of the other page. The server that we hung up on has seen to it; this is
   *  for when there was no line. */
  async keep(text) {
    const body = new URLSearchParams({ number: this.number, answer: text });
    const kept = fetch(draft, { method: "PUT", body, keepalive: true }).catch(() => {});
    await Promise.race([kept, new Promise((go) => setTimeout(go, KEEPING_MS))]);
  }

  // --- what the person does ---

  buttons() {
    const on = (name, act) => this.controls.addEventListener(name, ({ detail }) => act(detail));
    on("begin", () => this.begin());
    on("begin-typing", () => this.begin({ typing: true }));
    on("reload", () => location.reload());
    on("retry", () => this.line.retry());
    on("mute", () => {
      this.muted = !this.muted;
      this.controls.show({ mute: { words: this.muted ? "Unmute" : "Mute", on: this.muted } });
      this.gate();
      this.show();
    });
    on("done", () => this.endTurn());
    on("think", () => {
      if (this.line.tell({ type: "think" })) this.states.show("listening", { sentence: "Take your time. The interviewer waits." });
    });
    on("repeat", () => !this.waits && this.say(REPEAT));
    on("type", () => {
      this.deaf = false; // they want to try
      this.typing(!this.controls.isTyping);
    });
    on("text", ({ text }) => {
      if (this.waits) this.controls.say(WAITS);
      else if (this.say(text)) {
        this.controls.clear();
        this.unsent.tell();
        if (!this.types && !this.deaf && (this.hearing || this.microphone.isOpen)) this.typing(false);
      } else this.troubles.show("unsent");
    });
    on("pause", () => this.pause(!this.paused));
    on("share", () => this.share());
    on("finish", ({ button }) => this.leave(button.href));
    on("microphone", () => this.changeMicrophone());
    document.getElementById("leave").addEventListener("click", (event) => {
      if (!this.choice || this.over || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.leave(room);
    });
    addEventListener("online", () => this.line.retry());
    document.addEventListener("visibilitychange", () => {
      this.states.away = document.hidden;
      if (document.hidden && this.talk.isOn) this.talk.end();
      if (!document.hidden && this.line.isOpen) this.stayAwake();
    });
  }

  /** The person is done. What the browser is still writing down belongs to this answer, not to the next one. */
  async endTurn() {
    if (this.hearing) await this.hearing.finish();
    this.line.tell({ type: "end_turn" });
    this.gate();
  }

  /** Words instead of sound. */
  say(text) {
    if (!this.line.tell({ type: "text", text })) return false;
    this.captions.take(PERSON, { text, final: true });
    return true;
  }

  /** Open or close the box. */
  typing(on) {
    if (this.controls.isTyping !== on) this.controls.type(on);
    this.nudge();
    this.gate();
    this.show();
  }

  /** Until they go on, the person is not heard; what they type and ask for still counts. */
  pause(on) {
    if (!this.line.tell({ type: on ? "pause" : "resume" })) return;
    this.paused = on;
    this.controls.show({ pause: { words: on ? "Go on" : "Pause", on } });
    this.show(on ? "paused" : "listening");
    this.gate();
    if (on) this.voice.flush(this.line.epoch);
  }

  nudge() {
    clearInterval(this.nudging);
    if (!this.controls.isTyping || this.types) return;
    this.line.tell({ type: "think" });
    this.nudging = setInterval(() => this.line.tell({ type: "think" }), NUDGE_MS);
  }

  async share() {
    if (this.screen.isOn) {
      this.screen.end();
      return;
    }
    try {
      await this.screen.begin();
      this.controls.show({ share: { words: "Stop sharing", on: true } });
    } catch {
      this.screen.end(); // they changed their mind
    }
  }

  /** Another one, in the middle of the call. */
  async changeMicrophone() {
    const before = this.microphone.rate;
    await this.microphone.close();
    try {
      await this.microphone.open(part("microphones").value);
    } catch (error) {
      this.troubles.show(reason(error) === "refused" ? "lost-refused" : "lost");
      return;
    }
    this.troubles.hide("lost");
    if (this.microphone.rate !== before) this.line.again();
    this.gate();
    this.show();
  }
}

const call = new Call();
setUp(form, { speech, place: live }, {
  missing: () => call.troubles.show("missing"),
  insecure: () => call.troubles.show("insecure"),
  changed: () => offer(part("microphones"), call.microphone.settings.deviceId),
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  call.begin();
});

setInterval(() => {
  if (!call.began || call.over) return;
  const passed = Math.floor((performance.now() - call.began) / 1000);
  const shown = root.querySelector("[data-clock]");
  if (shown) shown.textContent = `${Math.floor(passed / 60)}:${String(passed % 60).padStart(2, "0")}`;
  call.figures.line({ dropped: call.line.dropped, gaps: call.voice.gaps ?? 0 });
}, 1000);

export { call };
