// The cells of a grid by the keys of a spreadsheet, as ranges, and with the clipboard. A cell is a field of the browser: it is either
// chosen, and arrows go to other cells, or written in, and they go through its text. To write or F2 begins the one, Enter, Tab and Esc
// the other. Whatever an input method composes is left to it.

const cells = ".grid :is(input, textarea)";
let writing = false; // whether the cell that has the focus is written in
let range = null; // the form of the grid, the cell where the range begins, and the one where it ends
let coming = null; // the cell to go to when the row that was added or moved is there
let filling = null; // while the corner of a range is drawn over other cells, the edges of that range

const isCell = (node) => Boolean(node?.matches?.(cells));
const placeOf = (field) => {
  const [, row, column] = field.name.split(".").map(Number);
  return { row, column };
};
const fieldAt = (form, row, column) => form.elements[`cell.${row}.${column}`] ?? null;
const sendForm = (form, more = {}) => document.dispatchEvent(new CustomEvent("send-form", { detail: { form, more } }));

// The first and the last row and column of a grid; the header, where it can be written, is row -1.
function edges(form) {
  const all = [...form.querySelectorAll(cells)];
  const first = placeOf(all[0]);
  return { top: first.row, left: first.column, ...last(all) };
}
const last = (all) => { const { row, column } = placeOf(all.at(-1)); return { bottom: row, right: column }; };

function box() {
  const { from, to } = range;
  return {
    top: Math.min(from.row, to.row), bottom: Math.max(from.row, to.row),
    left: Math.min(from.column, to.column), right: Math.max(from.column, to.column),
  };
}

// The fields of the range, row by row.
function chosen() {
  const { top, bottom, left, right } = box();
  const rows = [];
  for (let row = top; row <= bottom; row++) {
    rows.push([]);
    for (let column = left; column <= right; column++) rows.at(-1).push(fieldAt(range.form, row, column));
  }
  return rows;
}
const several = () => range !== null && (range.from.row !== range.to.row || range.from.column !== range.to.column);

function draw() {
  for (const name of ["data-chosen", "data-corner"]) for (const each of document.querySelectorAll(`[${name}]`)) each.removeAttribute(name);
  const bar = document.getElementById("draft");
  const said = document.getElementById("range");
  if (said) said.textContent = "";
  if (range && !range.form.isConnected) {
    // A form that has another line now is another one.
    const form = document.getElementById(range.form.id);
    range = form ? { ...range, form } : null;
  }
  if (!range) return;
  const { top, bottom, left, right } = box();
  if (top >= 0) fieldAt(range.form, bottom, right)?.closest("td")?.setAttribute("data-corner", "");
  if (!several()) return;
  for (const field of chosen().flat()) field?.closest("td, th")?.setAttribute("data-chosen", "");
  if (said) said.textContent = bar.dataset.range.replace("{rows}", bottom - top + 1).replace("{columns}", right - left + 1);
}

function choose(field, extend) {
  const place = placeOf(field);
  range = extend && range?.form === field.form ? { ...range, to: place } : { form: field.form, from: place, to: place };
  draw();
}

function go(form, row, column, extend = false) {
  const to = fieldAt(form, row, column);
  if (!to) return false;
  const from = range;
  to.focus();
  to.select();
  if (extend) range = from;
  choose(to, extend);
  return true;
}

function enter(field) {
  if (!isCell(field)) return;
  writing = false;
  const { row, column } = placeOf(field);
  if (!range || range.form !== field.form || !several()) choose(field, false);
  // The row and the column at which the buttons work follow the cell.
  if (row >= 0 && field.form.elements.row) field.form.elements.row.value = row;
  if (field.form.elements.column) field.form.elements.column.value = column;
}
document.addEventListener("focusin", (event) => enter(event.target));
enter(document.activeElement); // on a slow line somebody is there before this script

document.addEventListener("input", (event) => { if (isCell(event.target)) writing = true; });

// With the pointer: a click chooses, a double one writes; with Shift, or drawn over cells, it chooses a range.
document.addEventListener("pointerdown", (event) => {
  const field = event.target;
  if (event.button === 0 && onCorner(event)) {
    event.preventDefault();
    filling = box();
    return;
  }
  if (!isCell(field) || event.button !== 0) return;
  if (event.shiftKey && range?.form === field.form) {
    event.preventDefault();
    choose(field, true);
  } else if (!(writing && document.activeElement === field)) {
    choose(field, false);
  }
});
document.addEventListener("dblclick", (event) => { if (isCell(event.target)) writing = true; });
document.addEventListener("click", (event) => { if (isCell(event.target) && !writing && !several()) event.target.select(); });
// The text of a chosen cell is marked: to draw from it would move the text itself into another cell.
document.addEventListener("dragstart", (event) => { if (isCell(event.target)) event.preventDefault(); });
document.addEventListener("pointerover", (event) => {
  const field = event.target;
  if (filling) {
    if (event.buttons !== 1) filling = null; // let go of outside the window
    else if (isCell(field) && field.form === range.form) stretch(placeOf(field));
    return;
  }
  if (event.buttons !== 1 || !isCell(field) || range?.form !== field.form || document.activeElement?.form !== field.form || writing) return;
  if (field !== document.activeElement || several()) choose(field, true);
});

// Sets texts and sends them as one change.
function write(pairs) {
  const changed = pairs.filter(([field, text]) => field && field.value !== text);
  for (const [field, text] of changed) field.value = text;
  if (changed.length) sendForm(range.form);
}

// The corner of a range that is drawn over cells below, above or beside it fills them with its texts, again and again.
function onCorner(event) {
  const cell = event.target.closest?.("[data-corner]");
  if (!cell) return false;
  const { right, bottom } = cell.getBoundingClientRect();
  return right - event.clientX < 12 && bottom - event.clientY < 12; // the size that the style sheet gives it
}
function stretch({ row, column }) {
  const { top, bottom, left, right } = filling;
  const upright = Math.max(row - bottom, top - row) >= Math.max(column - right, left - column);
  range = {
    form: range.form,
    from: upright ? { row: Math.max(Math.min(row, top), 0), column: left } : { row: top, column: Math.min(column, left) },
    to: upright ? { row: Math.max(row, bottom), column: right } : { row: bottom, column: Math.max(column, right) },
  };
  draw();
}
const repeated = (at, first, last) => { const size = last - first + 1; return first + ((at - first) % size + size) % size; };
document.addEventListener("pointerup", () => {
  if (!filling) return;
  const source = filling;
  filling = null;
  const { top, left } = box();
  write(chosen().flatMap((fields, down) => fields.map((field, right) => [field, fieldAt(
    range.form, repeated(top + down, source.top, source.bottom), repeated(left + right, source.left, source.right))?.value ?? ""])));
});
document.addEventListener("pointercancel", () => { filling = null; });

const table = (rows) => rows.map((row) => row.map((field) => {
  const text = field?.value ?? "";
  return /["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}).join("\t")).join("\n");

// Where a row or a column ends in the direction of an arrow.
const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
function moved(field, event, command) {
  const at = event.shiftKey && range?.form === field.form ? range.to : placeOf(field);
  const [down, right] = arrows[event.key] ?? [0, 0];
  if (!command && event.key in arrows) return { row: at.row + down, column: at.column + right };
  const end = edges(field.form);
  if (event.key === "Home") return { row: command ? end.top : at.row, column: end.left };
  if (event.key === "End") return { row: command ? end.bottom : at.row, column: end.right };
  return {
    row: down ? (down > 0 ? end.bottom : end.top) : at.row,
    column: right ? (right > 0 ? end.right : end.left) : at.column,
  };
}

// Whether an arrow stays within the text that is being written.
function stays(field, key) {
  if (!writing) return false;
  if (key === "Home" || key === "End") return true;
  if (key === "ArrowLeft" || key === "ArrowRight") return true;
  const text = field.value;
  if (key === "ArrowUp") return text.slice(0, field.selectionStart).includes("\n");
  return text.slice(field.selectionEnd).includes("\n");
}

// Whether a command is that of the text which is being written, and not of the grid.
const ownOfText = (field, key) => writing && (key === "a" || ("zy".includes(key) && field.value !== field.defaultValue));

const commands = {
  a: (field) => {
    const end = edges(field.form);
    range = { form: field.form, from: { row: end.top, column: end.left }, to: { row: end.bottom, column: end.right } };
    draw();
  },
  // The first row of the range goes into the others; of one cell that above it.
  d: (field) => {
    const { row, column } = placeOf(field);
    const rows = several() ? chosen() : [[fieldAt(field.form, row - 1, column)], [field]];
    if (rows[0][0]) write(rows.slice(1).flatMap((each) => each.map((to, at) => [to, rows[0][at].value])));
  },
  r: (field) => {
    const { row, column } = placeOf(field);
    const rows = several() ? chosen() : [[fieldAt(field.form, row, column - 1), field]];
    if (rows[0][0]) write(rows.flatMap((each) => each.slice(1).map((to) => [to, each[0].value])));
  },
  z: (_, event) => document.getElementById(event.shiftKey ? "redo" : "undo")?.click(),
  y: () => document.getElementById("redo")?.click(),
};

// Presses a button below the table for the row of a cell; the cell goes with its row, or to the new one.
const rowKeys = { Enter: ["row.add", 1], ArrowUp: ["row.back", -1], ArrowDown: ["row.on", 1] };
function onRow(field, key) {
  const [action, step] = rowKeys[key];
  const button = field.form.querySelector(`[name="do"][value="${action}"]`);
  const { row, column } = placeOf(field);
  const end = edges(field.form);
  const to = row + step;
  if (!button || row < 0 || to < 0 || (action !== "row.add" && to > end.bottom)) return;
  coming = { id: field.form.id, row: to, column, rows: end.bottom + (action === "row.add" ? 1 : 0) };
  button.click();
}
function arrive() {
  const form = coming && document.getElementById(coming.id);
  if (!form || edges(form).bottom !== coming.rows) return;
  go(form, coming.row, coming.column);
  coming = null;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  const field = event.target;
  if (!isCell(field)) return;
  const { row, column } = placeOf(field);
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  let done = true;
  if ((key === "Enter" && command) || (event.altKey && !command && (key === "ArrowUp" || key === "ArrowDown"))) onRow(field, key);
  else if (key === "Enter" && event.altKey) done = false;
  else if (key === "Enter") { go(field.form, row + (event.shiftKey ? -1 : 1), column) || field.blur(); }
  else if (key === "Tab" && !command && !event.altKey) done = go(field.form, row, column + (event.shiftKey ? -1 : 1));
  else if (key === "F6") field.form.querySelector(event.shiftKey ? ".wide" : ".bar :is(select, button)")?.focus();
  else if (key === "F2") { writing = !writing; if (writing) field.setSelectionRange(field.value.length, field.value.length); else field.select(); }
  else if (key === "Escape") { field.value = field.defaultValue; writing = false; field.select(); choose(field, false); }
  else if ((key in arrows || key === "Home" || key === "End") && !event.altKey) {
    if (stays(field, key)) return;
    const to = moved(field, event, command);
    if (event.shiftKey) { const end = fieldAt(field.form, to.row, to.column); if (end) { choose(end, true); end.scrollIntoView({ block: "nearest", inline: "nearest" }); } }
    else done = go(field.form, to.row, to.column);
  } else if ((key === "Delete" || key === "Backspace") && !writing && !command) write(chosen().flat().map((each) => [each, ""]));
  else if (command && !event.altKey && key in commands && !ownOfText(field, key)) commands[key](field, event);
  else {
    if (key.length === 1 && !command && !event.altKey && several()) choose(field, false);
    done = false;
  }
  if (done) event.preventDefault();
});

for (const name of ["copy", "cut"]) {
  document.addEventListener(name, (event) => {
    if (!isCell(event.target) || writing || !range) return;
    event.preventDefault();
    const rows = chosen();
    event.clipboardData.setData("text/plain", table(rows));
    if (name === "cut") write(rows.flat().map((each) => [each, ""]));
  });
}

// A block that a spreadsheet copied goes into the cells from the first of the range on; one text goes into each cell of the range.
document.addEventListener("paste", (event) => {
  const field = event.target;
  if (!isCell(field) || writing || !range) return;
  const text = event.clipboardData.getData("text/plain");
  event.preventDefault();
  if (!/[\t\n]/.test(text.trimEnd())) {
    write(chosen().flat().map((each) => [each, text.trim()]));
    return;
  }
  const { top, left } = box();
  sendForm(field.form, { row: top, column: left, copied: text, do: "paste" });
});

document.addEventListener("draft-shown", (event) => {
  draw();
  if (!event.detail.waiting) arrive(); // what waits may be the button itself, and works at the row of the cell
});
