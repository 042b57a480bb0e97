// Asks before a page is left on which somebody typed. Without it nothing is asked.
"use strict";

const typedIn = new Set();

function hasText(form) {
  return form.method === "post" && form.querySelector("textarea, input[type=text]");
}

// A page that came back has text in it that is not saved.
if (document.querySelector(".problems, .differences")) {
  typedIn.add(document.querySelector("#content-main > form:not(.deed)"));
}
document.addEventListener("input", ({ target }) => {
  if (target.form && hasText(target.form)) typedIn.add(target.form);
});
document.addEventListener("submit", ({ target }) => { typedIn.delete(target); });
window.addEventListener("beforeunload", (event) => {
  if (typedIn.size) event.preventDefault();
});
