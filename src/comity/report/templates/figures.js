// Draws each wide figure again as one that tells the numbers of a mark that is pointed at. Runs without the network;
// whatever fails, the drawing that came with the page stays.
(() => {
  "use strict";
  const style = document.createElement("style");
  style.textContent =
    "#vg-tooltip-element{position:fixed;z-index:9;visibility:hidden;max-width:20rem;padding:.45rem .6rem;" +
    "border:1px solid #4a565e;border-radius:3px;background:#11181c;color:#fff;font:12px/1.45 Inter,system-ui,sans-serif;pointer-events:none}" +
    "#vg-tooltip-element.visible{visibility:visible}" +
    "#vg-tooltip-element td.key{padding-right:.8em;color:#c3ccd1}#vg-tooltip-element table{border:0;width:auto;margin:0}" +
    "#vg-tooltip-element td{border:0;padding:0;text-align:left;white-space:nowrap;font-size:12px}";

  async function draw(figure) {
    const frame = figure.querySelector(".wide");
    const still = frame.querySelector("svg");
    const spec = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    const stage = document.createElement("div");
    await vegaEmbed(stage, spec, {
      actions: false,
      logLevel: 1, // errors alone
      renderer: "svg",
      tooltip: { theme: "custom", disableDefaultStyle: true },
    });
    const drawn = stage.querySelector("svg");
    // As wide as its box, on the page's own ground, and described, as the still one is.
    drawn.style.background = "none";
    drawn.removeAttribute("width");
    drawn.removeAttribute("height");
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", still.getAttribute("aria-label"));
    drawn.prepend(still.querySelector("desc").cloneNode(true));
    still.replaceWith(drawn);
  }

  function draws(entries, watcher) {
    for (const entry of entries) {
      // Narrow pages show another drawing.
      if (!entry.isIntersecting || !entry.target.querySelector(".wide").getClientRects().length) continue;
      watcher.unobserve(entry.target);
      draw(entry.target).catch((error) => console.warn("A figure stays as it was drawn:", error));
    }
  }

  if (typeof vegaEmbed !== "function" || typeof IntersectionObserver !== "function") return;
  document.head.append(style);
  const watcher = new IntersectionObserver(draws, { rootMargin: "50% 0%" });
  for (const data of document.querySelectorAll('figure > script[type="application/json"]')) {
    watcher.observe(data.parentElement);
  }
})();
