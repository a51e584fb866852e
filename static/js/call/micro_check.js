// The evening before: is the microphone heard, how does it sound, do the speakers work. Nothing leaves the page.

import { Microphone, offer, reason } from "./capture.js";
import { remember, remembered } from "./choices.js";
import { loudness, Meter } from "./meter.js";

const SECONDS = 5;
const HEARD = 0.35; // loudness of someone who speaks at arm's length
const TONES = [440, 554.37, 659.26];
const HEADER = 4;

const get = (id) => document.getElementById(id);
const picker = get("microphone");
const meter = new Meter(get("level"));
const microphone = new Microphone();
let taken = null; // frames of the recording while it is made
let sound = null; // {rate, samples} of the last one
let playing = null;

function trouble(name) {
  const place = document.querySelector("[data-part=trouble]");
  const template = get(`trouble-${name}`);
  place.replaceChildren(...(template ? [template.content.cloneNode(true)] : []));
}

const able = (button, on) => button.setAttribute("aria-disabled", String(!on));
const isAble = (button) => button.getAttribute("aria-disabled") !== "true";

function off(words) {
  microphone.close();
  taken = null;
  meter.level(0);
  get("level").value = 0;
  get("listen").textContent = "Turn the microphone on";
  get("heard").textContent = words;
  able(get("record"), false);
}

async function on() {
  trouble("");
  try {
    await microphone.open(picker.value || remembered().microphone);
  } catch (error) {
    trouble(reason(error));
    off("It is off.");
    return;
  }
  const { deviceId } = microphone.settings;
  remember({ microphone: deviceId });
  await offer(picker, deviceId);
  get("listen").textContent = "Turn it off";
  get("heard").textContent = "It is on. Say something.";
  able(get("record"), true);
}

get("listen").addEventListener("click", () => (microphone.isOpen ? off("It is off.") : on()));

picker.addEventListener("change", async () => {
  remember({ microphone: picker.value });
  if (!microphone.isOpen) return;
  await microphone.close();
  await on();
});

microphone.addEventListener("frame", ({ detail: { level, message } }) => {
  if (!microphone.isOpen) return; // was under way when it was turned off
  meter.level(level);
  const words = "You are heard.";
  if (loudness(level) > HEARD && get("heard").textContent !== words) get("heard").textContent = words;
  if (!taken) return;
  taken.push(new Int16Array(message.slice(HEADER)));
  if (taken.length * 0.02 < SECONDS) return;
  const samples = new Float32Array(taken.reduce((sum, frame) => sum + frame.length, 0));
  let at = 0;
  for (const frame of taken) for (const value of frame) samples[at++] = value / 32768;
  sound = { rate: microphone.rate, samples };
  taken = null;
  able(get("record"), true);
  able(get("play"), true);
  get("recorded").textContent = "Recorded. Play it to listen.";
});

microphone.addEventListener("lost", () => {
  trouble("lost");
  off("It is off.");
});

get("record").addEventListener("click", () => {
  if (!isAble(get("record"))) return;
  playing?.close();
  taken = [];
  able(get("record"), false);
  able(get("play"), false);
  get("recorded").textContent = "Recording. Speak as you would in an interview.";
});

get("play").addEventListener("click", async () => {
  if (!isAble(get("play")) || !sound) return;
  const context = new AudioContext();
  playing = context;
  const buffer = context.createBuffer(1, sound.samples.length, sound.rate);
  buffer.copyToChannel(sound.samples, 0);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  able(get("play"), false);
  get("recorded").textContent = "Playing.";
  source.onended = () => {
    context.close();
    able(get("play"), true);
    get("recorded").textContent = "That is how you sound.";
  };
  source.start();
});

get("tone").addEventListener("click", () => {
  const button = get("tone");
  if (!isAble(button)) return;
  able(button, false);
  get("toned").textContent = "Playing.";
  const context = new AudioContext();
  let last = null;
  TONES.forEach((pitch, index) => {
    const begin = context.currentTime + 0.1 + index * 0.5;
    last = new OscillatorNode(context, { frequency: pitch });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, begin);
    volume.gain.linearRampToValueAtTime(0.2, begin + 0.03);
    volume.gain.setValueAtTime(0.2, begin + 0.3);
    volume.gain.linearRampToValueAtTime(0, begin + 0.4);
    last.connect(volume).connect(context.destination);
    last.start(begin);
    last.stop(begin + 0.45);
  });
  last.onended = () => {
    context.close();
    able(button, true);
    get("toned").textContent = "Did you hear three?";
  };
});

get("tone").disabled = false;
if (!isSecureContext || !navigator.mediaDevices) trouble("insecure");
else {
  get("listen").disabled = false;
  offer(picker, remembered().microphone);
  navigator.mediaDevices.addEventListener("devicechange", () => offer(picker, picker.value));
}
