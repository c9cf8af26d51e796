/* Server-sent events over fetch, so that the conversation's token travels in a header and never in an address.
   The format is that of the HTML standard; the reader gives each event on and remembers its id. */

const SILENCE_MAX_MS = 45_000;
const RECORD_MAX = 1_000_000;

/**
 * Read one stream until it ends.
 * @param {string} url address of the stream
 * @param {{headers: Object, signal: AbortSignal, onOpen: () => void, onEvent: (event: {id, kind, data}) => void}} options
 * @returns {Promise<{status: number, retryAfter: number|null}>} the HTTP status; 200 when it was opened and ended
 * @throws {TypeError|DOMException} when the network failed or the stream fell silent
 */
export async function readStream(url, { headers, signal, onOpen, onEvent }) {
  const silence = new AbortController();
  const onAbort = () => silence.abort();
  signal.addEventListener("abort", onAbort);
  let timer = setTimeout(onAbort, SILENCE_MAX_MS);
  try {
    const answer = await fetch(url, {
      headers: { ...headers, Accept: "text/event-stream" },
      cache: "no-store",
      credentials: "omit",
      signal: silence.signal,
    });
    if (!answer.ok) return { status: answer.status, retryAfter: Number(answer.headers.get("Retry-After")) || null };
    onOpen();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const parse = parser(onEvent);
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return { status: answer.status, retryAfter: null };
      clearTimeout(timer);
      timer = setTimeout(onAbort, SILENCE_MAX_MS);
      parse(value);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    silence.abort();
  }
}

/** Return a function that takes pieces of a stream and calls back with each whole event. */
export function parser(onEvent) {
  let rest = "";
  let event = { id: null, kind: "message", data: [] };
  const line = (text) => {
    if (text === "") {
      if (event.data.length) onEvent({ id: event.id, kind: event.kind, data: event.data.join("\n") });
      event = { id: null, kind: "message", data: [] };
      return;
    }
    if (text.startsWith(":")) return;
    const colon = text.indexOf(":");
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (field === "id") event.id = value;
    else if (field === "event") event.kind = value;
    else if (field === "data") event.data.push(value);
  };
  return (piece) => {
    rest += piece;
    if (rest.length > RECORD_MAX) throw new TypeError("an event is too long");
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    lines.forEach(line);
  };
}
