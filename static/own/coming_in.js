// The key behind the "#" of an address goes into its field and out of the address bar. It is
// never sent by itself: a button is pressed for that.

const NUMBER = /^[2-9A-HJKMNP-Z]{24}$/i;
const CODE = /^k=([2-9A-HJKMNP-Z]{12})$/i;

function show(section, found) {
  for (const other of document.querySelectorAll(".way")) other.hidden = other !== section;
  document.querySelector(".others")?.removeAttribute("hidden");
  section.querySelector(".seen").hidden = false;
  section.querySelector(".scan")?.setAttribute("hidden", "");
  section.classList.add("read");
  const field = section.querySelector(".field textarea, .field input");
  field.value = found.toUpperCase().match(/.{4}/g).join(" ");
  return field;
}

function readKey() {
  const behind = decodeURIComponent(location.hash.slice(1));
  const plain = behind.replace(/[\s-]/g, "");
  const code = CODE.exec(plain);
  if (!code && !NUMBER.test(plain)) return;
  history.replaceState(null, "", location.pathname + location.search);
  if (code) {
    show(document.getElementById("way-code"), code[1]);
    document.querySelector("#way-code h2").hidden = true;
    document.querySelector("#way-code button").focus();
    return;
  }
  const field = show(document.getElementById("way-card"), plain);
  field.closest(".field").hidden = true;
  document.getElementById("pin").focus();
}

function safely(action) {
  try {
    action();
  } catch {
    // An address with a broken "%" holds no key; the fields are there to type into.
  }
}

safely(readKey);
addEventListener("hashchange", () => safely(readKey));
