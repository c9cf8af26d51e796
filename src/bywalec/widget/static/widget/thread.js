/* The list of messages. Each message has one node for its whole life, so a screen reader hears it once. */

import { element, initialOf } from "./dom.js";
import { icon } from "./icons.js";
import { linked } from "./links.js";

const NEAR_END_PX = 48;
const SAME_TURN_MS = 5 * 60_000;

export class Thread {
  #list;
  #words;
  #config;
  #server;
  #talk;
  #nodes = new Map();
  #greeting = null;
  #hello = null;
  #end = true;
  #count = 0;
  #unseenBelow = false;

  constructor({ list, words, config, server, talk }) {
    this.#list = list;
    this.#words = words;
    this.#config = config;
    this.#server = server;
    this.#talk = talk;
    list.addEventListener("scroll", () => this.#noteEnd(), { passive: true });
  }

  /** Whether the reader is at the newest message. */
  get atEnd() {
    return this.#end;
  }

  hasUnseenBelow() {
    return this.#unseenBelow;
  }

  toEnd() {
    this.#list.scrollTop = this.#list.scrollHeight;
    this.#noteEnd();
  }

  draw() {
    const messages = this.#talk.inOrder().filter((message) => !message.handoff || message.state !== "sent");
    const wanted = [];
    if (!messages.length) wanted.push(this.#helloNode());
    if (!messages.some((message) => message.number !== null)) wanted.push(this.#greetingNode());
    messages.forEach((message, index) => {
      const [previous, next] = [messages[index - 1], messages[index + 1]];
      const day = dayOf(message.at);
      if (previous && dayOf(previous.at) !== day) wanted.push(this.#dayNode(day, message.at));
      wanted.push(this.#node(message, previous, next));
    });
    this.#place(wanted);
    const grown = messages.length > this.#count;
    this.#count = messages.length;
    if (this.#end) this.toEnd();
    else if (grown) this.#unseenBelow = true;
  }

  #noteEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#list;
    this.#end = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (this.#end) this.#unseenBelow = false;
  }

  #place(wanted) {
    wanted.forEach((node, index) => {
      if (this.#list.children[index] !== node) this.#list.insertBefore(node, this.#list.children[index] ?? null);
    });
    while (this.#list.children.length > wanted.length) this.#list.lastElementChild.remove();
  }

  #helloNode() {
    this.#hello ??= element(
      "div",
      { class: "hello", "aria-hidden": "true" },
      element("span", { class: "face" }, initialOf(this.#config.name)),
      element("p", {}, this.#words.hello),
    );
    return this.#hello;
  }

  #greetingNode() {
    this.#greeting ??= this.#bubble({ from: "bot", text: this.#config.greeting, name: "" }).node;
    return this.#greeting;
  }

  #dayNode(day, at) {
    const key = `day:${day}`;
    if (!this.#nodes.has(key)) {
      this.#nodes.set(key, { node: element("p", { class: "day" }, this.#dayWords(at)) });
    }
    return this.#nodes.get(key).node;
  }

  #node(message, previous, next) {
    let kept = this.#nodes.get(message.key);
    if (!kept || kept.text !== message.text) {
      kept = this.#bubble(message);
      this.#nodes.set(message.key, kept);
    }
    kept.node.classList.toggle("follows", sameTurn(previous, message));
    kept.node.classList.toggle("goes-on", sameTurn(message, next));
    this.#drawFoot(kept, message);
    return kept.node;
  }

  #bubble(message) {
    const own = message.from === "customer";
    const text = tied(message.handoff ? this.#words.humanAsked : message.text);
    const author = element("p", { class: own ? "author spoken" : "author" }, this.#author(message));
    const body = element("p", { class: "text" }, ...(own ? [text] : this.#lines(text, message.from)));
    const foot = element("p", { class: "foot" });
    const node = element("div", { class: `message ${own ? "own" : "theirs"} ${message.from}` }, author, body, foot);
    return { node, foot, text: message.text, shown: "" };
  }

  /** A text's lines with their links; those of a list hang behind their bullet. */
  #lines(text, from) {
    return text.split("\n").flatMap((line, index) => {
      const nodes = linked(line, (url) => this.#mayLink(url, from));
      const shown = line.startsWith("• ") ? [element("span", { class: "item" }, ...nodes)] : nodes;
      return index ? ["\n", ...shown] : shown;
    });
  }

  #author({ from, name }) {
    if (from === "customer") return this.#words.you;
    return from === "staff" ? name || this.#words.staff : this.#words.botNamed(this.#config.bot_name);
  }

  #drawFoot(kept, message) {
    const shown = `${message.state} ${message.at} ${message.error ?? ""}`;
    if (kept.shown === shown) return;
    kept.shown = shown;
    const time = element("time", { datetime: new Date(message.at).toISOString() }, this.#clock(message.at));
    const own = message.from === "customer";
    kept.node.classList.toggle("waits", own && (message.state === "queued" || message.state === "sending"));
    kept.node.classList.toggle("failed", own && message.state === "failed");
    if (!own) kept.foot.replaceChildren(time);
    else if (message.state === "failed") kept.foot.replaceChildren(...this.#failedFoot(message));
    else kept.foot.replaceChildren(time, icon(SIGNS[message.state] ?? "check", 16), this.#words[message.state] ?? this.#words.sent);
  }

  #failedFoot(message) {
    const retry = element("button", { type: "button", class: "inline" }, this.#words.retry);
    const discard = element("button", { type: "button", class: "inline" }, this.#words.discard);
    retry.addEventListener("click", () => this.#talk.retry(message.key));
    discard.addEventListener("click", () => this.#talk.discard(message.key));
    const why = message.error ? `${this.#words.failed}: ${message.error}` : this.#words.failed;
    return [icon("warning", 16), element("span", {}, why), retry, discard];
  }

  /** A bot's links lead to the shop and to us; a person of the shop may point elsewhere on the web. */
  #mayLink(url, from) {
    if (url.origin === location.origin || url.origin === this.#server) return true;
    return from === "staff" && url.protocol === "https:";
  }

  #clock(at) {
    return new Intl.DateTimeFormat(this.#config.language, { hour: "2-digit", minute: "2-digit" }).format(at);
  }

  #dayWords(at) {
    const days = Math.round((Date.parse(dayOf(Date.now())) - Date.parse(dayOf(at))) / 86_400_000);
    if (days === 0) return this.#words.today;
    if (days === 1) return this.#words.yesterday;
    return new Intl.DateTimeFormat(this.#config.language, { day: "numeric", month: "long", year: "numeric" }).format(at);
  }
}

const SIGNS = { queued: "clock", sending: "clock", sent: "check", delivered: "check", read: "check" };

function sameTurn(first, second) {
  if (!first || !second || first.from !== second.from || first.name !== second.name) return false;
  return second.at - first.at < SAME_TURN_MS && dayOf(first.at) === dayOf(second.at);
}

/** Tie one-letter words to the next one, as Polish typography asks: no "z" or "w" ends a line. */
function tied(text) {
  return text.replace(/(^|[\s(„"])([aiouwz]) (?=\p{L})/giu, "$1$2\u00a0");
}

function dayOf(at) {
  const date = new Date(at);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
}
