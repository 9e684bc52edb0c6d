// Folds, on a narrow screen, what is marked for it. Without script it stands open.
(() => {
  "use strict";
  const narrow = matchMedia("(max-width: 48rem)");
  const fold = (root) => {
    for (const one of root.querySelectorAll("details[data-fold]")) one.open = !narrow.matches;
  };
  fold(document);
  narrow.addEventListener("change", () => fold(document));
  document.addEventListener("htmx:load", (event) => narrow.matches && fold(event.target));
})();
