// Files may be dropped anywhere on the box; while they are read the page says so.

const box = document.querySelector("form.upload");
const status = document.getElementById("reading");

box?.addEventListener("dragover", (event) => event.preventDefault());
box?.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) box.querySelector("input[type=file]").files = event.dataTransfer.files;
});
box?.addEventListener("submit", () => {
  status.textContent = status.dataset.says;
  box.querySelector("button").disabled = true;
});
addEventListener("pageshow", () => {
  if (!box) return;
  status.textContent = "";
  box.querySelector("button").disabled = false;
});
