// What went wrong, what was kept, what to do next. The words stand in the page's templates.

export class Troubles {
  #place;
  #banner;
  #shown = "";
  #timer = 0;

  constructor(root) {
    this.#place = root.querySelector("[data-part=trouble]");
    this.#banner = root.querySelector("[data-part=banner]");
  }

  /** `words` replace the template's own sentence, when the server has a better one; `typed` are the person's own. */
  show(name, words = "", typed = "") {
    const template = document.getElementById(`trouble-${name}`) ?? document.getElementById("trouble-broken");
    this.clear();
    this.#shown = name;
    const box = template.content.firstElementChild.cloneNode(true);
    if (words) box.querySelector("[data-sentence]").textContent = words;
    if (typed) box.querySelector("[data-typed]").textContent = typed;
    this.#place.replaceChildren(box);
  }

  hide(name) {
    if (this.#shown.startsWith(name)) this.clear();
  }

  clear() {
    clearInterval(this.#timer);
    this.#shown = "";
    this.#banner.hidden = true;
    if (this.#place.firstChild) this.#place.replaceChildren();
  }

  /** The line is being made again in so many milliseconds. */
  waiting(milliseconds) {
    const end = performance.now() + milliseconds;
    const place = this.#banner.querySelector("[data-wait]");
    const tick = () => {
      const left = Math.ceil((end - performance.now()) / 1000);
      place.textContent = left > 0 ? `Trying again in ${left} s.` : "Trying again now.";
      if (left <= 0) clearInterval(this.#timer);
    };
    clearInterval(this.#timer);
    this.#banner.hidden = false;
    this.#timer = setInterval(tick, 500);
    tick();
  }
}
