// A tap on the plan is the press of the button in the list: wish a place, or take it back.
for (const plan of document.querySelectorAll("[data-wishes]")) {
  const press = (event) => {
    const stall = event.target.closest("[data-stall]");
    if (!stall) return;
    const number = stall.dataset.stall;
    const button = document.querySelector(`button[name="away"][value="${number}"]`)
      || document.querySelector(`button[data-wish="${number}"]`);
    if (button) button.click();
  };
  plan.addEventListener("click", press);
  plan.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press(event);
  });
}
