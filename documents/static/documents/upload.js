// Shows how much of an upload has been sent. Without script the form is sent as any other.
(() => {
  "use strict";
  const ours = (element) => element?.matches?.("form[data-upload]");
  const isForm = (xhr) => xhr.status === 422 && xhr.responseText.includes('id="upload"');

  document.addEventListener("htmx:xhr:progress", (event) => {
    if (!ours(event.target) || !event.detail.lengthComputable) return;
    event.target.querySelector("[data-progress]").hidden = false;
    event.target.querySelector("progress").value = (100 * event.detail.loaded) / event.detail.total;
  });
  // A form that was refused comes back with its sentences.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (ours(event.detail.requestConfig.elt) && isForm(event.detail.xhr)) event.detail.shouldSwap = true;
  });
  document.addEventListener("htmx:afterSettle", () => document.getElementById("errors")?.focus());
  // Any other refusal is a page of its own: sent once more as any form, the browser shows it.
  document.addEventListener("htmx:responseError", (event) => {
    const form = event.detail.requestConfig.elt;
    if (ours(form) && !isForm(event.detail.xhr)) form.submit();
  });
})();
