"use strict";

// A button with data-passkey="field" asks the browser for a passkey and sends its answer in that field of the
// form it stands in. data-options holds what to ask, or data-ask the address where that is asked for.
// Until this script runs the button is hidden and a sentence beside it says what to do without it.

const NO_ANSWER = "No passkey answered, and nothing was sent. Try again, or go on without one.";
const NOT_HERE = "Passkeys do not work at this address, only at the site's name with https.";
const NOT_ASKED = "The site did not answer, and nothing was sent. Try again, or sign in again in another window.";

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (credentials = []) => credentials.map((each) => ({ ...each, id: bytes(each.id) }));

async function optionsOf(button) {
  if (button.dataset.options) return JSON.parse(button.dataset.options).publicKey;
  const token = button.form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(button.dataset.ask, { method: "POST", headers: { "X-CSRFToken": token } });
  if (!answer.ok || answer.redirected) throw new TypeError(answer.statusText);
  return (await answer.json()).publicKey;
}

function asked(options) {
  const challenge = bytes(options.challenge);
  if (!options.user) return navigator.credentials.get({
    publicKey: { ...options, challenge, allowCredentials: named(options.allowCredentials) },
  });
  const user = { ...options.user, id: bytes(options.user.id) };
  return navigator.credentials.create({
    publicKey: { ...options, challenge, user, excludeCredentials: named(options.excludeCredentials) },
  });
}

function inWords(credential) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = parts.filter((part) => credential.response[part]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(given.map((part) => [part, text(credential.response[part])])),
    clientExtensionResults: {},
  });
}

async function send(button, problem) {
  if (button.ariaBusy) return;
  button.ariaBusy = "true";
  problem.hidden = true;
  try {
    const options = await optionsOf(button).catch(() => { throw new Error(NOT_ASKED); });
    const credential = await asked(options).catch((problem) => {
      throw new Error(problem.name === "SecurityError" ? NOT_HERE : NO_ANSWER);
    });
    const form = button.form;
    const put = (event) => event.formData.set(button.dataset.passkey, inWords(credential));
    form.addEventListener("formdata", put, { once: true });
    form.requestSubmit(form.querySelector("#page-submit"));
  } catch (error) {
    problem.textContent = error.message;
    problem.hidden = false;
  }
  button.ariaBusy = null;
}

for (const button of document.querySelectorAll("[data-passkey][hidden]")) {
  if (!window.PublicKeyCredential) continue;
  const beside = button.closest(".passkey");
  beside.querySelector(".without").hidden = true;
  button.hidden = false;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    send(button, beside.querySelector(".invalid-feedback"));
  });
}
