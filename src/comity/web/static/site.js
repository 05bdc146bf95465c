// What is better with JavaScript: shade, copied links, sorted tables, and figures that answer to the pointer.
// Every page is whole without it.
"use strict";

const script = document.currentScript;
const vendor = script.dataset.vendor.split(" ");
const root = document.documentElement;

for (const button of document.querySelectorAll("[data-shade]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.shade ? root.dataset.shade === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.shade = dark ? "light" : "dark";
    try { localStorage.setItem("comity-shade", root.dataset.shade); } catch { /* not kept, still shown */ }
  });
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-copy]");
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const status = link.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(link.href);
    status.textContent = link.dataset.copied || "✓";
  } catch {
    location.href = link.href;
  }
});

// A form sends what was filled in and differs from the usual, so that its address can be shared.
for (const form of document.querySelectorAll("form.controls")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      const usual = field.dataset?.usual;
      if (field.name && (field.value === "" || field.value === usual)) field.disabled = true;
    }
    setTimeout(() => [...form.elements].forEach((field) => { field.disabled = false; }));
  });
}

// Sorting: the head of a column becomes a button; rows of a group stay together.
const number = (text) => {
  const found = text.replace(/[\u00a0\u2060 ]/g, "").replace("−", "-").match(/-?\d[\d.,]*/);
  if (!found) return NaN;
  const plain = root.lang === "vi" ? found[0].replace(/\./g, "").replace(",", ".") : found[0].replace(/,/g, "");
  return parseFloat(plain);
};

function sortable(table) {
  if (table.tBodies.length !== 1 || table.tBodies[0].rows.length < 3 || table.dataset.sortable) return;
  table.dataset.sortable = "yes";
  const heads = table.tHead ? [...table.tHead.rows[0].cells] : [];
  heads.forEach((head, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const text = (row) => (row.cells[i] ? row.cells[i].firstChild?.textContent || "" : "");
      const byNumber = head.classList.contains("num");
      const rows = [...table.tBodies[0].rows];
      rows.sort((x, y) => {
        if (!byNumber) return text(x).localeCompare(text(y), root.lang) * (down ? -1 : 1);
        const [a, b] = [number(text(x)), number(text(y))];
        if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
        return (a - b) * (down ? -1 : 1);
      });
      table.tBodies[0].append(...rows);
    });
  });
}

// Figures: drawn by the server; drawn again here, with tooltips, once the reader comes near.
let loaded;
function vega() {
  loaded ??= vendor.reduce((before, src) => before.then(() => new Promise((done, fail) => {
    const tag = document.createElement("script");
    tag.src = src;
    tag.onload = done;
    tag.onerror = fail;
    document.head.append(tag);
  })), Promise.resolve()).catch((error) => { loaded = undefined; throw error; });
  return loaded;
}

async function enliven(plate) {
  if (plate.dataset.alive) return;
  plate.dataset.alive = "yes";
  const narrow = matchMedia("(max-width: 640px)").matches;
  const shown = plate.querySelector(narrow ? ".narrow" : ".wide");
  if (!shown) { delete plate.dataset.alive; return; }
  try {
    const [spec] = await Promise.all([
      fetch(plate.dataset.vega + (narrow ? "&width=narrow" : "")).then((r) => r.json()),
      vega(),
    ]);
    const fresh = document.createElement("div");
    await vegaEmbed(fresh, spec, {
      ast: true, // expressions are read, not compiled: the page allows no code made of text
      renderer: "svg", actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true },
    });
    const drawn = fresh.querySelector("svg");
    if (!drawn) throw new Error("nothing was drawn");
    for (const name of ["width", "height", "style"]) drawn.removeAttribute(name);
    const still = shown.querySelector("svg");
    drawn.classList.add("alive");
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", still.getAttribute("aria-label"));
    drawn.prepend(still.querySelector("desc"));
    shown.replaceChildren(drawn);
  } catch {
    delete plate.dataset.alive; // the server's drawing stays, until the reader comes again
  }
}

function upgrade(place) {
  place.querySelectorAll("main table").forEach(sortable);
  if (place.matches?.("main *")) place.querySelectorAll("table").forEach(sortable);
  place.querySelectorAll("figure.plate").forEach((plate) => {
    plate.addEventListener("pointerenter", () => enliven(plate));
  });
}
upgrade(document);
document.addEventListener("htmx:load", (event) => upgrade(event.detail.elt));
