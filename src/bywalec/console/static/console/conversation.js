/* The open conversation: stays at its newest message, sends with Ctrl+Enter, keeps a draft until it is sent. */

const NEAR_PX = 120;
const drafts = new Map();

export function watchConversation() {
  toNewest();
  watchSwaps();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest(".composer");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  });
  document.body.addEventListener("message-sent", () => {
    const reply = document.querySelector('.composer [value="reply"]');
    writing().value = "";
    if (reply && !reply.disabled) reply.checked = true;
    toNewest();
  });
  addEventListener("beforeunload", (event) => {
    if (writing()?.value) event.preventDefault();
  });
}

function watchSwaps() {
  let wasNear = true;
  let kept = 0;
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    wasNear = isNear();
    kept = document.getElementById("queue-body")?.scrollTop ?? 0;
    if (event.detail.target.id === "inbox") keepDraft();
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "inbox") opened(kept);
    else if (event.detail.target.id === "talk-log" && wasNear) toNewest();
  });
}

/* On a phone the queue has gone with the swap: the reader continues at the head of what took its place. */
function opened(kept) {
  const text = writing();
  if (text) text.value = drafts.get(text.form.action) ?? "";
  toNewest();
  const queue = document.getElementById("queue-body");
  if (!queue) return;
  if (queue.offsetParent === null) document.getElementById("talk-name")?.focus();
  else queue.scrollTop = kept;
}

function keepDraft() {
  const text = writing();
  if (text) drafts.set(text.form.action, text.value);
}

function writing() {
  return document.querySelector(".composer-text");
}

function frame() {
  return document.getElementById("talk-body");
}

function isNear() {
  const body = frame();
  return !body || body.scrollHeight - body.scrollTop - body.clientHeight < NEAR_PX;
}

function toNewest() {
  const body = frame();
  if (body) body.scrollTop = body.scrollHeight;
}
