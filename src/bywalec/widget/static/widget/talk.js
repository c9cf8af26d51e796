/* The conversation itself: what was said, who has it, what waits to be sent. It knows nothing of how it is shown; it
   calls `onChange` whenever there is something new to show. */

import { freshId } from "./dom.js";
import { Listening } from "./listening.js";
import { Sending } from "./sending.js";
import { VisitorToken } from "./visitor.js";

const TYPING_MS = 8_000;
const HIDDEN_LONG_MS = 30_000;

export class Talk {
  /** Messages of the server by id, and own ones that wait by client id. */
  messages = new Map();
  status = "pending";
  person = null;
  waiting = false;
  typing = null;
  anonymousInstead = false;
  /** The server knows that a person is wanted. */
  asked = false;

  #shelf;
  #onChange;
  #visitor;
  #listening;
  #sending;
  #typingTimer = null;
  #hiddenAt = 0;

  constructor({ server, inbox, shelf, config, onChange, host }) {
    const { language } = config;
    this.#shelf = shelf;
    this.#onChange = onChange;
    this.#visitor = new VisitorToken(host);
    const gone = (conversation) => this.#forget(conversation);
    this.#listening = new Listening({
      server, shelf, language,
      on: { event: (kind, told) => this.#heard(kind, told), changed: () => this.#changed(), gone },
    });
    this.#sending = new Sending({
      server, inbox, shelf, language, visitor: this.#visitor,
      on: {
        state: (clientId, state, words) => this.#mark(clientId, state, words),
        taken: (item, kept) => this.#taken(item, kept),
        handedOff: (item) => this.#handedOff(item),
        begun: (anonymousInstead) => this.#begun(anonymousInstead, config),
        moved: () => this.#moved(),
        gone,
      },
    });
    this.#dropStrangersConversation();
    for (const item of shelf.queue()) this.#showQueued(item);
    this.#watchCircumstances();
    this.#listening.start();
    this.#sending.flush();
  }

  get started() {
    return Boolean(this.#shelf.conversation()) || this.messages.size > 0;
  }

  get lastNumber() {
    return this.#listening.last;
  }

  get connected() {
    return this.#listening.connected;
  }

  get everConnected() {
    return this.#listening.everConnected;
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
    return this.#enqueue({ client_id: freshId(), text, at: new Date().toISOString() });
  }

  /** Ask for a person; like a text, it waits until the server has it. */
  askForPerson() {
    if (this.asked || this.waiting || this.person || this.#shelf.queue().some((item) => item.handoff)) return;
    this.#enqueue({ client_id: freshId(), handoff: true, at: new Date().toISOString() });
  }

  /** Send a refused message again. */
  retry(clientId) {
    this.#shelf.refuse(clientId, null);
    this.#mark(clientId, "queued");
    this.#sending.flush();
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

  // ---- going out ---------------------------------------------------------------------------------------------------

  #enqueue(item) {
    if (!this.#shelf.enqueue(item)) return false;
    this.#showQueued(item);
    this.#changed();
    this.#sending.flush();
    return true;
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

  #taken(item, kept) {
    const message = this.messages.get(item.client_id);
    if (message?.number === null) {
      Object.assign(message, { state: "sent", id: kept.id ?? null });
      if (kept.number !== undefined) settle(message, kept);
    }
    this.#changed();
  }

  #handedOff(item) {
    this.asked = true;
    this.messages.delete(item.client_id);
    this.#changed();
  }

  #begun(anonymousInstead, config) {
    this.anonymousInstead = anonymousInstead;
    this.#shelf.keepConfig(config);
    this.#listening.start();
  }

  #moved() {
    this.#leave();
    this.#listening.start();
    this.#changed();
  }

  // ---- coming in ---------------------------------------------------------------------------------------------------

  #heard(kind, told) {
    if (kind === "message") this.#said(told);
    else if (kind === "status" && told.message) this.#received(told);
    else if (kind === "status") this.#turned(told);
    else if (kind === "handoff") this.waiting = told.state === "waiting";
    else if (kind === "typing" && told.who !== "customer") this.#showTyping(told);
    this.#changed();
  }

  #said(told) {
    const own = told.client_id ? this.messages.get(told.client_id) : null;
    const message = own ?? { key: told.client_id ?? told.id, from: told.from };
    this.messages.set(message.key, message);
    Object.assign(message, { id: told.id, text: told.text, name: told.name, state: told.status ?? "sent", error: "" });
    settle(message, told);
    if (told.from !== "customer") this.#showTyping(null);
    else if (told.client_id) this.#shelf.dequeue(told.client_id);
  }

  #received(told) {
    const message = [...this.messages.values()].find((one) => one.id === told.message);
    if (message) message.state = told.delivery;
  }

  #turned({ status, assigned }) {
    this.status = status;
    this.person = status === "open" && assigned ? assigned : null;
    this.waiting = status === "open" && !assigned;
    if (status !== "open") this.asked = false;
  }

  #showTyping(told) {
    clearTimeout(this.#typingTimer);
    this.typing = told ? { who: told.who, name: told.staff?.name ?? "" } : null;
    if (!told) return;
    this.#typingTimer = setTimeout(() => {
      this.typing = null;
      this.#changed();
    }, TYPING_MS);
  }

  // ---- circumstances -----------------------------------------------------------------------------------------------

  #watchCircumstances() {
    addEventListener("online", () => this.#wake());
    // A browser that is offline may keep a dead connection for minutes; end it, so that coming back begins at once.
    addEventListener("offline", () => {
      this.#listening.drop();
      this.#changed();
    });
    document.addEventListener("visibilitychange", () => this.#seenAgain());
    this.#shelf.onChangedElsewhere(() => this.#changedElsewhere());
  }

  #wake() {
    this.#listening.wake();
    this.#sending.wake();
  }

  #seenAgain() {
    if (document.visibilityState === "hidden") {
      this.#hiddenAt = Date.now();
      return;
    }
    // A phone that slept may hold a dead connection without knowing; a new one resumes where this one was.
    if (Date.now() - this.#hiddenAt > HIDDEN_LONG_MS) this.#listening.drop();
    this.#wake();
    this.#changed();
  }

  #changedElsewhere() {
    if (!this.#shelf.conversation()) this.#leave();
    for (const item of this.#shelf.queue()) this.#showQueued(item);
    this.#wake();
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
    if (kept && (kept.visitor ?? null) !== this.#visitor.subject()) this.#shelf.clear();
  }

  #leave() {
    this.#listening.leave();
    for (const [key, message] of this.messages) if (message.number !== null) this.messages.delete(key);
    Object.assign(this, { status: "pending", person: null, waiting: false, typing: null, asked: false });
  }

  #changed() {
    this.#onChange();
  }
}

function settle(message, told) {
  message.number = told.number;
  message.at = Date.parse(told.at) || message.at || Date.now();
}
