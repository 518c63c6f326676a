// The page of a draft without reloads: a change is sent as soon as a field is left, and the page that comes back takes the place of
// the old one. What is being typed meanwhile stays. Without this script every form works by its buttons.

const grid = ".grid :is(input, textarea)";
let sending = null; // what is on its way: the form and the values of its fields
const waiting = []; // the ids of forms that changed meanwhile, with what more is sent of them
let composing = false;

const fields = (root) => [...root.querySelectorAll("input[id], textarea[id]")];
const main = () => document.querySelector("main");

document.addEventListener("compositionstart", () => { composing = true; });
document.addEventListener("compositionend", () => { composing = false; });

// Sends a form; `more` are further values, of the button that was pressed or of a block that was pasted.
async function send(form, more = {}) {
  if (sending) {
    if (Object.keys(more).length || !waiting.some((each) => each.id === form.id)) waiting.push({ id: form.id, more });
    return;
  }
  const data = new FormData(form);
  for (const [name, value] of Object.entries(more)) data.set(name, value);
  const sent = new Map(fields(form).map((each) => [each.id, each.value]));
  sending = sent;
  try {
    const answer = await fetch(location.href, { method: "POST", body: data, headers: { "Accept": "text/html" } });
    const text = await answer.text();
    while (composing) await new Promise((resolve) => setTimeout(resolve, 50));
    const page = new DOMParser().parseFromString(text, "text/html");
    // Neither a page that asks for the password again nor one of a fault takes the place of what is being written.
    if (answer.status === 409 || page.getElementById("draft")) swap(page, sent);
    else failed();
  } catch {
    failed();
  } finally {
    sending = null;
  }
  const next = waiting.shift();
  const again = next && document.getElementById(next.id);
  if (again) send(again, next.more);
}

function swap(page, sent) {
  const fresh = page.querySelector("main");
  const typed = [];
  for (const each of fields(main())) {
    const stored = sent.get(each.id) ?? each.defaultValue;
    if (each.value !== stored) typed.push({ id: each.id, value: each.value, stored, label: each.getAttribute("aria-label") });
  }
  const open = new Set([...main().querySelectorAll("details[open]")].map((each) => each.id));
  const at = document.activeElement;
  const place = at && at.id && main().contains(at) ? { id: at.id, start: at.selectionStart, end: at.selectionEnd } : null;
  const scrolled = new Map([...main().querySelectorAll(".wide[id]")].map((each) => [each.id, each.scrollLeft]));
  const displaced = document.getElementById("displaced"); // told before; what was typed is nowhere else
  main().replaceChildren(...fresh.childNodes);
  if (displaced) document.getElementById("draft")?.after(displaced);
  for (const each of main().querySelectorAll("details")) each.open ||= open.has(each.id);
  for (const each of main().querySelectorAll(".wide[id]")) each.scrollLeft = scrolled.get(each.id) ?? 0;
  for (const { id, value, stored, label } of typed) {
    // Rows may have moved by the change of somebody else: what is typed goes into the same cell or is told, never into another.
    const field = document.getElementById(id);
    if (field && field.defaultValue === stored && field.getAttribute("aria-label") === label) field.value = value;
    else tell("displaced", "displaced", `${label}: ${value}`);
  }
  // Rows and columns that were meant by their number may be others now.
  if (main().querySelector("[data-merged]")) waiting.splice(0, waiting.length, ...waiting.filter((each) => !Object.keys(each.more).length));
  const field = place && document.getElementById(place.id);
  if (field) {
    field.focus({ preventScroll: true });
    if (typeof place.start === "number") field.setSelectionRange(place.start, place.end);
  }
  document.title = page.title;
}

function failed() {
  tell("failed", "failed", "");
}

// Says what stands in an attribute of the bar, once, with what belongs to it.
function tell(id, name, more) {
  const bar = document.getElementById("draft");
  if (!bar) return;
  let told = document.getElementById(id);
  if (!told) {
    told = document.createElement("p");
    told.id = id;
    told.className = "message bad";
    told.setAttribute("role", "alert");
    told.textContent = bar.dataset[name];
    bar.after(told);
  }
  if (more) told.append(document.createElement("br"), more);
}

document.addEventListener("submit", (event) => {
  if (!("live" in event.target.dataset)) return;
  event.preventDefault();
  if (event.target.id === "mends") cellOfMend(event.submitter)?.focus({ preventScroll: true });
  send(event.target, event.submitter?.name ? { [event.submitter.name]: event.submitter.value } : {});
});

// The cell that a button mends, beside it or named by the link before it; the button itself is gone afterwards.
const cellOfMend = (button) =>
  button.closest("td, th")?.querySelector("input") ??
  document.getElementById(button.closest("li")?.querySelector("a")?.hash.slice(1) ?? "")?.closest("input");

document.addEventListener("change", (event) => {
  const form = event.target.form;
  // A new row is sent when it is left: before that it may well lack what it needs.
  if (event.target.closest("tr.new")) return;
  if (form && "live" in form.dataset && event.target.matches(`${grid}, .fields input, textarea[name="text"]`)) send(form);
});

document.addEventListener("focusout", (event) => {
  const row = event.target.closest?.("tr.new");
  if (!row || row.contains(event.relatedTarget) || !row.isConnected) return;
  if (fields(row).some((each) => each.value !== each.defaultValue)) send(event.target.form);
});

// The row and the column at which the buttons work follow the cell.
const cellOf = (field) => {
  const [, row, column] = field.name.split(".").map(Number);
  return { row, column };
};
document.addEventListener("focusin", (event) => {
  if (!event.target.matches?.(grid)) return;
  const { row, column } = cellOf(event.target);
  const form = event.target.form;
  if (row >= 0) form.elements.row.value = row;
  form.elements.column.value = column;
});

const go = (from, row, column) => {
  const to = from.form.elements[`cell.${row}.${column}`];
  if (to) { to.focus(); to.select(); }
  return Boolean(to);
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  const field = event.target;
  if (!field.matches?.(grid)) return;
  const { row, column } = cellOf(field);
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  let done = false;
  if (event.key === "Enter") { go(field, row + (event.shiftKey ? -1 : 1), column) || field.blur(); done = true; }
  else if (event.key === "Escape") { field.value = field.defaultValue; done = true; }
  else if (!command && !event.altKey && event.key === "ArrowDown") done = go(field, row + 1, column);
  else if (!command && !event.altKey && event.key === "ArrowUp") done = go(field, row - 1, column);
  else if (!event.shiftKey && event.key === "ArrowRight" && field.selectionStart === field.value.length) done = go(field, row, column + 1);
  else if (!event.shiftKey && event.key === "ArrowLeft" && field.selectionEnd === 0) done = go(field, row, column - 1);
  else if (command && key === "d") {
    const above = field.form.elements[`cell.${row - 1}.${column}`];
    if (above) { field.value = above.value; send(field.form); }
    done = true;
  } else if (command && field.value === field.defaultValue && (key === "z" || key === "y")) {
    document.getElementById(key === "y" || event.shiftKey ? "redo" : "undo")?.click();
    done = true;
  }
  if (done) event.preventDefault();
});

// A block that a spreadsheet copied goes into the cells from this one on.
document.addEventListener("paste", (event) => {
  const field = event.target;
  if (!field.matches?.(grid)) return;
  const text = event.clipboardData.getData("text/plain");
  if (!/[\t\n]./.test(text.trimEnd())) return;
  event.preventDefault();
  const { row, column } = cellOf(field);
  send(field.form, { row, column, copied: text, do: "paste" });
});
