/* Requests to the server, and what their failures mean. */

const RETRY_FIRST_MS = 500;
export const RETRY_MAX_MS = 30_000;
const LATER = new Set([408, 425, 429, 500, 502, 503, 504]);
const GONE = new Set([401, 403, 404, 410]);

/** The server took a request in and said no: sending the same again changes nothing. */
export class Refused extends Error {
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

/** Whether a status says that a conversation is not there any more, or not for us. */
export function isGone(status) {
  return GONE.has(status);
}

/**
 * Send a JSON document and return the answer's.
 * @throws {Refused} the server said no
 * @throws {Error} the network or the server failed; `retryAfterMs` says when to come again, where known
 */
export async function post(url, body, { language, token }) {
  const headers = { "Content-Type": "application/json", "Accept-Language": language };
  if (token) headers.Authorization = `Bearer ${token}`;
  const answer = await fetch(url, {
    method: "POST", headers, body: JSON.stringify(body), credentials: "omit", keepalive: true,
  });
  if (answer.ok) return answer.json().catch(() => ({}));
  const problem = await answer.json().catch(() => ({}));
  const words = [problem.detail, problem.remedy].filter(Boolean).join(". ").replaceAll("..", ".");
  if (!LATER.has(answer.status)) throw new Refused(words, answer.status);
  const later = new Error(words);
  const seconds = Number(answer.headers.get("Retry-After"));
  if (seconds > 0) later.retryAfterMs = Math.min(seconds * 1000, RETRY_MAX_MS);
  throw later;
}

/** Return how long to wait after so many failures; chance spreads the return of many visitors. */
export function backOff(failures) {
  const most = Math.min(RETRY_FIRST_MS * 2 ** Math.max(0, failures - 1), RETRY_MAX_MS);
  return most / 2 + Math.random() * (most / 2);
}
