/* A button with data-copy puts the text of the element it names on the clipboard and says so. */

const SAID_MS = 2000;

export function watchCopies() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    const source = button && document.getElementById(button.dataset.copy);
    if (!source) return;
    const label = button.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    } catch {
      getSelection().selectAllChildren(source);
      return;
    }
    if (!label || label.dataset.before) return;
    label.dataset.before = label.textContent;
    label.textContent = label.dataset.copied;
    setTimeout(() => {
      label.textContent = label.dataset.before;
      delete label.dataset.before;
    }, SAID_MS);
  });
}
