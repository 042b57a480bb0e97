"use strict";

// The article form works without this script: buttons send the whole form and the page comes back. With it, sections
// move and works are cited on the spot, rows are added, and rows stay open after a save. Nothing is sent or kept but
// which rows were open.

const form = document.getElementById("edition_form");
const outline = document.querySelector("[data-outline]");
const said = document.querySelector("[data-moved]");
const WORKS = document.querySelector(".side").dataset.works;  // empty for whoever only reads
const OPEN = `open rows of ${location.pathname}`;

// The outline

const field = (prefix, name) => document.getElementById(`id_${prefix}-${name}`);

function number() {
  const entries = [...outline.querySelectorAll("[data-entry]")];
  entries.forEach((entry, index) => { field(entry.dataset.entry, "position").value = index + 1; });
  return entries;
}

function move(button) {
  const [step, prefix] = button.value.split(" ");
  const entry = button.closest("[data-entry]");
  const other = step === "up" ? entry.previousElementSibling : entry.nextElementSibling;
  const name = entry.querySelector("a").textContent;
  if (other) {
    const row = document.getElementById(prefix);
    const near = document.getElementById(other.dataset.entry);
    if (step === "up") { other.before(entry); near.before(row); } else { other.after(entry); near.after(row); }
    button.focus();
  }
  const entries = number();
  said.textContent = `“${name}” is ${entries.indexOf(entry) + 1} of ${entries.length}${other ? ", not saved yet" : ""}.`;
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

// Rows

function add(prefix) {
  const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
  const holder = document.querySelector(`template[data-new="${prefix}"]`);
  const copy = document.importNode(holder.content, true);
  const named = ["id", "name", "for", "value", "data-cite", "aria-describedby", "aria-labelledby"];
  for (const element of copy.querySelectorAll("*")) {
    for (const attribute of named) {
      const value = element.getAttribute(attribute);
      if (value && value.includes("__prefix__")) element.setAttribute(attribute, value.replace("__prefix__", total.value));
    }
  }
  const row = copy.querySelector("details");
  holder.before(copy);
  total.value = Number(total.value) + 1;
  row.querySelectorAll("textarea").forEach(equip);
  return row;
}

// The toolbar of a text

const MARKED = /-(body|emergency|urgent|soon|disclaimer)$/;
const TOOLS = {
  "Sub-heading": (chosen) => ["line", "### ", chosen],
  "Bullet": (chosen) => ["line", "- ", chosen],
  "Bold": (chosen) => ["around", `**${chosen || "words"}**`],
  "Link": (chosen) => ["around", `[${chosen || "words"}](https://)`],
};

function type(area, text) {
  area.focus();
  // The only way to change a text that the browser's own undo takes back.
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
}

function apply(area, tool) {
  const [kind, mark] = tool(area.value.slice(area.selectionStart, area.selectionEnd));
  if (kind === "around") { type(area, mark); return; }
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const end = area.selectionEnd;
  area.setSelectionRange(start, end);
  const lines = area.value.slice(start, end).split("\n");
  type(area, lines.map((line) => mark + line).join("\n"));
}

function equip(area) {
  if (!MARKED.test(area.name)) return;
  area.setSelectionRange(area.value.length, area.value.length);  // whoever never put the cursor there writes at the end
  const bar = document.createElement("div");
  bar.className = "toolbar";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Formatting");
  for (const [label, tool] of Object.entries(TOOLS)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => apply(area, tool));
    bar.append(button);
  }
  const cite = area.closest("details").querySelector("[data-cite]");
  if (cite) bar.append(cite);
  area.before(bar);
}

// Works to cite

const picker = document.createElement("dialog");
picker.className = "picker";
picker.setAttribute("aria-label", "Cite a work");
let citing = null;
let where = "";
let asked = 0;

async function show(address, options) {
  const turn = ++asked;
  try {
    const answer = await fetch(address, options);
    const works = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("works");
    if (!works) throw new TypeError(answer.statusText);
    if (turn !== asked) return;
    where = answer.url;
    present(works);
  } catch {
    if (turn === asked) picker.querySelector("[data-answer]").textContent =
      "The library did not answer. What you typed in the text is still there: save it, then try again.";
  }
}

function present(works) {
  works.querySelector("[data-close]").parentElement.remove();
  const before = picker.querySelector("[name=q]");
  const typed = before && before === document.activeElement ? before.value : null;
  const body = picker.querySelector("[data-answer]");
  body.replaceChildren(...document.importNode(works, true).childNodes);
  const q = body.querySelector("[name=q]");
  if (typed !== null) q.value = typed;
  const problem = body.querySelector(".problems");
  (problem || q).focus();
}

function open(button) {
  const row = button.closest("details");
  citing = row && row.querySelector("textarea");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "quiet";
  close.textContent = "Close";
  close.addEventListener("click", () => picker.close());
  const body = document.createElement("div");
  body.dataset.answer = "";
  picker.replaceChildren(close, body);
  picker.showModal();
  show(`${WORKS}&insert=1`);
}

function keyOf({ work, key, line }) {
  const known = [...form.querySelectorAll("input[name^=citations-][name$=-reference]")].find((each) => each.value === work);
  if (known) {
    const removal = known.closest("details").querySelector("[name$=-DELETE]");
    if (removal) removal.checked = false;
    return field(known.name.replace(/-reference$/, ""), "key").value;
  }
  const taken = [...form.querySelectorAll("input[name^=citations-][name$=-key]")].map((each) => each.value);
  let free = key;
  for (let count = 2; taken.includes(free); count += 1) free = `${key}-${count}`;
  const row = add("citations");
  row.open = false;
  field(row.id, "key").value = free;
  field(row.id, "reference").value = work;
  row.querySelector("summary h3").textContent = `[@${free}] ${line}`;
  return free;
}

function cite(chosen) {
  picker.close();
  const token = `[@${keyOf(chosen)}]`;
  if (!citing) { said.textContent = `${token} is among the references, not saved yet.`; return; }
  const before = citing.value.slice(0, citing.selectionStart);
  type(citing, before && !/\s$/.test(before) ? ` ${token}` : token);
}

picker.addEventListener("submit", (event) => {
  event.preventDefault();
  const sent = event.target;
  if (sent.dataset.work) cite(sent.dataset);
  else if ("describe" in sent.dataset) show(where, { method: "POST", body: new FormData(sent) });
  else show(`${where.split("?")[0]}?${new URLSearchParams(new FormData(sent))}`);
});

let pause = 0;
picker.addEventListener("input", (event) => {
  if (event.target.name !== "q") return;
  clearTimeout(pause);
  pause = setTimeout(() => event.target.form.requestSubmit(), 250);
});

// What stays as it was

function remember() {
  const rows = [...document.querySelectorAll("details.row[open]")].map((row) => row.id);
  sessionStorage.setItem(OPEN, JSON.stringify({ rows, y: scrollY }));
}

function recall() {
  const { rows, y } = JSON.parse(sessionStorage.getItem(OPEN) || '{"rows": []}');
  sessionStorage.removeItem(OPEN);
  for (const id of rows) {
    const row = document.getElementById(id);
    if (row && row.matches("details.row")) row.open = true;
  }
  if (y && !document.querySelector("[autofocus]")) scrollTo(0, y);
}

function reveal() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  for (let row = target && target.closest("details"); row; row = row.parentElement.closest("details")) row.open = true;
}

addEventListener("hashchange", reveal);
recall();
reveal();
if (WORKS) {
  document.body.append(picker);
  form.querySelectorAll("textarea").forEach(equip);
  form.addEventListener("submit", remember);
  document.querySelectorAll("[data-add]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => { add(button.dataset.add).querySelector("input, select").focus(); });
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=_move], button[name=_cite]");
    if (!button) return;
    event.preventDefault();
    if (button.name === "_move") move(button); else open(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    document.querySelector(".side button[name=_save]").click();
  });
}
