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
