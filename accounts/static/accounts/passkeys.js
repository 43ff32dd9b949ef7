// Passkeys: allauth's scripts speak with the browser; here stand the names of our fields, and what is shown
// where the browser knows no passkeys or the reader changes their mind.
const form = document.getElementById("passkey-form");
if (form && window.PublicKeyCredential) {
  const ids = { credential: "id_credential", data: "js_data" };
  for (const step of ["login", "authenticate", "signup"]) {
    ids[step] = "passkey";
  }
  window.allauth.webauthn.forms[form.dataset.passkey]({ ids });
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    // Somebody pressed Enter; allauth's own sending does not come by here.
    event.preventDefault();
    document.getElementById("passkey").click();
  });
  document.getElementById("no-passkeys")?.remove();
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.getElementById("passkey-failed").hidden = false;
  });
}
