/* Toasts leave by themselves after a while, unless someone reads them (pointer or focus on them). */

const SHOWN_MS = 6000;

export function watchToasts() {
  const place = document.getElementById("toasts");
  if (!place) return;
  for (const toast of place.children) leaveLater(toast);
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === 1) leaveLater(node);
  }).observe(place, { childList: true });
  place.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) event.target.closest(".toast").remove();
  });
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(name, sayFailed);
  }
}

function leaveLater(toast) {
  if (!toast.matches("[data-toast]") || toast.querySelector(".tone-bad")) return;
  let timer = setTimeout(() => toast.remove(), SHOWN_MS);
  const stay = () => clearTimeout(timer);
  const go = () => { timer = setTimeout(() => toast.remove(), SHOWN_MS); };
  toast.addEventListener("pointerenter", stay);
  toast.addEventListener("focusin", stay);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusout", go);
}

/* A refresh in the background may fail quietly: the stream brings the next one. What a person did may not. */
function sayFailed(event) {
  const quiet = event.detail.elt?.closest?.("[data-quiet]");
  const text = document.getElementById("toast-failed");
  const place = document.getElementById("toasts");
  if (quiet || !text || place.querySelector("[data-failed]")) return;
  const copy = text.content.firstElementChild.cloneNode(true);
  copy.dataset.failed = "";
  place.append(copy);
}
