/* The open chat: a dialog with the conversation, the field to write in and the way to a person. On a phone it fills
   the screen and keeps the focus inside; elsewhere it lies beside the page, which stays usable. */

import { element, initialOf } from "./dom.js";
import { icon } from "./icons.js";
import { panelSheet } from "./style.js";
import { Talk } from "./talk.js";
import { Thread } from "./thread.js";

const TEXT_MAX = 4000;
const TEXT_NEARLY = 3600;
const RECONNECTING_AFTER_MS = 3000;
const phone = matchMedia("(max-width: 480px), (max-height: 420px)");

export class Panel {
  #options;
  #words;
  #talk;
  #thread;
  #dialog;
  #parts = {};
  #drawing = false;
  #connectedAt = Date.now();

  constructor(options) {
    this.#options = options;
    this.#words = options.words;
    const { host, root, server, shelf, config } = options;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, panelSheet()];
    this.#build();
    root.append(this.#dialog);
    this.#talk = new Talk({ host, server, shelf, config, inbox: host.dataset.inbox, onChange: () => this.#changed() });
    this.#thread = new Thread({ list: this.#parts.log, words: this.#words, config, server, talk: this.#talk });
    phone.addEventListener("change", () => this.#dialog.open && this.#reopen());
    visualViewport?.addEventListener("resize", () => this.#fit());
    visualViewport?.addEventListener("scroll", () => this.#fit());
    this.#draw();
  }

  open() {
    if (this.#dialog.open) return;
    this.#show();
    this.#options.onToggle(true);
    this.#draw();
    this.#thread.toEnd();
    // A phone's keyboard would cover the greeting before it is read.
    if (phone.matches) this.#parts.close.focus();
    else this.#parts.text.focus();
  }

  close() {
    if (this.#dialog.open) this.#dialog.close();
  }

  // ---- building ----------------------------------------------------------------------------------------------------

  #build() {
    const words = this.#words;
    const { config } = this.#options;
    const parts = this.#parts;
    parts.state = element("p", { class: "state", id: "state", role: "status" });
    parts.close = element("button", { class: "quiet", type: "button", "aria-label": words.close }, icon("down", 20));
    parts.log = element("div", {
      class: "log", role: "log", tabindex: "0", "aria-label": words.log, "aria-live": "polite", "aria-relevant": "additions",
    });
    parts.newer = element("button", { class: "newer", type: "button", hidden: true }, icon("down", 16), words.newer);
    parts.typing = element("p", { class: "typing", role: "status" });
    parts.notice = element("p", { class: "notice", role: "status" });
    parts.suggestions = element(
      "div",
      { class: "suggestions", role: "group", "aria-label": words.suggestions },
      ...words.suggested.map((text) => element("button", { type: "button", class: "suggestion" }, text)),
    );
    parts.text = element("textarea", {
      id: "text", rows: 1, maxlength: TEXT_MAX, placeholder: words.placeholder, enterkeyhint: "send", autocomplete: "off",
      "aria-label": words.compose, "aria-describedby": "left",
    });
    parts.left = element("p", { class: "left", id: "left", "aria-live": "polite" });
    parts.send = element("button", { class: "send", type: "submit", "aria-label": words.send }, icon("send", 20));
    parts.form = element("form", { class: "composer" }, parts.text, parts.send);
    parts.human = element("button", { class: "human", type: "button" }, icon("person", 16), element("span", {}, words.human));
    parts.with = element("p", { class: "with", hidden: true }, icon("person", 16), element("span"));
    parts.restart = element("button", { class: "restart", type: "button", hidden: true }, words.restart);
    this.#dialog = element(
      "dialog",
      { class: "panel", "aria-labelledby": "title", "aria-describedby": "state" },
      element(
        "header",
        {},
        element("span", { class: "face", "aria-hidden": "true" }, initialOf(config.name)),
        element("div", { class: "names" }, element("h2", { id: "title" }, config.name), parts.state),
        parts.close,
      ),
      element("div", { class: "room" }, parts.log, parts.newer),
      element(
        "footer",
        {},
        parts.typing,
        parts.suggestions,
        parts.notice,
        parts.form,
        parts.left,
        element("div", { class: "below" }, parts.human, parts.with, parts.restart),
      ),
    );
    this.#wire();
  }

  #wire() {
    const { close, form, text, human, restart, suggestions, log, newer } = this.#parts;
    close.addEventListener("click", () => this.close());
    this.#dialog.addEventListener("close", () => this.#options.onToggle(false));
    this.#dialog.addEventListener("keydown", (event) => this.#key(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    text.addEventListener("input", () => this.#grow());
    text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    human.addEventListener("click", () => {
      this.#talk.askForPerson();
      this.#thread.toEnd();
    });
    restart.addEventListener("click", () => {
      this.#talk.restart();
    });
    suggestions.addEventListener("click", (event) => {
      const chosen = event.target.closest("button");
      if (!chosen) return;
      this.#talk.say(chosen.textContent);
      this.#thread.toEnd();
    });
    log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    newer.addEventListener("click", () => this.#thread.toEnd());
  }

  // ---- acting ------------------------------------------------------------------------------------------------------

  #send() {
    const { text } = this.#parts;
    const words = text.value.trim();
    if (!words) return;
    if (!this.#talk.say(words)) {
      this.#notice(this.#words.queueFull, "warning");
      return;
    }
    text.value = "";
    this.#grow();
    this.#thread.toEnd();
  }

  #key(event) {
    // The page underneath may have shortcuts of its own; what is typed here is not meant for them.
    event.stopPropagation();
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      this.close();
    }
  }

  #grow() {
    const { text, left } = this.#parts;
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight}px`;
    left.textContent = text.value.length > TEXT_NEARLY ? this.#words.left(TEXT_MAX - text.value.length) : "";
  }

  #show() {
    if (phone.matches) this.#dialog.showModal();
    else this.#dialog.show();
    this.#fit();
  }

  #reopen() {
    const focused = this.#options.root.activeElement;
    const { onToggle } = this.#options;
    this.#options.onToggle = () => {};
    this.#dialog.addEventListener("close", () => (this.#options.onToggle = onToggle), { once: true });
    this.#dialog.close();
    this.#show();
    focused?.focus();
  }

  /** Keep the dialog in the part of a phone's screen that the keyboard leaves free. */
  #fit() {
    if (!this.#dialog.open || !phone.matches || !visualViewport) return;
    this.#dialog.style.setProperty("--free-height", `${visualViewport.height}px`);
    this.#dialog.style.setProperty("--free-top", `${visualViewport.offsetTop}px`);
    this.#dialog.classList.toggle("narrowed", innerHeight - visualViewport.height > 120);
    if (this.#thread?.atEnd) this.#thread.toEnd();
  }

  // ---- drawing -----------------------------------------------------------------------------------------------------

  #changed() {
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      if (this.#talk) this.#draw();
    });
  }

  #draw() {
    const talk = this.#talk;
    const focused = this.#options.root.activeElement;
    const { suggestions, human, restart, state } = this.#parts;
    const withPerson = talk.waiting || Boolean(talk.person) || talk.asked;
    this.#thread.draw();
    if (state.textContent !== this.#stateWords()) state.textContent = this.#stateWords();
    state.classList.toggle("with-person", Boolean(talk.person));
    suggestions.hidden = talk.started;
    human.hidden = withPerson;
    this.#parts.with.hidden = !withPerson;
    this.#parts.with.lastElementChild.textContent = this.#stateWords();
    restart.hidden = talk.status !== "resolved";
    this.#drawTyping();
    this.#drawNotice();
    this.#drawUnread();
    this.#scrolled();
    // What had the focus may be gone; it goes on where one writes (on a phone without calling up the keyboard).
    if (focused && this.#dialog.open && !focused.checkVisibility()) (phone.matches ? this.#parts.log : this.#parts.text).focus();
  }

  #stateWords() {
    const { person, waiting, asked, status } = this.#talk;
    if (person) return this.#words.withPerson(person.name);
    if (waiting || asked) return this.#words.waiting;
    return status === "resolved" ? this.#words.resolved : this.#words.bot;
  }

  #drawTyping() {
    const { typing } = this.#talk;
    const { config } = this.#options;
    const who = typing?.who === "staff" ? typing.name || this.#words.staff : this.#words.botNamed(config.bot_name);
    const shown = typing ? this.#words.typing(who) : "";
    if (this.#parts.typing.dataset.shown === shown) return;
    this.#parts.typing.dataset.shown = shown;
    const dots = element("span", { class: "dots", "aria-hidden": "true" }, ...[0, 1, 2].map(() => element("i")));
    this.#parts.typing.replaceChildren(...(typing ? [dots, shown] : []));
  }

  #drawNotice() {
    const talk = this.#talk;
    const kept = Boolean(this.#options.shelf.conversation());
    if (talk.connected) this.#connectedAt = Date.now();
    const away = kept && !talk.connected && talk.everConnected && Date.now() - this.#connectedAt > RECONNECTING_AFTER_MS;
    if (!navigator.onLine) this.#notice(this.#words.offline, "warning");
    else if (away) this.#notice(this.#words.reconnecting, "clock");
    else if (talk.anonymousInstead) this.#notice(this.#words.unknownVisitor, "warning");
    else if (talk.status === "resolved") this.#notice(this.#words.over, "check");
    else this.#notice("", null);
  }

  #notice(words, sign) {
    const { notice } = this.#parts;
    if (notice.dataset.shown === words) return;
    notice.dataset.shown = words;
    notice.replaceChildren(...(words ? [icon(sign, 16), element("span", {}, words)] : []));
  }

  #drawUnread() {
    const { shelf, onUnread } = this.#options;
    if (this.#dialog.open && document.visibilityState === "visible") shelf.keepSeen(this.#talk.lastNumber);
    const seen = shelf.seen();
    const unread = [...this.#talk.messages.values()].filter((one) => one.from !== "customer" && one.number > seen);
    onUnread(this.#dialog.open ? 0 : unread.length);
  }

  #scrolled() {
    this.#parts.newer.hidden = !this.#thread.hasUnseenBelow();
  }
}
