// Shows what a rulebook moves, and follows the changes of a draft: the page of the impact is asked for again as long as it is worked
// out, and each time when the page of the draft was changed. What was shown stays until the next is there.

const chosen = `impact of ${location.pathname}`; // the sheets that a person chose for this page, as long as the tab is open
const again = [300, 2000]; // milliseconds after which it is asked for again: at first, and at most, where others wait too
let place = null; // where it is shown
let shown = null; // what was shown last
let turn = 0; // of the requests, the last one

function address() {
  const to = new URL(place.dataset.impact, location.href);
  const corpus = sessionStorage.getItem(chosen);
  if (corpus !== null) to.searchParams.set("corpus", corpus);
  return to;
}

async function follow() {
  const mine = ++turn;
  let pause = again[0];
  if (shown) shown.setAttribute("aria-busy", "true");
  while (mine === turn) {
    const answer = await fetch(address());
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== turn) return;
    if (answer.status === 404 && sessionStorage.getItem(chosen) !== null) { // the corpus is no more
      sessionStorage.removeItem(chosen);
      continue;
    }
    const fresh = page.getElementById("impact");
    if (!fresh) return; // a page that asks for the password, or of a fault: the next change asks again
    const running = "running" in fresh.dataset;
    if (!running || !shown) {
      const top = place.scrollTop;
      place.replaceChildren(fresh);
      place.scrollTop = top;
    }
    if (!running) {
      shown = fresh;
      lead();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 1.5, again[1]);
  }
}

// What it comes to stays in sight where the tables are edited.
function lead() {
  const line = document.getElementById("moved-lead");
  const told = shown.querySelector(".lead");
  if (!line || !told) return;
  const link = document.createElement("a");
  link.href = "#moved";
  link.textContent = told.textContent;
  line.replaceChildren(link);
}

const begin = () => { follow().catch(() => {}); }; // a server that is away is asked again by the next change

// The page of a draft puts a new place in for each state.
function look() {
  const now = document.querySelector("[data-impact]");
  if (!now || now === place) return;
  place = now;
  if (shown) {
    place.replaceChildren(shown);
    lead();
  } else shown = place.querySelector("#impact:not([data-running])"); // the page of the impact may have come with it
  if (!shown || document.getElementById("draft")) begin();
}

document.addEventListener("change", (event) => {
  if (!place?.contains(event.target) || event.target.name !== "corpus") return;
  sessionStorage.setItem(chosen, event.target.value);
  begin();
});
document.addEventListener("submit", (event) => {
  if (!place?.contains(event.target) || event.target.method !== "get") return;
  event.preventDefault();
  sessionStorage.setItem(chosen, event.target.elements.corpus.value);
  begin();
});
const asked = new URLSearchParams(location.search).get("corpus");
if (asked !== null) sessionStorage.setItem(chosen, asked);
document.addEventListener("draft-shown", look); // draft.js
look();
