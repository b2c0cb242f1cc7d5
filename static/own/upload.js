// Says at once that a file is too large, and that sending has begun.
for (const form of document.querySelectorAll("form[data-largest]")) {
  const said = document.createElement("p");
  said.className = "error";
  said.setAttribute("role", "alert");
  said.hidden = true;
  form.prepend(said);
  const button = form.querySelector("button");
  const words = button.textContent;

  const tooLarge = () =>
    [...form.querySelectorAll("input[type=file]")].some((field) =>
      [...field.files].some((file) => file.size > Number(form.dataset.largest)));

  form.addEventListener("change", () => {
    said.hidden = !tooLarge();
    said.textContent = said.hidden ? "" : form.dataset.tooLarge;
  });
  form.addEventListener("submit", (event) => {
    if (tooLarge()) {
      event.preventDefault();
      said.scrollIntoView({ block: "center" });
      return;
    }
    button.disabled = true;
    button.textContent = form.dataset.working;
  });
  window.addEventListener("pageshow", () => {
    button.disabled = false;
    button.textContent = words;
  });
}
