// The year slider of a state's page: what follows it is asked of the server, and the address follows it too.
"use strict";

const slide = document.querySelector("[data-slide]");
if (slide) {
  const end = slide.querySelector("input[type=range]");
  const width = slide.querySelector("select");
  const output = slide.querySelector("output");
  const status = slide.querySelector("[role=status]");
  let [asked, timer, running] = [0, 0, new AbortController()];

  function period() {
    const last = Number(end.value);
    const first = Math.max(Number(end.min), last - Number(width.value) + 1);
    return first === last ? `${last}` : `${first}-${last}`;
  }

  const shown = () => matchMedia("(max-width: 640px)").matches ? "narrow" : "wide";
  const query = (url, told) => `${url}${url.includes("?") ? "&" : "?"}${told}`;

  // The old drawing stays until the new one is here, so that nothing jumps. Only the width in view is asked for.
  async function redraw(plate, signal) {
    const kind = shown();
    const link = [...plate.querySelectorAll(".acts a")].find((a) => a.textContent.trim() === "SVG");
    const response = await fetch(query(link.href, `width=${kind}`), { signal });
    if (!response.ok) return;
    const svg = new DOMParser().parseFromString(await response.text(), "image/svg+xml").documentElement;
    for (const name of ["width", "height", "style"]) svg.removeAttribute(name);
    const drawn = plate.querySelector(".drawn");
    const place = document.createElement("div");
    place.className = kind;
    place.append(svg);
    const words = drawn.querySelector(".words");
    words.querySelector("p").textContent = svg.querySelector("desc").textContent;
    drawn.replaceChildren(place, words);
    drawn.classList.remove("waiting");
    plate.dataset.width = kind;
  }

  function put(fresh, signal) {
    for (const part of fresh.querySelectorAll("[data-live]")) {
      document.querySelector(`[data-live="${part.dataset.live}"]`)?.replaceWith(part);
    }
    for (const section of fresh.querySelectorAll("section[id]")) {
      const old = document.getElementById(section.id);
      if (!old) continue;
      for (const plate of section.querySelectorAll("figure.plate")) {
        const before = old.querySelector("figure.plate .drawn");
        if (!before?.querySelector("svg")) continue; // nothing to keep meanwhile: fetched as on a fresh page
        const drawn = plate.querySelector(".drawn");
        drawn.removeAttribute("hx-get");
        drawn.replaceChildren(...before.childNodes);
        drawn.classList.remove("waiting");
        redraw(plate, signal).catch(() => {});
      }
      old.replaceWith(section);
      htmx.process(section);
      section.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: section } }));
    }
  }

  async function follow() {
    const mine = ++asked, told = period();
    running.abort();
    running = new AbortController();
    try {
      const response = await fetch(query(slide.dataset.part, `period=${told}`), { signal: running.signal });
      const text = await response.text();
      if (mine !== asked) return;
      put(new DOMParser().parseFromString(text, "text/html"), running.signal);
      history.replaceState(null, "", query(slide.dataset.page, `period=${told}`));
      const field = document.querySelector("form.controls [name=period]");
      if (field) field.value = told;
      status.textContent = status.dataset.said.replace("#", told);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  function tell() {
    output.textContent = period().replace("-", "–");
    end.setAttribute("aria-valuetext", output.textContent);
  }
  for (const control of [end, width]) {
    control.addEventListener("input", () => {
      tell();
      clearTimeout(timer);
      timer = setTimeout(follow, 120);
    });
  }
  addEventListener("resize", () => {
    for (const plate of document.querySelectorAll("figure.plate[data-width]")) {
      if (plate.dataset.width !== shown()) redraw(plate, running.signal).catch(() => {});
    }
  });
  slide.hidden = false;
  output.textContent = slide.dataset.period.replace("-", "–");
}
