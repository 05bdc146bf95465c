// The period boundary: a handle on the figure and a slider that says the same; what follows it is asked of the server.
"use strict";

const panel = document.querySelector("[data-boundary]");
if (panel) {
  const slider = panel.querySelector("input");
  const output = panel.querySelector("output");
  const status = panel.querySelector("[role=status]");
  const plate = document.querySelector("#years figure.plate");
  const first = Number(slider.dataset.first), last = Number(slider.dataset.last);
  const handle = document.createElement("div");
  handle.className = "handle";
  handle.setAttribute("aria-hidden", "true");
  panel.hidden = false;
  plate.after(panel);
  plate.append(handle);

  // Where each year's bar begins, by what is drawn: upright bars on wide pages, lying ones on narrow pages.
  function bars() {
    const lying = matchMedia("(max-width: 640px)").matches;
    const svg = plate.querySelector(`${lying ? ".narrow" : ".wide"} svg`);
    const box = plate.getBoundingClientRect();
    const found = new Map();
    let [low, high] = [Infinity, -Infinity];
    for (const mark of svg ? svg.querySelectorAll(".mark-rect.role-mark path") : []) {
      const at = mark.getBoundingClientRect();
      found.set(Math.round(lying ? at.top - box.top : at.left - box.left), true);
      low = Math.min(low, lying ? at.left - box.left : at.top - box.top);
      high = Math.max(high, lying ? at.right - box.left : at.bottom - box.top);
    }
    return { lying, low, high, begins: [...found.keys()].sort((a, b) => a - b) };
  }

  // Years without a vote have no bar; the first and last of those drawn are told by the figure's own table.
  const years = [...document.querySelectorAll("#years tbody tr")].map((row) => parseInt(row.cells[0].textContent, 10));

  function place() {
    const { lying, low, high, begins } = bars();
    const i = years.findIndex((year) => year >= Number(slider.value));
    handle.hidden = begins.length !== years.length || i < 0;
    if (handle.hidden) return;
    handle.classList.toggle("lying", lying);
    handle.style[lying ? "top" : "left"] = `${begins[i] - 1}px`;
    handle.style[lying ? "left" : "top"] = `${low - 12}px`;
    handle.style[lying ? "width" : "height"] = `${high - low + (lying ? 26 : 44)}px`;
    handle.style[lying ? "height" : "width"] = "";
    handle.style[lying ? "bottom" : "right"] = "";
  }

  let asked = 0;
  async function follow() {
    const year = Number(slider.value), mine = ++asked;
    output.textContent = year;
    place();
    const periods = [[first, year - 1], [year, last]].map(([a, b]) => (a === b ? a : `${a}-${b}`)).join(",");
    const query = (url) => `${url}${url.includes("?") ? "&" : "?"}periods=${periods}`;
    const response = await fetch(query(panel.dataset.part));
    if (mine !== asked || !response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (mine !== asked) return;
    for (const part of fresh.querySelectorAll("[data-live]")) {
      document.querySelector(`[data-live="${part.dataset.live}"]`)?.replaceWith(part);
    }
    const counts = fresh.querySelector("#periods");
    document.querySelector("#periods")?.replaceWith(counts);
    history.replaceState(null, "", query(panel.dataset.page));
    const field = document.querySelector("form.controls [name=periods]");
    if (field) field.value = periods;
    status.textContent = status.dataset.said.replace("#", year);
  }
  slider.addEventListener("input", follow);

  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    const move = (at) => {
      const { lying, begins } = bars();
      const box = plate.getBoundingClientRect();
      const here = lying ? at.clientY - box.top : at.clientX - box.left;
      const near = begins.reduce((best, x, i) => (Math.abs(x - here) < Math.abs(begins[best] - here) ? i : best), 1);
      const year = Math.min(Math.max(years[Math.max(1, near)], Number(slider.min)), Number(slider.max));
      if (year !== Number(slider.value)) { slider.value = year; follow(); }
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", () => handle.removeEventListener("pointermove", move), { once: true });
  });

  addEventListener("resize", place);
  document.fonts?.ready.then(place);
  place();
}
