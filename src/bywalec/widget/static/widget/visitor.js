/* The shop's word on who its visitor is: a short-lived token in data-token, or behind data-token-url. */

const FRESH_SECONDS = 20;

export class VisitorToken {
  #host;

  constructor(host) {
    this.#host = host;
  }

  /** Who the page says the visitor is, or null for nobody. */
  subject() {
    return subjectOf(this.#host.dataset.token);
  }

  /** Return a token that is still valid for a moment, or null. */
  async fresh() {
    const { token, tokenUrl } = this.#host.dataset;
    if (token && secondsLeft(token) > FRESH_SECONDS) return token;
    if (!tokenUrl) return token || null;
    try {
      const answer = await fetch(new URL(tokenUrl, document.baseURI), { credentials: "same-origin", cache: "no-store" });
      const fetched = answer.ok ? (await answer.json()).token : null;
      if (fetched) this.#host.dataset.token = fetched;
      return fetched;
    } catch {
      return token || null;
    }
  }
}

/** Return the subject a token names; the server alone decides whether that is true. */
export function subjectOf(token) {
  return claimsOf(token)?.sub ?? null;
}

function secondsLeft(token) {
  return (claimsOf(token)?.exp ?? 0) - Date.now() / 1000;
}

function claimsOf(token) {
  try {
    const bytes = Uint8Array.from(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
