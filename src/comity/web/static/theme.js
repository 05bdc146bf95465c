// Before anything is painted: the shade that the reader chose.
try {
  const shade = localStorage.getItem("comity-shade");
  if (shade === "light" || shade === "dark") document.documentElement.dataset.shade = shade;
} catch { /* storage may be refused; the system's shade stays */ }
document.documentElement.classList.add("js");
