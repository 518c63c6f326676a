// Looks again as long as something is worked out. What a person writes or has opened meanwhile stays as it is: then only the other
// parts of the page are shown anew.

const changed = (field) =>
  field.type === "checkbox" ? field.checked !== field.defaultChecked
  : field.tagName === "SELECT" ? [...field.options].some((each) => each.defaultSelected && !each.selected)
  : field.type !== "hidden" && field.value !== field.defaultValue;
const used = (part) =>
  part.contains(document.activeElement) || part.querySelector("details[open]") !== null
  || [...part.querySelectorAll("input, textarea, select")].some(changed);

function show(fresh) {
  const main = document.querySelector("main");
  if (!used(main)) {
    main.replaceChildren(...fresh.childNodes);
    return;
  }
  let before = null;
  for (const part of fresh.querySelectorAll(":scope > section[id]")) {
    const now = document.getElementById(part.id);
    if (!now) before?.after(part);
    else if (now.querySelector("#running") || !used(now)) now.replaceWith(part);
    before = document.getElementById(part.id);
  }
}

async function look() {
  for (let running; (running = document.getElementById("running"));) {
    await new Promise((resolve) => setTimeout(resolve, 700));
    // What refused a form has another address, which shows nothing when it is only looked at.
    const answer = await fetch(running.querySelector("a")?.href ?? location.href);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    const still = fresh?.querySelector("#running");
    if (still) running.replaceWith(still);
    else if (fresh) show(fresh);
  }
}

look().catch(() => {}); // the link on the page does the same
