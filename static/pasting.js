// Turns what is pasted from Word, Google Docs, mail or the web into our Markdown. Without it the plain text is pasted.
"use strict";

const FIELDS = ["body", "emergency", "urgent", "soon", "disclaimer"].map((name) => `textarea[name$="-${name}"]`).join();
const BLOCKS = new Set("ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM HEADER HR LI MAIN NAV P PRE SECTION TABLE TBODY TD TFOOT TH THEAD TR".split(" "));
const DROPPED = new Set("HEAD STYLE SCRIPT TITLE META LINK TEMPLATE NOSCRIPT OBJECT SVG MATH SELECT BUTTON IMG INPUT DEL S STRIKE XML".split(" "));
const ADDRESS = /^(?:https?:\/\/|mailto:|tel:)\S/i;
const BULLET = /^\s*([•·●▪■◦○‣⁃§\uF0B7\uF0A7*–—-]|o(?=[ \t\u00A0]))[ \t\u00A0]+(?=\S)/;
const NUMBER = /^\s*\(?(\d{1,2})[.)][ \t\u00A0]+(?=\S)/;
const RAISED = { SUP: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", SUB: "₀₁₂₃₄₅₆₇₈₉₊₋" };

function blocksOf(html) {
  return new Reader().read(new DOMParser().parseFromString(withoutStyles(html), "text/html").body);
}

// The content security policy would complain about each style, though nothing is shown: they become plain data.
function withoutStyles(html) {
  const tags = html.replace(/<style\b[\s\S]*?<\/style>/gi, "");
  return tags.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle(?=\s*=)/gi, " data-style"));
}

class Reader {
  constructor() {
    this.blocks = [];
    this.runs = [];
    this.item = null; // what the runs being gathered are the text of
    this.symbols = []; // typed bullets, the outermost first
  }

  read(node) {
    this.children(node, {});
    this.flush();
    return this.blocks;
  }

  children(node, style) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.text(child, style);
      else if (child.nodeType === Node.ELEMENT_NODE) this.element(child, style);
    }
  }

  text(node, style) {
    const lines = style.isPre ? node.data.split("\n") : [node.data];
    lines.forEach((line, place) => {
      if (place) this.flush();
      this.runs.push({ ...style, text: line.replace(/[\s\u00A0]+/g, " ") });
    });
  }

  element(node, style) {
    const css = (node.getAttribute("data-style") || "").toLowerCase();
    if (DROPPED.has(node.tagName.toUpperCase()) || /display:\s*none|mso-hide:\s*all|mso-list:\s*ignore/.test(css)) return;
    if (node.tagName === "BR") return this.flush();
    if (node.tagName === "UL" || node.tagName === "OL") return this.list(node, style);
    if (/^H[1-6]$/.test(node.tagName) || node.className === "MsoTitle") return this.heading(node);
    if (node.tagName === "TABLE" && rowsOf(node).some((row) => row.cells.length > 1) && !node.querySelector("table")) return this.table(node);
    if (RAISED[node.tagName] && /^[\d+−-]+$/.test(node.textContent.trim())) return this.raised(node, style);
    const inner = { ...style, ...styleOf(node, css, style) };
    if (!BLOCKS.has(node.tagName)) return this.children(node, inner);
    this.flush();
    this.item = wordItem(node, css) || this.item;
    this.children(node, inner);
    this.flush();
  }

  raised(node, style) {
    const signs = RAISED[node.tagName];
    const text = [...node.textContent.trim()].map((sign) => signs["0123456789+-".indexOf(sign === "−" ? "-" : sign)]);
    this.runs.push({ ...style, text: text.join("") });
  }

  heading(node) {
    this.flush();
    const level = Number(node.tagName[1]) || 1;
    const text = inline(new Reader().gather(node).map((run) => ({ text: run.text })));
    if (text) this.blocks.push({ heading: level, text });
  }

  gather(node) {
    this.flush = () => this.runs.push({ text: " " });
    this.children(node, {});
    return this.runs;
  }

  list(node, style, level = style.level === undefined ? 0 : style.level + 1) {
    this.flush();
    for (const child of node.children) {
      if (child.tagName === "UL" || child.tagName === "OL") this.list(child, style, level + 1);
      else if (child.tagName === "LI") {
        this.item = { level, ordered: node.tagName === "OL", number: Number(node.getAttribute("start")) || 1 };
        this.children(child, { ...style, level });
        this.flush();
        this.item = null;
      } else this.element(child, style);
    }
  }

  table(node) {
    this.flush();
    const caption = node.querySelector("caption");
    if (caption) this.blocks.push({ text: inline(new Reader().gather(caption)) });
    const grid = gridOf(rowsOf(node));
    const width = Math.max(...grid.map((row) => row.length));
    const lines = grid.map((row) => `| ${Array.from({ length: width }, (_, place) => row[place] || "").join(" | ")} |`);
    lines.splice(1, 0, `|${" --- |".repeat(width)}`);
    this.blocks.push({ text: lines.join("\n") });
  }

  // The end of a line: a paragraph, an item, or more of the item before it.
  flush() {
    const runs = this.runs;
    this.runs = [];
    const words = runs.map((run) => run.text).join("");
    if (!words.trim()) return;
    const marked = this.item ? null : typed(runs, words, this.symbols);
    if (!marked) this.symbols = this.item ? this.symbols : [];
    const text = inline(marked ? marked.runs : runs);
    if (!text) return;
    const last = this.blocks[this.blocks.length - 1];
    if (this.item && this.item.isDone && last) last.text += ` ${text}`;
    else if (this.item || marked) this.blocks.push({ ...(this.item || marked.item), text });
    else this.blocks.push({ text: atLineStart(text) });
    if (this.item) this.item = this.item.isWord ? null : { ...this.item, isDone: true };
  }
}

function styleOf(node, css, style) {
  const weight = /(?:^|[;\s])font-weight:\s*(\w+)/.exec(css);
  const slant = /(?:^|[;\s])font-style:\s*(\w+)/.exec(css);
  const href = (node.getAttribute("href") || "").trim();
  return {
    bold: weight ? weight[1] === "bold" || Number(weight[1]) >= 600 : style.bold || /^(B|STRONG)$/.test(node.tagName),
    italic: slant ? slant[1] !== "normal" : style.italic || /^(I|EM)$/.test(node.tagName),
    href: node.tagName === "A" && ADDRESS.test(href) ? href : style.href,
    isPre: style.isPre || node.tagName === "PRE" || /white-space:\s*pre/.test(css),
  };
}

// Word writes an item as a paragraph: its level is in the style, its mark in a span that is to be ignored.
function wordItem(node, css) {
  const level = /mso-list:\s*\S+\s+level(\d)/.exec(css);
  if (!level) return null;
  const mark = [...node.querySelectorAll("[data-style]")].find((span) => /mso-list:\s*ignore/i.test(span.getAttribute("data-style")));
  const sign = mark ? mark.textContent.replace(/[\s\u00A0]+/g, "") : "";
  return { level: Number(level[1]) - 1, ordered: /^\(?[\da-z]+[.)]$/i.test(sign), number: parseInt(sign, 10) || 1, isWord: true };
}

// An item whose mark was typed as text; another sign than before is one level further in.
function typed(runs, words, symbols) {
  const mark = BULLET.exec(words) || NUMBER.exec(words);
  if (!mark) return null;
  const sign = Number(mark[1]) ? "1" : mark[1];
  if (!symbols.includes(sign)) symbols.push(sign);
  symbols.length = symbols.indexOf(sign) + 1;
  let rest = mark[0].length;
  const left = runs.map((run) => {
    const cut = Math.min(rest, run.text.length);
    rest -= cut;
    return { ...run, text: run.text.slice(cut) };
  });
  return { runs: left, item: { level: symbols.length - 1, ordered: sign === "1", number: Number(mark[1]) || 1 } };
}

const rowsOf = (table) => [...table.querySelectorAll("tr")];

// The cells of each row as text; one that spans rows or columns is said again in each row, once in the columns.
function gridOf(rows) {
  const grid = rows.map(() => []);
  rows.forEach((row, y) => {
    for (const cell of row.cells) {
      const runs = new Reader().gather(cell).map((run) => (y === 0 ? { ...run, bold: false } : run));
      const text = inline(runs).replace(/\|/g, "\\|");
      let x = 0;
      while (grid[y][x] !== undefined) x += 1;
      for (let down = 0; down < cell.rowSpan && y + down < rows.length; down += 1)
        for (let across = 0; across < cell.colSpan; across += 1) grid[y + down][x + across] = across ? "" : text;
    }
  });
  return grid.filter((row) => row.some((text) => text));
}

// Plain text is Markdown already, but for bullets that are no marks of ours.
function fromPlain(text) {
  const symbols = [];
  return text.replace(/\r\n?/g, "\n").replace(/\u00A0/g, " ").split("\n").map((line) => {
    const mark = /^[-*]/.test(line.trim()) ? null : BULLET.exec(line);
    if (!mark) return line;
    if (!symbols.includes(mark[1])) symbols.push(mark[1]);
    symbols.length = symbols.indexOf(mark[1]) + 1;
    return `${"  ".repeat(symbols.length - 1)}- ${line.slice(mark[0].length)}`;
  }).join("\n");
}

function insert(field, text) {
  const isOne = !text.includes("\n");
  const { selectionStart, selectionEnd } = field;
  const before = field.value.slice(0, selectionStart), after = field.value.slice(selectionEnd);
  const start = isOne || !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const end = isOne || !after || after.startsWith("\n") ? "" : "\n\n";
  // The one way that undo knows of; what was typed before is a step of its own, as the selection moves.
  field.setSelectionRange(0, 0);
  field.setSelectionRange(selectionStart, selectionEnd);
  const isDone = document.execCommand("insertText", false, start + text + end);
  if (!isDone) field.setRangeText(start + text + end, selectionStart, selectionEnd, "end");
}

let isPlain = false;
document.addEventListener("keydown", (event) => { isPlain = event.shiftKey; });
document.addEventListener("paste", (event) => {
  if (isPlain || !(event.target instanceof Element) || !event.target.matches(FIELDS) || event.target.readOnly) return;
  const html = event.clipboardData.getData("text/html"), plain = event.clipboardData.getData("text/plain");
  const text = html ? markdownOf(blocksOf(html)) : fromPlain(plain);
  if (!text || text === plain) return;
  event.preventDefault();
  insert(event.target, text);
});
