// Writes our Markdown: what pasting.js has read from the clipboard as blocks of text.
"use strict";

// Blocks: { text } is a paragraph, { heading, text }, { level, ordered, number, text } an item, { table }.

function markdownOf(blocks) {
  const highest = Math.min(...blocks.map((block) => block.heading || 9));
  let numbers = [];
  return blocks.map((block, place) => {
    const isSame = place > 0 && continues(block, numbers);
    if (!isSame) numbers = [];
    const marks = block.heading ? (block.heading === highest ? "### " : "#### ") : "";
    const text = block.level === undefined ? marks + block.text : item(block, numbers);
    return (place === 0 ? "" : isSame ? "\n" : "\n\n") + text;
  }).join("");
}

// Whether an item belongs to the list above it.
function continues(block, numbers) {
  return numbers.length > 0 && block.level !== undefined && (block.level > 0 || block.ordered === (numbers[0] !== null));
}

// `numbers` holds what the items above are marked with: null for a bullet, else the number.
function item(block, numbers) {
  const level = Math.min(block.level, numbers.length);
  numbers.length = Math.min(numbers.length, level + 1);
  const last = numbers[level];
  numbers[level] = !block.ordered ? null : typeof last === "number" ? last + 1 : block.number || 1;
  const marks = numbers.map((number) => (number === null ? "- " : `${number}. `));
  return " ".repeat(marks.slice(0, level).join("").length) + marks[level] + block.text;
}

// Runs of text as one line: links outside, then bold, then italic.
function inline(runs) {
  return grouped(runs, "href", (href, inLink) =>
    linked(href, grouped(inLink, "bold", (bold, inBold) =>
      marked(bold && "**", grouped(inBold, "italic", (italic, words) => marked(italic && "*", escaped(words.map((run) => run.text).join("")))))))
  ).replace(/ +/g, " ").trim();
}

// Blanks belong to what is before them, so that marks do not end and begin around them.
function grouped(runs, name, render) {
  const groups = [];
  for (const run of runs) {
    const last = groups[groups.length - 1];
    if (last && (last.value === (run[name] || false) || (!run.text.trim() && !run.href))) last.runs.push(run);
    else groups.push({ value: run[name] || false, runs: [run] });
  }
  const texts = groups.map((group) => ({ ...group, text: render(group.value, group.runs) }));
  return texts.map(({ text }, place) => {
    const before = place ? texts[place - 1].text.slice(-1) : "";
    const after = place + 1 < texts.length ? texts[place + 1].text[0] || "" : "";
    return name !== "href" && text.startsWith("*") && !isRead(text, before, after) ? text.replace(/^\*+|\*+$/g, "") : text;
  }).join("");
}

// Whether stars beside a word and a sign would be read as marks.
function isRead(text, before, after) {
  const inner = text.replace(/^\*+|\*+$/g, "");
  const isWord = (sign) => /[\p{L}\p{N}]/u.test(sign);
  return !(isWord(before) && !isWord(inner[0])) && !(isWord(after) && !isWord(inner[inner.length - 1])) && before !== "*";
}

function marked(mark, text) {
  if (!mark || !text.trim()) return text;
  const [, before, inner, after] = /^(\s*)(.*?)(\s*)$/s.exec(text);
  return before + mark + inner + mark + after;
}

function linked(href, text) {
  if (!href || !text.trim()) return text;
  const address = href.replace(/[\s()<>\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const [, before, inner, after] = /^(\s*)(.*?)(\s*)$/s.exec(text);
  return `${before}[${inner.replace(/\[|\]/g, "\\$&")}](${address})${after}`;
}

// A backslash before what would be read as a mark; a citation such as [@key] stays one.
function escaped(text) {
  return text.replace(/[\\*]/g, "\\$&").replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_").replace(/\]\(/g, "]\\(");
}

function atLineStart(text) {
  return text.replace(/^([#+-]+)(?=\s|$)/, "\\$1").replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2").replace(/^\|/, "\\|");
}
