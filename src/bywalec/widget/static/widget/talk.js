/* The conversation itself: what was said, what waits to be sent, and the two connections to the server. It knows
   nothing of how it is shown; it calls `onChange` whenever there is something new to show. */

import { freshId } from "./dom.js";
import { readStream } from "./stream.js";
import { subjectOf, VisitorToken } from "./visitor.js";

const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 30_000;
const TYPING_MS = 8_000;
const HIDDEN_LONG_MS = 30_000;
const GONE = new Set([401, 403, 404, 410]);
const LATER = new Set([408, 425, 429, 500, 502, 503, 504]);

export class Talk {
  /** Messages of the server by id, and own ones that wait by client id. */
  messages = new Map();
  status = "pending";
  person = null;
  waiting = false;
  typing = null;
  connected = false;
  everConnected = false;
  anonymousInstead = false;
  asked = false;

  #server;
  #inbox;
  #shelf;
  #language;
  #config;
  #onChange;
  #visitor;
  #last = 0;
  #stream = null;
  #streamFailures = 0;
  #streamTimer = null;
  #sendFailures = 0;
  #sendTimer = null;
  #sendingNow = false;
  #typingTimer = null;
  #hiddenAt = 0;

  constructor({ server, inbox, shelf, config, onChange, host }) {
    this.#server = server;
    this.#inbox = inbox;
    this.#config = config;
    this.#shelf = shelf;
    this.#language = config.language;
    this.#onChange = onChange;
    this.#visitor = new VisitorToken(host);
    this.#dropStrangersConversation();
    for (const item of shelf.queue()) this.#showQueued(item);
    addEventListener("online", () => this.#wake());
    addEventListener("offline", () => this.#lost());
    document.addEventListener("visibilitychange", () => this.#seenAgain());
    shelf.onChangedElsewhere(() => this.#changedElsewhere());
    if (shelf.conversation()) this.#listen();
    this.#flush();
  }

  get started() {
    return Boolean(this.#shelf.conversation()) || this.messages.size > 0;
  }

  get lastNumber() {
    return this.#last;
  }

  /** What is shown, in order: by the time it was said, own words that wait at the end. */
  inOrder() {
    const said = [...this.messages.values()];
    const settled = said.filter((message) => message.number !== null);
    settled.sort((a, b) => a.at - b.at || a.number - b.number);
    return [...settled, ...said.filter((message) => message.number === null)];
  }

  /** Send a text; it waits on the shelf until the server has it. False when too much waits already. */
  say(text) {
    const item = { client_id: freshId(), text, at: new Date().toISOString() };
    if (!this.#shelf.enqueue(item)) return false;
    this.#showQueued(item);
    this.#changed();
    this.#flush();
    return true;
  }

  /** Ask for a person; like a text, it waits until the server has it. */
  askForPerson() {
    if (this.asked || this.waiting || this.person) return;
    const item = { client_id: freshId(), handoff: true, at: new Date().toISOString() };
    if (!this.#shelf.enqueue(item)) return;
    this.#showQueued(item);
    this.#changed();
    this.#flush();
  }

  /** Send a refused message again. */
  retry(clientId) {
    this.#shelf.refuse(clientId, null);
    this.#mark(clientId, "queued");
    this.#flush();
  }

  /** Give a refused message up. */
  discard(clientId) {
    this.#shelf.dequeue(clientId);
    this.messages.delete(clientId);
    this.#changed();
  }

  /** Leave a conversation behind and begin with an empty page. */
  restart() {
    this.#shelf.clear();
    this.#leave();
    this.messages.clear();
    this.#changed();
  }

  #leave() {
    this.#stream?.abort();
    this.#stream = null;
    clearTimeout(this.#streamTimer);
    for (const [key, message] of this.messages) if (message.number !== null) this.messages.delete(key);
    Object.assign(this, { status: "pending", person: null, waiting: false, typing: null, asked: false, connected: false });
    this.#last = 0;
  }

  // ---- sending -----------------------------------------------------------------------------------------------------

  async #flush() {
    if (this.#sendingNow || !this.#waitsFirst()) return;
    this.#sendingNow = true;
    clearTimeout(this.#sendTimer);
    try {
      // One tab at a time sends, so that two open pages of the shop keep one order.
      await inTurn(`bywalec:send:${this.#inbox}`, () => this.#sendAll());
      this.#sendFailures = 0;
    } catch (error) {
      this.#sendFailures += 1;
      const wait = error.retryAfterMs ?? backOff(this.#sendFailures);
      this.#sendTimer = setTimeout(() => this.#flush(), wait);
    } finally {
      this.#sendingNow = false;
      this.#changed();
    }
    if (this.#sendFailures === 0) this.#flush();
  }

  async #sendAll() {
    for (;;) {
      const item = this.#waitsFirst();
      if (!item) return;
      this.#mark(item.client_id, "sending");
      try {
        await this.#sendOne(item);
      } catch (error) {
        if (!(error instanceof Refused)) {
          this.#mark(item.client_id, "queued");
          throw error;
        }
        this.#shelf.refuse(item.client_id, error.message);
        this.#mark(item.client_id, "failed", error.message);
        continue;
      }
      this.#shelf.dequeue(item.client_id);
    }
  }

  #waitsFirst() {
    return this.#shelf.queue().find((item) => item.refused === undefined);
  }

  async #sendOne(item) {
    const conversation = this.#shelf.conversation() ?? (await this.#begin());
    const path = `/api/v1/conversations/${conversation.id}/${item.handoff ? "handoff" : "messages"}`;
    const body = item.handoff ? {} : { client_id: item.client_id, text: item.text, sent_at: item.at };
    let answer;
    try {
      answer = await this.#post(path, body, conversation.token);
    } catch (error) {
      if (!(error instanceof Refused) || !GONE.has(error.status)) throw error;
      this.#forget(conversation);
      throw new TypeError("the conversation is gone; the next try begins another");
    }
    if (item.handoff) this.#handedOff(item);
    else this.#taken(item, answer, conversation);
  }

  #taken(item, answer, conversation) {
    const kept = answer.message ?? {};
    const moved = answer.conversation ?? answer.conversation_id ?? kept.conversation;
    const id = typeof moved === "object" ? moved?.id : moved;
    const waited = this.messages.get(item.client_id);
    if (waited) Object.assign(waited, { state: "sent", id: kept.id ?? null });
    if (kept.number !== undefined && waited) this.#settle(waited, kept);
    if (id && id !== conversation.id) {
      this.#shelf.keepConversation({ ...conversation, id });
      this.#leave();
      this.#listen();
    }
    this.#changed();
  }

  #handedOff(item) {
    this.asked = true;
    this.messages.delete(item.client_id);
    this.#changed();
  }

  async #begin() {
    this.anonymousInstead = false;
    const visitor = await this.#visitor.fresh();
    const body = { inbox: this.#inbox, language: this.#language };
    let answer;
    try {
      answer = await this.#post("/api/v1/conversations", visitor ? { ...body, token: visitor } : body);
    } catch (error) {
      if (!visitor || !(error instanceof Refused) || error.status !== 401) throw error;
      this.anonymousInstead = true;
      answer = await this.#post("/api/v1/conversations", body);
    }
    const conversation = {
      id: answer.id,
      token: answer.token,
      visitor: this.anonymousInstead ? null : subjectOf(visitor),
    };
    this.#shelf.keepConversation(conversation);
    this.#shelf.keepConfig(this.#config);
    this.#listen();
    return conversation;
  }

  async #post(path, body, token) {
    const headers = { "Content-Type": "application/json", "Accept-Language": this.#language };
    if (token) headers.Authorization = `Bearer ${token}`;
    const answer = await fetch(this.#server + path, {
      method: "POST", headers, body: JSON.stringify(body), credentials: "omit", keepalive: true,
    });
    if (answer.ok) return answer.json().catch(() => ({}));
    const problem = await answer.json().catch(() => ({}));
    const words = [problem.detail, problem.remedy].filter(Boolean).join(" ");
    if (!LATER.has(answer.status)) throw new Refused(words, answer.status);
    const later = new Error(words);
    const seconds = Number(answer.headers.get("Retry-After"));
    if (seconds > 0) later.retryAfterMs = Math.min(seconds * 1000, RETRY_MAX_MS);
    throw later;
  }

  // ---- listening ---------------------------------------------------------------------------------------------------

  async #listen() {
    const conversation = this.#shelf.conversation();
    if (this.#stream || !conversation) return;
    const stream = (this.#stream = new AbortController());
    clearTimeout(this.#streamTimer);
    let wait = null;
    try {
      const { status, retryAfter } = await readStream(`${this.#server}/api/v1/conversations/${conversation.id}/events`, {
        headers: {
          Authorization: `Bearer ${conversation.token}`,
          "Accept-Language": this.#language,
          ...(this.#last ? { "Last-Event-ID": String(this.#last) } : {}),
        },
        signal: stream.signal,
        onOpen: () => this.#opened(),
        onEvent: (event) => stream === this.#stream && this.#take(event),
      });
      if (GONE.has(status)) return void (stream === this.#stream && this.#forget(conversation));
      if (status !== 200) this.#streamFailures += 1;
      wait = retryAfter ? retryAfter * 1000 : null;
    } catch {
      this.#streamFailures += 1;
    } finally {
      if (stream === this.#stream) {
        this.#stream = null;
        this.connected = false;
        this.#changed();
        if (this.#shelf.conversation()) {
          this.#streamTimer = setTimeout(() => this.#listen(), wait ?? backOff(this.#streamFailures));
        }
      }
    }
  }

  #opened() {
    this.connected = true;
    this.everConnected = true;
    this.#streamFailures = 0;
    this.#changed();
  }

  #take({ id, kind, data }) {
    const number = Number(id);
    // What was seen is not taken twice, whatever a server repeats after a reconnection.
    if (id !== null && number <= this.#last) return;
    let told;
    try {
      told = JSON.parse(data);
    } catch {
      return;
    }
    if (kind === "message") this.#heard(told);
    else if (kind === "status") this.#turned(told);
    else if (kind === "handoff") this.waiting = told.state === "waiting";
    else if (kind === "typing" && told.who !== "customer") this.#showTyping(told);
    if (id !== null) this.#last = number;
    this.#changed();
  }

  #heard(told) {
    const own = told.client_id ? this.messages.get(told.client_id) : null;
    const message = own ?? { key: told.client_id ?? told.id, from: told.from, name: told.name, text: told.text };
    this.messages.set(message.key, message);
    Object.assign(message, { id: told.id, text: told.text, name: told.name, state: told.status ?? "sent" });
    this.#settle(message, told);
    if (told.from !== "customer") this.#showTyping(null);
    if (told.from === "customer" && told.client_id) this.#shelf.dequeue(told.client_id);
  }

  #settle(message, told) {
    message.number = told.number;
    message.at = Date.parse(told.at ?? told.sent_at) || message.at || Date.now();
  }

  #turned(told) {
    if (told.message) {
      const message = [...this.messages.values()].find((one) => one.id === told.message);
      if (message) message.state = told.delivery;
      return;
    }
    this.status = told.status;
    this.person = told.status === "open" && told.assigned ? told.assigned : null;
    this.waiting = told.status === "open" && !told.assigned;
    if (told.status !== "open") this.asked = false;
    if (told.activity === "taken_over") this.waiting = false;
  }

  #showTyping(told) {
    clearTimeout(this.#typingTimer);
    this.typing = told ? { who: told.who, name: told.staff?.name ?? "" } : null;
    if (told) {
      this.#typingTimer = setTimeout(() => {
        this.typing = null;
        this.#changed();
      }, TYPING_MS);
    }
  }

  // ---- circumstances -----------------------------------------------------------------------------------------------

  #wake() {
    clearTimeout(this.#streamTimer);
    this.#streamFailures = this.#sendFailures = 0;
    this.#listen();
    this.#flush();
  }

  #seenAgain() {
    if (document.visibilityState === "hidden") {
      this.#hiddenAt = Date.now();
      return;
    }
    // A phone that slept may hold a dead connection without knowing; a new one resumes where this one was.
    if (Date.now() - this.#hiddenAt > HIDDEN_LONG_MS) this.#stream?.abort();
    this.#wake();
  }

  #lost() {
    // A browser that is offline may keep a dead connection for minutes; end it, so that coming back begins at once.
    this.#stream?.abort();
    this.#changed();
  }

  #forget(conversation) {
    if (this.#shelf.conversation()?.id !== conversation.id) return;
    this.#shelf.forgetConversation();
    this.#leave();
    this.#changed();
  }

  #dropStrangersConversation() {
    const kept = this.#shelf.conversation();
    // Somebody else signed in to the shop, or out of it: what was said before is not for their eyes.
    if (kept && (kept.visitor ?? null) !== this.#visitor.subject() && (kept.visitor || this.#visitor.subject())) {
      this.#shelf.clear();
    }
  }

  #changedElsewhere() {
    const kept = this.#shelf.conversation();
    if (!kept) this.#leave();
    for (const item of this.#shelf.queue()) this.#showQueued(item);
    this.#listen();
    this.#flush();
    this.#changed();
  }

  #showQueued(item) {
    if (this.messages.has(item.client_id)) return;
    this.messages.set(item.client_id, {
      key: item.client_id, id: null, number: null, from: "customer", name: "", text: item.text ?? "",
      handoff: Boolean(item.handoff), at: Date.parse(item.at) || Date.now(),
      state: item.refused === undefined ? "queued" : "failed", error: item.refused ?? "",
    });
  }

  #mark(clientId, state, error = "") {
    const message = this.messages.get(clientId);
    // What the stream has brought back already is settled, whatever became of the answer to the request.
    if (message?.number === null) Object.assign(message, { state, error });
    this.#changed();
  }

  #changed() {
    this.#onChange();
  }
}

/** The server took a request in and said no: sending the same again changes nothing. */
class Refused extends Error {
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

function backOff(failures) {
  const most = Math.min(RETRY_FIRST_MS * 2 ** Math.max(0, failures - 1), RETRY_MAX_MS);
  // Chance spreads the return of many visitors after the server was away.
  return most / 2 + Math.random() * (most / 2);
}

function inTurn(name, work) {
  return navigator.locks ? navigator.locks.request(name, work) : work();
}
