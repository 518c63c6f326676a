// A cell of the source that is chosen, at its text or beside it, goes into the field that was last in use.

let field = null;

function use(target) {
  if (!target.matches(".beside input:not([type=checkbox])")) return;
  field?.classList.remove("taken");
  field = target;
  field.classList.add("taken");
}
document.addEventListener("focusin", ({ target }) => use(target));
use(document.activeElement ?? document.body); // on a slow line a field may be in use before this script is here

document.addEventListener("click", ({ target }) => {
  const cell = target.closest("button.pick") ?? target.closest(".blocks td")?.querySelector("button.pick");
  if (!cell || !field) return;
  field.value = cell.textContent.trim().replace(/\s+/g, " ");
  field.focus({ preventScroll: true });
});
