/* Helps to fill the form of a service. Without it the form works and the help texts say the same. */
(() => {
  "use strict";

  const later = (work, wait = 400) => {
    let timer;
    return (...args) => { clearTimeout(timer); timer = setTimeout(() => work(...args), wait); };
  };
  const field = (name) => document.getElementById(`id_${name}`);
  const live = (row) => row.querySelector("[name$='-DELETE']")?.value !== "1";
  const rows = (name) => [...document.querySelectorAll(`#id_${name}-FORMS > [data-inline-panel-child]`)].filter(live);
  const inRow = (row, name) => row.querySelector(`[name$='-${name}']`);

  /** Asks the site, by POST, so that what is written stands in no address and no log. */
  async function ask(url, values) {
    const body = new FormData();
    for (const [name, value] of values) body.append(name, value);
    body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    const response = await fetch(url, { method: "POST", body, credentials: "same-origin" });
    if (!response.ok) throw new Error(String(response.status));
    return response;
  }
  const FAILED = "That did not work. Check your connection, save what you have and try again.";

  /* How long a text is, and whether a sentence in it is. */
  function lengthWords(input) {
    const text = input.value.trim();
    const good = Number(input.dataset.goodLength);
    const words = [];
    if (good) {
      words.push(`${text.length} characters.`);
      if (text.length > good) words.push(`Up to ${good} read best.`);
    }
    const longest = Math.max(...text.split(/[.!?]+\s|\n/).map((part) => part.split(/\s+/).filter(Boolean).length));
    if (longest > 25) words.push(`One sentence has ${longest} words: two short ones read better.`);
    return words.join(" ");
  }
  function watchLength(input) {
    const said = document.createElement("p");
    said.className = "help nwd-length";
    said.setAttribute("aria-live", "polite");
    input.closest("[data-field-input]").after(said);
    const say = () => { said.textContent = lengthWords(input); };
    input.addEventListener("input", later(say));
    say();
  }

  /* Needs that the words suggest. */
  async function suggest(panel) {
    const place = panel.querySelector("[data-suggestions]");
    const values = ["title", "summary", "description"].map((name) => [name, field(name)?.value || ""]);
    for (const row of rows("page_needs")) values.push(["named", inRow(row, "need").value]);
    place.textContent = "Reading …";
    try {
      place.innerHTML = await (await ask(panel.dataset.suggestNeeds, values)).text();
    } catch { place.textContent = FAILED; }
    place.focus();
  }
  function addNeed(code, main) {
    let row = rows("page_needs").find((each) => !inRow(each, "need").value);
    if (!row) {
      document.getElementById("id_page_needs-ADD").click();
      row = rows("page_needs").at(-1);
    }
    inRow(row, "need").value = code;
    inRow(row, "main").checked = main;
    inRow(row, "need").dispatchEvent(new Event("change", { bubbles: true }));
  }
  function addChosen(panel) {
    const added = [];
    for (const proposal of panel.querySelectorAll("[data-proposal]")) {
      const how = proposal.querySelector("[type=radio]:checked").value;
      if (!how) continue;
      addNeed(proposal.dataset.proposal, how === "main");
      added.push(proposal.dataset.name);
      for (const finer of proposal.querySelectorAll("[type=checkbox]:checked")) {
        const box = document.querySelector(`[name=presented_needs][value="${CSS.escape(finer.value)}"]`);
        if (box) { box.checked = true; box.closest("details").open = true; }
      }
    }
    const place = panel.querySelector("[data-suggestions]");
    place.textContent = added.length ? `Added: ${added.join(", ")}. They are kept when you save.` : "Nothing was chosen, so nothing was added.";
    place.focus();
  }

  /* Where a site is. */
  const openSites = () => rows("page_sites").filter((row) => !inRow(row, "confidential")?.checked);
  const drawMap = later(async () => {
    const map = document.querySelector("[data-site-map]");
    if (!map) return;
    const values = openSites().flatMap((row) => ["name", "latitude", "longitude"].map((name) => [name, inRow(row, name)?.value || ""]));
    if (openSites().length < rows("page_sites").length) values.push(["hidden", "1"]);
    try {
      map.innerHTML = await (await ask(map.dataset.siteMap, values)).text();
    } catch { map.textContent = FAILED; }
  });
  async function findPlace(button) {
    const row = button.closest("[data-inline-panel-child]");
    const said = button.parentElement.querySelector("[role=status]");
    if (inRow(row, "confidential")?.checked) {
      said.textContent = "A confidential site is on no map, so there is nothing to find.";
      return;
    }
    const url = document.querySelector("[data-find-place]").dataset.findPlace;
    try {
      const found = await (await ask(url, ["postal_code", "city"].map((name) => [name, inRow(row, name).value]))).json();
      said.textContent = found.words;
      if (found.latitude === null) return;
      for (const name of ["latitude", "longitude"]) inRow(row, name).value = found[name];
      inRow(row, "latitude").dispatchEvent(new Event("change", { bubbles: true }));
    } catch { said.textContent = FAILED; }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const panel = button.closest("[data-suggest-needs]");
    if (button.matches("[data-suggest]")) suggest(panel);
    else if (button.matches("[data-add-needs]")) addChosen(panel);
    else if (button.closest("[data-find-place-row]")) findPlace(button);
  });
  document.addEventListener("change", (event) => {
    if (/^page_sites-\d+-(name|latitude|longitude|confidential)$/.test(event.target.name)) drawMap();
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-good-length], [data-sentences]").forEach(watchLength);
  });
})();
