// The form of one good: a kind fills in the rest, and the unit price follows what is typed.
const form = document.getElementById("good");
const field = (name) => form.elements[name];
const boxes = (name) => [...form.querySelectorAll(`input[name="${name}"]`)];

const PACKAGES = { kg: [1000, "g"], "100g": [100, "g"], l: [1000, "ml"], "10pieces": [10, "piece"] };
const TIMES = { kg: ["g", 1000], g: ["g", 1], l: ["ml", 1000], ml: ["ml", 1] };
const BY_VESSEL = ["piece", "10pieces", "bunch", "pot", "box", "jar", "other"];

function numberOf(text) {
  const plain = text.replace(/[\s€]|EUR/g, "").replace(",", ".");
  return /^\d{1,9}(\.\d{1,4})?$/.test(plain) ? Number(plain) : null;
}

function amountOf(text) {
  const match = /^\s*(\d[\d\s]*(?:[.,]\d+)?)\s*(kg|g|ml|l)\.?\s*$/i.exec(text);
  if (!match) return null;
  const [unit, times] = TIMES[match[2].toLowerCase()];
  return [Number(match[1].replace(/\s/g, "").replace(",", ".")) * times, unit];
}

function sayUnitPrice() {
  const euros = numberOf(field("price").value);
  const per = field("per").value;
  const sold = per === "other" ? amountOf(field("amount").value) : PACKAGES[per];
  const net = BY_VESSEL.includes(per) ? amountOf(field("net").value) : null;
  const told = document.getElementById("unit-price");
  const content = net ? [net[0] * (per === "10pieces" ? 10 : 1), net[1]] : sold;
  if (euros === null || !content || content[1] === "piece" || (!net && content[0] === 1000)) {
    told.textContent = "";
    return;
  }
  const cents = Math.floor((2 * Math.round(euros * 100) * 1000 + content[0]) / (2 * content[0]));
  const money = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: "EUR" });
  told.textContent = `= ${money.format(cents / 100)}/${content[1] === "g" ? "kg" : "l"}`;
}

function showWhatFits() {
  const per = field("per").value;
  form.querySelector("[data-amount]").hidden = per !== "other" && !form.querySelector("#amount-error");
  form.querySelector("[data-net]").hidden =
    !BY_VESSEL.includes(per) && !field("net").value && !form.querySelector("#net-error");
  sayUnitPrice();
}

let filled = { name: "", months: "" };
const ticked = () => boxes("months").filter((box) => box.checked).map((box) => box.value).join(" ");

function fillFromKind() {
  const chosen = field("kind").selectedOptions[0];
  if (!chosen.value) return;
  field("category").value = chosen.dataset.category;
  const name = field("name.lv");
  if (name.value.trim() === "" || name.value === filled.name) name.value = chosen.dataset.name;
  if (ticked() === "" || ticked() === filled.months) {
    const months = chosen.dataset.months.split(" ");
    for (const box of boxes("months")) box.checked = months.includes(box.value);
  }
  filled = { name: chosen.dataset.name, months: chosen.dataset.months };
}

function tickMonths(event) {
  const all = boxes("months").find((box) => box.value === "all");
  if (event.target === all) for (const box of boxes("months")) box.checked = all.checked;
  else if (!event.target.checked) all.checked = false;
}

function showAllergens() {
  const some = field("said").value === "some";
  form.querySelector(".fourteen").hidden = !some;
  for (const box of boxes("allergens")) box.disabled = !some;
}

// Where an answer was refused because two were given, both stay to be seen until one is chosen.
if (!form.querySelector("#said-error")) showAllergens();
form.addEventListener("change", (event) => {
  if (event.target.name === "kind") fillFromKind();
  if (event.target.name === "months") tickMonths(event);
  if (event.target.name === "said") showAllergens();
  showWhatFits();
});
form.addEventListener("input", sayUnitPrice);
showWhatFits();
