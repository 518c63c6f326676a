// The ways to another result, looked for when their place on the page comes into view, and shown there when they are found.

const place = document.getElementById("results-found");

async function show() {
  for (;;) {
    const answer = await fetch(place.dataset.from);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("results-found");
    if (!fresh) return; // the link on the page leads to what went wrong
    place.replaceChildren(...fresh.childNodes);
    if (!document.getElementById("running")) return;
    await new Promise((resolve) => setTimeout(resolve, 700));
  }
}

new IntersectionObserver((seen, watching) => {
  if (!seen.some((each) => each.isIntersecting)) return;
  watching.disconnect();
  show().catch(() => {});
}, { rootMargin: "300px" }).observe(place);
