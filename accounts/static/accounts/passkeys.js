// Passkeys: asks the device and puts its answer into the form. The only page parts that need
// JavaScript; without it the form stays hidden and a sentence says so.
"use strict";

async function optionsOf(form) {
  const asked = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } };
  const answer = await fetch(form.action, asked);
  if (!answer.ok) throw new Error("no options");
  return answer.json();
}

async function askDevice(event) {
  event.preventDefault();
  const form = event.target;
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const credential = await window.webauthnJSON[form.dataset.passkey](await optionsOf(form));
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = false;
  form.addEventListener("submit", askDevice);
}
