// Dropping a file on one of the two boxes, and saying early that a file is too large to be sent.

const LARGEST = 16 * 1024 * 1024;

function note(input, sentence) {
  const id = `${input.id}-said`;
  let line = document.getElementById(id);
  if (!line) {
    line = document.createElement("p");
    line.id = id;
    line.setAttribute("role", "status");
    input.closest(".field").append(line);
  }
  line.className = sentence.wrong ? "wrong" : "help";
  line.textContent = sentence.text;
}

function chosen(input) {
  const file = input.files[0];
  if (!file) return;
  if (file.size > LARGEST) {
    input.value = "";
    note(input, { wrong: true, text: `${file.name} is larger than 16 MB. Choose a smaller file, or paste the text.` });
  } else {
    note(input, { wrong: false, text: `${file.name} will be read.` });
  }
}

for (const box of document.querySelectorAll("[data-drop]")) {
  const input = document.getElementById(box.dataset.drop);
  input.addEventListener("change", () => chosen(input));
  const hasFile = (event) => event.dataTransfer?.types.includes("Files");
  box.addEventListener("dragover", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    box.dataset.over = "yes";
  });
  box.addEventListener("dragleave", (event) => {
    if (!box.contains(event.relatedTarget)) delete box.dataset.over;
  });
  box.addEventListener("drop", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    delete box.dataset.over;
    const one = new DataTransfer();
    if (event.dataTransfer.files[0]) one.items.add(event.dataTransfer.files[0]);
    input.files = one.files;
    chosen(input);
  });
}
