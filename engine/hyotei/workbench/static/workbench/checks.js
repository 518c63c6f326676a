// How a draft stands, beside what is written: its cases are tried when nothing was changed for a moment, and it is proved meanwhile,
// until the next change. What was shown stays until the next is there.

const still = 700; // milliseconds without a change before cases are tried and a proof is begun
const again = 700; // milliseconds after which a proof is looked at again
let place = null; // where it is shown
let shown = null; // what was shown last
let turn = 0; // of the changes, the last one

async function follow() {
  const mine = ++turn;
  if (shown) shown.setAttribute("aria-busy", "true");
  await new Promise((resolve) => setTimeout(resolve, still));
  const address = new URL(place.dataset.checks, location.href);
  address.searchParams.set("prove", "1");
  while (mine === turn) {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("checks");
    if (mine !== turn || !fresh) return; // a page that asks for the password, or of a fault: the next change asks again
    shown = fresh;
    show();
    if (!("running" in fresh.dataset)) return;
    await new Promise((resolve) => setTimeout(resolve, again));
  }
}

function show() {
  const top = place.scrollTop;
  place.replaceChildren(shown);
  place.scrollTop = top;
  // What it comes to stays in sight where the tables are edited.
  const line = document.getElementById("stands-lead");
  const told = [...shown.querySelectorAll(".sum")].map((each) => each.textContent).join(" ");
  if (!line || !told) return;
  const link = document.createElement("a");
  link.href = "#stands";
  link.textContent = told;
  line.replaceChildren(link);
}

// The page of a draft puts a new place in for each state.
function look() {
  const now = document.querySelector("[data-checks]");
  if (!now || now === place) return;
  place = now;
  if (shown) show();
  follow().catch(() => {}); // a server that is away is asked again by the next change
}

document.addEventListener("draft-shown", look); // draft.js
look();
