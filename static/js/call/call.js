// A call, from picking up to the report: joins the line, the microphone, the voice and what is on the page.

import { setUp, stay, typesOnly } from "./before.js";
import { Breaks } from "./breaks.js";
import { canHear, canSpeak, Hearing, Speaking } from "./browser_speech.js";
import { Captions, INTERVIEWER, PERSON } from "./captions.js";
import { Microphone, offer, reason } from "./capture.js";
import { chosen, hello, remember, turnWords } from "./choices.js";
import { Controls } from "./controls.js";
import { Endings } from "./endings.js";
import { Figures } from "./figures.js";
import { Meter } from "./meter.js";
import { part, root } from "./parts.js";
import { Speaker } from "./playback.js";
import { Screen } from "./screen.js";
import { KIND, Line } from "./socket.js";
import { States } from "./states.js";
import { Talk } from "./talk.js";
import { Troubles } from "./troubles.js";
import { Unsent } from "./unsent.js";
import { Writing } from "./writing.js";

const ROOM_FOR_FIGURES = 700; // pixels; below, whoever wants the figures opens them
const GUARD_MS = 500; // the second half of a double click must not press what has just appeared under it

const { live, room, speech, language } = root.dataset;
const form = document.getElementById("choices");
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

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
  breaks = new Breaks(this);
  endings = new Endings(this);
  writing = new Writing(this);
  choice = null;
  server = "connecting"; // the last state that the server told
  ready = null;
  number = Number(root.dataset.number);
  muted = false;
  paused = false;
  deaf = false; // nobody can hear the person at the moment, however they want to answer
  began = 0;
  over = false;
  warm = false; // the interviewer has spoken once

  constructor() {
    this.wire();
    this.buttons();
  }

  get types() {
    return this.choice.answer === "typing";
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
      this.writing.open(true);
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
        if (this.breaks.code !== "VOICE_TROUBLE") this.troubles.hide("error");
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
        if (message.speaker === PERSON) this.writing.answerSaved();
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
      error: () => this.breaks.note(message),
      ended: () => this.endings.end(message),
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
      this.writing.open(true);
    }
    this.writing.takeUp(message.draft);
    if (this.paused) this.line.tell({ type: "pause" });
    this.server = this.paused ? "paused" : "listening";
    this.show();
    this.gate();
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
    on("pause", () => this.pause(!this.paused));
    on("share", () => this.share());
    on("finish", ({ button }) => this.endings.leave(button.href));
    on("microphone", () => this.changeMicrophone());
    document.getElementById("leave").addEventListener("click", (event) => {
      if (!this.choice || this.over || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.endings.leave(room);
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

  /** Until they go on, the person is not heard; what they type and ask for still counts. */
  pause(on) {
    if (!this.line.tell({ type: on ? "pause" : "resume" })) return;
    this.paused = on;
    this.controls.show({ pause: { words: on ? "Go on" : "Pause", on } });
    this.show(on ? "paused" : "listening");
    this.gate();
    if (on) this.voice.flush(this.line.epoch);
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
