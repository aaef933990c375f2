/** The sign-in page: says why the last attempt was refused. The form itself works without this script. */

const field = document.getElementById("token");
field.focus();
if (new URLSearchParams(location.search).has("failed")) {
  document.getElementById("problem").textContent = "This token is not known here. Check it and try again.";
  field.setAttribute("aria-invalid", "true");
}
