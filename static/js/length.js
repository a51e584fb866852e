// The longest answer. A browser's own limit cuts what is pasted without a word. Here all of it stays in the box, and the
// page says by how much it is too long.

const NEAR = 0.9; // of the limit; from here on the characters are counted for the eye
const number = new Intl.NumberFormat("en-GB");

/** As the server counts: whole characters, without the space around them. */
function count(box) {
  const text = box.value.trim();
  return text.length < Number(box.dataset.longest) * NEAR ? text.length : [...text].length;
}

export function isTooLong(box) {
  return Boolean(box.dataset.longest) && count(box) > Number(box.dataset.longest);
}

function line(box) {
  const id = `${box.id}-length`;
  const known = document.getElementById(id);
  if (known) return known;
  const made = document.createElement("p");
  made.id = id;
  made.className = "hint length";
  // The count changes with each key: only the sentence is read aloud, once.
  made.append(document.createElement("span"), " ", document.createElement("span"));
  made.lastElementChild.setAttribute("role", "status");
  (box.closest(".box") ?? box).after(made);
  return made;
}

/** Say how long it is, when that matters. */
export function show(box) {
  const limit = Number(box.dataset.longest);
  const long = count(box);
  const known = document.getElementById(`${box.id}-length`);
  if (long < limit * NEAR && !known) return;
  const [counted, sentence] = (known ?? line(box)).querySelectorAll("span");
  counted.textContent = long < limit * NEAR ? "" : `${number.format(long)} of ${number.format(limit)} characters.`;
  const words = long > limit ? "Too long to be sent or saved as it is. Nothing is cut: shorten it here." : "";
  if (sentence.textContent !== words) sentence.textContent = words;
  if (words) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
}

const boxes = (root) => root.querySelectorAll?.("textarea[data-longest]") ?? [];

document.addEventListener("input", ({ target }) => target.matches?.("textarea[data-longest]") && show(target));

// Before everybody else who waits for the form.
document.addEventListener(
  "submit",
  (event) => {
    if (event.submitter?.value === "skip" || event.submitter?.hasAttribute("formaction")) return;
    const box = [...boxes(event.target)].find(isTooLong);
    if (!box) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    show(box);
    box.focus();
  },
  true,
);

for (const box of boxes(document)) show(box);
document.addEventListener("htmx:afterSettle", () => boxes(document).forEach(show));
