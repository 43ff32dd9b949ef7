// Names for screen readers that Select2 does not give to its fields.
function nameFields() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = select.getAttribute("aria-label") || select.labels[0]?.textContent.trim();
    const box = select.nextElementSibling;
    if (label && box?.classList.contains("select2")) {
      for (const part of box.querySelectorAll(".select2-selection__rendered")) {
        part.setAttribute("aria-label", `${label} ${select.selectedOptions[0]?.text ?? ""}`.trim());
      }
    }
  }
}
// Select2 comes and redraws whenever it likes.
new MutationObserver(nameFields).observe(document.body, { childList: true, subtree: true });
nameFields();

// Parts that are folded on a phone stand open where there is room.
if (matchMedia("(min-width: 48.01rem)").matches) {
  for (const part of document.querySelectorAll(".inline-group details")) part.open = true;
}

// Whoever leaves a form with something typed in it is asked first.
const edited = document.querySelector("body.change-form #content-main > form");
let unsaved = false;
const warn = (event) => event.preventDefault();
function mark(typed) {
  if (typed !== unsaved) {
    unsaved = typed;
    window[typed ? "addEventListener" : "removeEventListener"]("beforeunload", warn);
  }
}
edited?.addEventListener("input", () => mark(true));
edited?.addEventListener("change", () => mark(true));
window.django?.jQuery?.(edited).on("change", () => mark(true)); // all that Select2 tells of
edited?.addEventListener("submit", () => mark(false));
if (edited?.querySelector(".errornote")) mark(true); // what was typed has come back unsaved

// A second click sends nothing twice. The list's own form stays: one of its actions is a download.
document.addEventListener("submit", ({ target }) => {
  if (target.method === "post" && target.id !== "changelist-form") {
    // After the browser has read the form, with the button that was pressed.
    setTimeout(() => sendable(target, false));
  }
});
// Whoever comes back to a page that the browser has kept may send it again.
window.addEventListener("pageshow", () => [...document.forms].forEach((form) => sendable(form, true)));
function sendable(form, may) {
  for (const button of form.querySelectorAll("button, input[type=submit]")) {
    if (may ? "sent" in button.dataset : !button.disabled) {
      button.disabled = !may;
      button.toggleAttribute("data-sent", !may);
    }
  }
}
