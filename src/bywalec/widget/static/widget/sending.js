/* The way out: what waits on the shelf goes to the server, one after the other, each until the server has it. */

import { backOff, isGone, post, Refused } from "./rest.js";
import { subjectOf } from "./visitor.js";

export class Sending {
  #server;
  #inbox;
  #shelf;
  #language;
  #visitor;
  #on;
  #failures = 0;
  #timer = null;
  #busy = false;

  /**
   * @param {Object} on what to call: `state(clientId, state, words)` about an item, `taken(item, answer)` and
   *   `handedOff(item)` when the server has it, `begun(anonymousInstead)` when a conversation was opened,
   *   `moved(id)` when it goes on in another, `gone(conversation)` when the server knows it no more
   */
  constructor({ server, inbox, shelf, language, visitor, on }) {
    this.#server = server;
    this.#inbox = inbox;
    this.#shelf = shelf;
    this.#language = language;
    this.#visitor = visitor;
    this.#on = on;
  }

  /** Try at once, whatever failed before. */
  wake() {
    this.#failures = 0;
    this.flush();
  }

  /** Send what waits; a failure is tried again by itself. */
  async flush() {
    if (this.#busy || !this.#first()) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    try {
      // One tab at a time sends, so that two open pages of the shop keep one order.
      await inTurn(`bywalec:send:${this.#inbox}`, () => this.#sendAll());
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      this.#timer = setTimeout(() => this.flush(), error.retryAfterMs ?? backOff(this.#failures));
    } finally {
      this.#busy = false;
    }
    if (this.#failures === 0) this.flush();
  }

  #first() {
    return this.#shelf.queue().find((item) => item.refused === undefined);
  }

  async #sendAll() {
    for (let item = this.#first(); item; item = this.#first()) {
      this.#on.state(item.client_id, "sending");
      try {
        await this.#sendOne(item);
        this.#shelf.dequeue(item.client_id);
      } catch (error) {
        const refused = error instanceof Refused;
        if (refused) this.#shelf.refuse(item.client_id, error.message);
        this.#on.state(item.client_id, refused ? "failed" : "queued", refused ? error.message : "");
        if (!refused) throw error;
      }
    }
  }

  async #sendOne(item) {
    const conversation = this.#shelf.conversation() ?? (await this.#begin());
    const path = `/api/v1/conversations/${conversation.id}/${item.handoff ? "handoff" : "messages"}`;
    const body = item.handoff ? {} : { client_id: item.client_id, text: item.text, sent_at: item.at };
    let answer;
    try {
      answer = await this.#post(path, body, conversation.token);
    } catch (error) {
      if (!(error instanceof Refused) || !isGone(error.status)) throw error;
      this.#on.gone(conversation);
      throw new TypeError("the conversation is gone; the next try begins another");
    }
    if (item.handoff) this.#on.handedOff(item);
    else this.#on.taken(item, answer.message ?? {});
    if (answer.conversation && answer.conversation !== conversation.id) {
      this.#shelf.keepConversation({ ...conversation, id: answer.conversation });
      this.#on.moved();
    }
  }

  async #begin() {
    const visitor = await this.#visitor.fresh();
    const body = { inbox: this.#inbox, language: this.#language };
    let anonymousInstead = false;
    let answer;
    try {
      answer = await this.#post("/api/v1/conversations", visitor ? { ...body, token: visitor } : body);
    } catch (error) {
      if (!visitor || !(error instanceof Refused) || error.status !== 401) throw error;
      anonymousInstead = true;
      answer = await this.#post("/api/v1/conversations", body);
    }
    const conversation = { id: answer.id, token: answer.token, visitor: anonymousInstead ? null : subjectOf(visitor) };
    this.#shelf.keepConversation(conversation);
    this.#on.begun(anonymousInstead);
    return conversation;
  }

  #post(path, body, token) {
    return post(this.#server + path, body, { language: this.#language, token });
  }
}

function inTurn(name, work) {
  return navigator.locks ? navigator.locks.request(name, work) : work();
}
