/* Keys for lists and conversations: j and k walk, Enter opens (a link does that itself), r replies, n notes, / searches, Esc goes back. */

export function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      if (document.querySelector("dialog[open], :popover-open")) return;
      if (leaveField(event.target) || goBack()) event.preventDefault();
      return;
    }
    if (isTyping(event.target)) return;
    const act = ACTIONS[event.key];
    if (act && act()) event.preventDefault();
  });
}

const ACTIONS = {
  j: () => walk(1),
  k: () => walk(-1),
  r: () => compose("reply"),
  n: () => compose("note"),
  "/": () => focusOn("[data-search]"),
};

function isTyping(element) {
  return element.isContentEditable || element.matches("input:not([type=radio], [type=checkbox]), textarea, select");
}

function leaveField(element) {
  if (!isTyping(element)) return false;
  element.blur();
  return true;
}

function goBack() {
  const way = document.querySelector("[data-back]");
  const draft = document.querySelector(".composer-text");
  if (!way || draft?.value) return false;
  way.click();
  return true;
}

function walk(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  if (rows.length === 0) return false;
  let at = rows.indexOf(document.activeElement);
  if (at < 0) at = rows.findIndex((row) => row.hasAttribute("aria-current"));
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[next].focus();
  rows[next].scrollIntoView({ block: "nearest" });
  return true;
}

function compose(kind) {
  const choice = document.querySelector(`.composer [value="${kind}"]`);
  if (!choice) return false;
  choice.checked = true;
  return focusOn(".composer-text");
}

function focusOn(selector) {
  const element = document.querySelector(selector);
  if (!element) return false;
  element.focus();
  return true;
}
