/* Names while you type, in the search box of a page that asks for them. Without this the box works as well. */
const box = document.querySelector("[data-suggest]");

function offer(list, names) {
  list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
}

function start() {
  const list = Object.assign(document.createElement("datalist"), { id: "page-suggestions" });
  box.after(list);
  box.setAttribute("list", list.id);
  let waiting;
  let asked = "";
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      asked = box.value.trim();
      if (asked.length < 2) return offer(list, []);
      const mine = asked;
      try {
        const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(mine)}`, { credentials: "omit" });
        if (answer.ok && mine === asked) offer(list, (await answer.json()).map((each) => each.name));
      } catch { /* no suggestions: the search itself still works */ }
    }, 200);
  });
}

if (box) start();
