/* What the widget keeps in the visitor's browser. Nothing is written before the visitor starts a chat; what is written
   then serves only the chat: which conversation it is, the words that wait for the network, what was seen. */

const VERSION = 1;
const QUEUE_MAX = 50;

/** Return the shelf of one inbox. */
export function shelfFor(inbox) {
  return new Shelf(`bywalec:${inbox}`);
}

class Shelf {
  #key;
  // Where a browser forbids storage, the chat still works as long as the page is open.
  #memory = null;

  constructor(key) {
    this.#key = key;
  }

  /** The conversation that goes on: {id, token, visitor}, or null. */
  conversation() {
    return this.#read().conversation ?? null;
  }

  keepConversation(conversation) {
    this.#change({ conversation });
  }

  /** What waits to be sent, oldest first: {client_id, text or handoff, at, refused: why the server did not want it}. */
  queue() {
    return this.#read().queue ?? [];
  }

  /** Add to what waits; false when there is no more room. */
  enqueue(item) {
    const queue = this.queue();
    if (queue.length >= QUEUE_MAX) return false;
    this.#change({ queue: [...queue, item] });
    return true;
  }

  /** Note why the server refused what waits, or with null that it is to be tried again. */
  refuse(clientId, words) {
    const noted = (item) => (item.client_id === clientId ? { ...item, refused: words ?? undefined } : item);
    this.#change({ queue: this.queue().map(noted) });
  }

  dequeue(clientId) {
    this.#change({ queue: this.queue().filter((item) => item.client_id !== clientId) });
  }

  /** The number of the last event the visitor has seen. */
  seen() {
    return this.#read().seen ?? 0;
  }

  keepSeen(number) {
    if (number > this.seen()) this.#change({ seen: number });
  }

  config() {
    return this.#read().config ?? null;
  }

  keepConfig(config) {
    this.#change({ config });
  }

  /** Forget the conversation, but not what still waits to be sent. */
  forgetConversation() {
    this.#change({ conversation: undefined, seen: undefined });
  }

  /** Forget everything. */
  clear() {
    this.#memory = null;
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // Storage is forbidden; there was nothing.
    }
  }

  /** Call back when another tab of the same website changed the shelf. */
  onChangedElsewhere(callback) {
    addEventListener("storage", (event) => {
      if (event.key === this.#key || event.key === null) callback();
    });
  }

  #read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key) ?? "null");
      return kept?.version === VERSION ? kept : (this.#memory ?? {});
    } catch {
      return this.#memory ?? {};
    }
  }

  #change(changes) {
    const kept = { ...this.#read(), ...changes, version: VERSION };
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept));
      this.#memory = null;
    } catch {
      this.#memory = kept;
    }
  }
}
