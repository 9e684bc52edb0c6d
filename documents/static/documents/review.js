// Adds the points up while they are typed. Without script the total is that of the last draft.
(() => {
  "use strict";
  const total = document.querySelector("[data-total]");
  const points = [...document.querySelectorAll("input[data-points]")];
  const whole = (field) => (field.checkValidity() ? Number(field.value) : 0);
  const add = () => { total.textContent = points.reduce((sum, field) => sum + whole(field), 0); };
  if (total) document.addEventListener("input", add);
})();
