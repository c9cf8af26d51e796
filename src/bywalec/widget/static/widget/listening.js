/* The way in: one stream of events, opened again whenever it ends, going on after the last event that was seen. */

import { backOff, isGone } from "./rest.js";
import { readStream } from "./stream.js";

export class Listening {
  /** Number of the last event that was taken. */
  last = 0;
  connected = false;
  everConnected = false;

  #server;
  #shelf;
  #language;
  #on;
  #stream = null;
  #failures = 0;
  #timer = null;

  /**
   * @param {Object} on what to call: `event(kind, data)` for each event once, `changed()` when the connection came or
   *   went, `gone(conversation)` when the server knows the conversation no more
   */
  constructor({ server, shelf, language, on }) {
    this.#server = server;
    this.#shelf = shelf;
    this.#language = language;
    this.#on = on;
  }

  /** Open the stream, unless it is open or there is no conversation. */
  async start() {
    const conversation = this.#shelf.conversation();
    if (this.#stream || !conversation) return;
    const stream = (this.#stream = new AbortController());
    clearTimeout(this.#timer);
    let wait = null;
    try {
      const { status, retryAfter } = await this.#read(conversation, stream);
      if (stream === this.#stream && isGone(status)) {
        this.#on.gone(conversation);
        return;
      }
      if (status !== 200) this.#failures += 1;
      wait = retryAfter ? retryAfter * 1000 : null;
    } catch {
      this.#failures += 1;
    } finally {
      if (stream === this.#stream) this.#ended(wait);
    }
  }

  /** Forget the conversation that was listened to. */
  leave() {
    this.#stream?.abort();
    this.#stream = null;
    this.connected = false;
    this.last = 0;
    clearTimeout(this.#timer);
  }

  /** Give the present connection up; the next one goes on where this one was. */
  drop() {
    this.#stream?.abort();
  }

  /** Try at once, whatever failed before. */
  wake() {
    clearTimeout(this.#timer);
    this.#failures = 0;
    this.start();
  }

  #read(conversation, stream) {
    const headers = { Authorization: `Bearer ${conversation.token}`, "Accept-Language": this.#language };
    if (this.last) headers["Last-Event-ID"] = String(this.last);
    return readStream(`${this.#server}/api/v1/conversations/${conversation.id}/events`, {
      headers,
      signal: stream.signal,
      onOpen: () => {
        this.connected = this.everConnected = true;
        this.#failures = 0;
        this.#on.changed();
      },
      onEvent: (event) => stream === this.#stream && this.#take(event),
    });
  }

  #take({ id, kind, data }) {
    const number = id === null ? null : Number(id);
    // What was seen is not taken twice, whatever a server repeats after a reconnection.
    if (number !== null && !(number > this.last)) return;
    let told;
    try {
      told = JSON.parse(data);
    } catch {
      return;
    }
    if (number !== null) this.last = number;
    this.#on.event(kind, told);
  }

  #ended(wait) {
    this.#stream = null;
    this.connected = false;
    this.#on.changed();
    if (this.#shelf.conversation()) this.#timer = setTimeout(() => this.start(), wait ?? backOff(this.#failures));
  }
}
