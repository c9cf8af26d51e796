/* The open conversation: stays at its newest message, sends with Ctrl+Enter, keeps a draft until it is sent. */

const NEAR_PX = 120;

export function watchConversation() {
  toNewest();
  let wasNear = true;
  let kept = 0;
  document.body.addEventListener("htmx:beforeSwap", () => {
    wasNear = isNear();
    kept = document.getElementById("queue-body")?.scrollTop ?? 0;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "inbox") opened(kept);
    else if (event.detail.target.id === "talk-log" && wasNear) toNewest();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest(".composer");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  });
  document.body.addEventListener("message-sent", () => {
    const text = document.querySelector(".composer-text");
    const reply = document.querySelector('.composer [value="reply"]');
    if (text) text.value = "";
    if (reply) reply.checked = true;
    toNewest();
  });
}

/* On a phone the queue has gone with the swap: the reader continues at the head of what took its place. */
function opened(kept) {
  toNewest();
  const queue = document.getElementById("queue-body");
  if (!queue) return;
  if (queue.offsetParent === null) document.getElementById("talk-name")?.focus();
  else queue.scrollTop = kept;
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
