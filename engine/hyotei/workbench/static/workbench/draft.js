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
  const forms = () => [...main().querySelectorAll("form[data-live]")];
  const place = at && at.id && main().contains(at)
    ? { id: at.id, name: at.name, form: forms().indexOf(at.form), start: at.selectionStart, end: at.selectionEnd } : null;
  const scrolled = new Map([...main().querySelectorAll(".wide[id]")].map((each) => [each.id, each.scrollLeft]));
  const rows = () => [...main().querySelectorAll("form[data-live] select")].map((each) => [`${each.form.id} ${each.name}`, each]);
  const picked = new Map(rows().map(([key, each]) => [key, each.selectedIndex]));
  const displaced = document.getElementById("displaced"); // told before; what was typed is nowhere else
  for (const each of document.querySelectorAll("[data-chosen]")) each.removeAttribute("data-chosen");
  // How the draft stands and what it moves are told anew for each state (checks.js, impact.js).
  for (const each of document.querySelectorAll("[data-checks], [data-impact]")) each.setAttribute("data-earlier", "");
  patch(main(), fresh);
  if (displaced) document.getElementById("draft")?.after(displaced);
  // Of a field that stays, what was sent and is stored in other words gives way to these.
  const kept = new Set(typed.map((each) => each.id));
  for (const each of fields(main())) if (!kept.has(each.id) && each.value !== each.defaultValue) each.value = each.defaultValue;
  // The row at which the buttons work stays, unless what was done to a row says which one is meant now.
  for (const [key, each] of rows()) {
    if (!each.querySelector("[selected]") && picked.has(key)) each.selectedIndex = Math.min(picked.get(key), each.length - 1);
  }
  for (const each of main().querySelectorAll("details")) each.open ||= open.has(each.id);
  for (const each of main().querySelectorAll(".wide[id]")) each.scrollLeft = scrolled.get(each.id) ?? 0;
  for (const { id, value, stored, label } of typed) {
    // Rows may have moved by the change of somebody else: what is typed goes into the same cell or is told, never into another.
    const field = document.getElementById(id);
    const same = field && field.defaultValue === stored && field.getAttribute("aria-label") === label;
    if (field) field.value = same ? value : field.defaultValue;
    if (!same) tell("displaced", "displaced", `${label}: ${value}`);
  }
  // Rows and columns that were meant by their number may be others now.
  if (main().querySelector("[data-merged]")) waiting.splice(0, waiting.length, ...waiting.filter((each) => !Object.keys(each.more).length));
  // Where lines above it came or went, the table of the field goes by another line now.
  const field = place && (document.getElementById(place.id) ?? (place.name && forms()[place.form]?.elements[place.name]));
  if (field) {
    field.focus({ preventScroll: true });
    if (typeof place.start === "number") field.setSelectionRange(place.start, place.end);
  }
  document.title = page.title;
  document.dispatchEvent(new CustomEvent("draft-shown", { detail: { waiting: waiting.length } }));
}

// Makes an element say what a fresh one says. What says the same stays, so that a long table is not laid out anew for one cell.
const containers = new Set(["MAIN", "SECTION", "FORM", "DIV", "DETAILS", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD", "INPUT"]);
function patch(now, fresh) {
  if (now.isEqualNode(fresh)) return now;
  const text = [...fresh.childNodes].some((each) => each.nodeType === Node.TEXT_NODE && each.data.trim());
  if (text || "checks" in fresh.dataset || "impact" in fresh.dataset || now.tagName !== fresh.tagName || now.id !== fresh.id || !containers.has(now.tagName)) return fresh;
  for (const { name } of [...now.attributes]) if (!fresh.hasAttribute(name) && name !== "open") now.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  let at = now.firstElementChild;
  for (const wanted of [...fresh.children]) {
    let same = at;
    while (same && !(same.tagName === wanted.tagName && same.id === wanted.id)) same = same.nextElementSibling;
    if (!same) { now.insertBefore(wanted, at); continue; }
    while (at !== same) { const next = at.nextElementSibling; at.remove(); at = next; }
    const made = patch(same, wanted);
    if (made !== same) same.replaceWith(made);
    at = made.nextElementSibling;
  }
  while (at) { const next = at.nextElementSibling; at.remove(); at = next; }
  return now;
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

// What the keys and the clipboard do in a grid is sent as any form is (grid.js).
document.addEventListener("send-form", (event) => send(event.detail.form, event.detail.more));

// On a slow line somebody has written before this script is here: what they left since then is sent as it is now.
for (const each of fields(document)) {
  const place = each.closest("tr.new") ?? each;
  if (each.value === each.defaultValue || place.contains(document.activeElement)) continue;
  for (const name of ["change", "focusout"]) each.dispatchEvent(new Event(name, { bubbles: true }));
}
