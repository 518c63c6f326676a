"use strict";
(() => {
  const form = document.querySelector("form.filter");
  if (!form) return;
  const items = [...document.querySelectorAll("ol.findings > li")];
  const texts = items.map((item) => item.textContent.normalize("NFKC").toLowerCase());
  const count = document.getElementById("count");
  const apply = () => {
    const words = form.elements.words.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    items.forEach((item, index) => {
      const fits = ["kind", "severity", "authority", "year"].every((name) => !form.elements[name].value || item.dataset[name] === form.elements[name].value)
        && words.every((word) => texts[index].includes(word));
      item.hidden = !fits;
      shown += fits;
    });
    count.textContent = count.dataset.form.replace("{shown}", shown.toLocaleString()).replace("{all}", items.length.toLocaleString());
  };
  form.hidden = false;
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 80); });
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  form.addEventListener("reset", () => setTimeout(apply));
  document.querySelectorAll("a[data-kind]").forEach((link) => link.addEventListener("click", () => {
    form.reset(); form.elements.kind.value = link.dataset.kind; apply();
  }));
  const jump = () => {
    // A link to a finding that is filtered out shows it again.
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.hidden) { form.reset(); setTimeout(() => { apply(); target.scrollIntoView(); }); }
  };
  addEventListener("hashchange", jump);
  apply();
})();
