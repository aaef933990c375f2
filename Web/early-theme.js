/* Runs before the first paint, so that a remembered theme never flashes. Not a module: modules run too late. */
try {
  const choice = localStorage.getItem("aurora.theme");
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
} catch {
  /* Storage may be forbidden; then the system's theme applies. */
}
