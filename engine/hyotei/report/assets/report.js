"use strict";
// The list of findings: all of them are data in the page; one page of those that fit the filter is shown at a time.
(() => {
  const form = document.querySelector("form.filter"), holder = document.getElementById("findings-data");
  if (!form || !holder) return;
  const { fields, texts, rows, labels } = JSON.parse(holder.textContent);
  const at = Object.fromEntries(fields.map((name, index) => [name, index]));
  const list = document.querySelector("ol.findings"), count = document.getElementById("count"), pager = document.querySelector("nav.pager");
  const [back, onward] = pager.querySelectorAll("button"), range = pager.querySelector("output");
  const SIZE = 100, PRINTED = 1000;
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const text = (row, name) => texts[row[at[name]]];
  let words = null, found = [], first = 0;

  const all = (row) => [...fields.filter((name) => !["figures", "doubts", "also"].includes(name)).map((name) => text(row, name)),
    ...row[at.figures].flat().map((each) => texts[each]), ...row[at.doubts].map((each) => texts[each])].join(" ");
  const make = (name, inside, css) => {
    const element = document.createElement(name);
    if (css) element.className = css;
    for (const each of [inside].flat()) if (each) element.append(each);
    return element;
  };
  const facts = (row) => {
    const pairs = [], link = make("a", text(row, "rule"));
    const figures = row[at.figures].map(([title, shown, place]) =>
      make("li", [texts[title] + labels.colon + texts[shown], texts[place] && make("span", labels.open + texts[place] + labels.close, "faint")]));
    if (figures.length) pairs.push([labels.figures, make("ul", figures)]);
    for (const doubt of row[at.doubts]) pairs.push([labels.doubt, texts[doubt]]);
    for (const name of ["question", "money"]) if (text(row, name)) pairs.push([labels[name], text(row, name)]);
    if (row[at.also].length) pairs.push([labels.also, row[at.also].map((each) => texts[each]).join(labels.comma)]);
    link.href = "#" + text(row, "anchor");
    pairs.push([labels.rule, link]);
    return make("dl", pairs.flatMap(([name, value]) => [make("dt", name), make("dd", value)]));
  };
  const shown = (number) => {
    const row = rows[number], severity = text(row, "severity");
    const tags = [severity && make("span", labels.severities[severity] || severity, "tag " + text(row, "css")), " ",
      text(row, "state") && make("span", labels.states[text(row, "state")], "tag state"), " ",
      make("span", text(row, "code"), "hash"), " ", text(row, "title")];
    const item = make("li", [make("h3", tags), make("p", [text(row, "authority"), "　", text(row, "said_year"), "　", text(row, "sheet")], "faint"),
      make("p", [make("strong", text(row, "subject")), text(row, "subject") && " ", text(row, "message")]), facts(row)], text(row, "css"));
    item.id = "f" + (number + 1);
    item.value = number + 1;
    return item;
  };
  const show = (from, most) => {
    first = Math.max(0, Math.min(from, found.length - 1));
    const last = Math.min(first + most, found.length);
    list.replaceChildren(...found.slice(first, last).map(shown));
    range.textContent = found.length ? `${(first + 1).toLocaleString()}–${last.toLocaleString()} / ${found.length.toLocaleString()}` : "0";
    back.disabled = first === 0;
    onward.disabled = last >= found.length;
  };
  const apply = () => {
    const wanted = plain(form.elements.words.value).split(/\s+/).filter(Boolean);
    if (wanted.length && !words) words = rows.map((row) => plain(all(row)));
    const chosen = ["code", "severity", "authority", "year", "state"].map((name) => [at[name], form.elements[name] && form.elements[name].value])
      .filter(([, value]) => value).map(([place, value]) => [place, texts.indexOf(value)]);
    found = [];
    rows.forEach((row, number) => {
      if (chosen.every(([place, value]) => row[place] === value) && wanted.every((word) => words[number].includes(word))) found.push(number);
    });
    count.textContent = count.dataset.form.replace("{shown}", found.length.toLocaleString()).replace("{all}", rows.length.toLocaleString());
    show(0, SIZE);
  };
  const follow = () => {
    // #code=RS-F01&authority=… filters; #f12 is a finding, wherever the filter has left it.
    const hash = decodeURIComponent(location.hash.slice(1)), wish = hash.match(/^f(\d+)$/);
    if (hash.includes("=")) {
      form.reset();
      for (const [name, value] of new URLSearchParams(location.hash.slice(1))) if (form.elements[name]) form.elements[name].value = value;
      apply();
      document.getElementById("findings").scrollIntoView();
    } else if (wish && rows[wish[1] - 1]) {
      if (!found.includes(wish[1] - 1)) { form.reset(); apply(); }
      show(Math.floor(found.indexOf(wish[1] - 1) / SIZE) * SIZE, SIZE);
      document.getElementById(hash).scrollIntoView();
    }
  };
  form.hidden = pager.hidden = false;
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  form.querySelector("button[type=reset]").addEventListener("click", () => setTimeout(apply));
  back.addEventListener("click", () => { show(first - SIZE, SIZE); list.parentElement.scrollIntoView(); });
  onward.addEventListener("click", () => { show(first + SIZE, SIZE); list.parentElement.scrollIntoView(); });
  // What is printed is what the filter leaves, up to a number of sheets of paper.
  let kept = 0;
  const printed = document.getElementById("printed");
  const chosenWords = () => [form.elements.words.value.trim(), ...[...form.querySelectorAll("select")].filter((each) => each.value)
    .map((each) => each.selectedOptions[0].textContent.replace(/\s*[（(][\d,]+[）)]$/, ""))].filter(Boolean).join(labels.comma);
  const tell = () => {
    const numbers = { all: rows.length, found: found.length, printed: Math.min(found.length, PRINTED) };
    printed.textContent = printed.dataset.form.replace(/\{(\w+)\}/g, (_, name) =>
      name === "filter" ? chosenWords() || printed.dataset.none : numbers[name].toLocaleString());
  };
  addEventListener("beforeprint", () => { kept = first; tell(); show(0, PRINTED); });
  addEventListener("afterprint", () => show(kept, SIZE));
  // Also where the address is that already, which is no change of it.
  document.querySelectorAll('a[href^="#"][href*="="]').forEach((link) => link.addEventListener("click", () => setTimeout(follow)));
  addEventListener("hashchange", follow);
  apply();
  follow();
})();
