// Lets sound through and keeps every sample, and the time on the wall of each block, so that a test can look at what a
// loudspeaker got.
class Tap extends AudioWorkletProcessor {
  constructor() {
    super();
    this.blocks = [];
    this.times = [];
    this.first = null; // frame of the context
    this.port.onmessage = () => {
      const samples = new Float32Array(this.blocks.length * 128);
      this.blocks.forEach((block, index) => samples.set(block, index * 128));
      this.port.postMessage({ samples, first: this.first, times: new Float64Array(this.times) });
    };
  }

  process([[sound]], [[out]]) {
    this.first ??= currentFrame;
    const block = new Float32Array(128);
    if (sound) {
      block.set(sound);
      out.set(sound);
    }
    this.blocks.push(block);
    this.times.push(Date.now());
    return true;
  }
}
registerProcessor("tap", Tap);
