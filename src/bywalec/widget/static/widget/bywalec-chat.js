/* <bywalec-chat>: the shop's counter on any website. This file is all a page loads at first: it shows the button that
   opens the chat. The panel comes on first open, or at once for a visitor who has a conversation already.

   Attributes: data-inbox (public token of the inbox, needed), data-token (word of the shop's server on who the visitor
   is, optional), data-token-url (where a fresh one is fetched from), data-lang (pl, en), data-accent (#rrggbb),
   data-theme (light, dark). */

import { shelfFor } from "./shelf.js";
import { launcherSheet } from "./style.js";
import { stringsFor } from "./strings.js";
import { icon } from "./icons.js";
import { element } from "./dom.js";

const SERVER = new URL(import.meta.url).origin;

class BywalecChat extends HTMLElement {
  #root = this.attachShadow({ mode: "open" });
  #launcher = null;
  #badge = null;
  #panel = null;
  #config = null;
  #shelf = null;

  connectedCallback() {
    if (this.#shelf || !this.dataset.inbox) return;
    this.#shelf = shelfFor(this.dataset.inbox);
    this.#start();
  }

  /** Open the chat, as a press on the button does. */
  async open() {
    const panel = await this.#loaded();
    panel?.open();
  }

  /** Close the chat; the conversation goes on when it is opened again. */
  close() {
    this.#panel?.then((panel) => panel?.close());
  }

  async #start() {
    this.#config = await this.#fetchConfig();
    if (!this.#config) return;
    const words = stringsFor(this.#config.language);
    this.lang = this.#config.language;
    this.#root.adoptedStyleSheets = [launcherSheet(this.#config.accent)];
    this.#badge = element("span", { class: "badge", hidden: true, "aria-hidden": "true" });
    this.#launcher = element(
      "button",
      { class: "launcher", type: "button", "aria-haspopup": "dialog", "aria-expanded": "false" },
      icon("chat", 24),
      element("span", { class: "word" }, words.launcher),
      this.#badge,
    );
    this.#launcher.addEventListener("click", () => this.open());
    this.#root.append(this.#launcher);
    this.#showUnread(0, words);
    if (this.#shelf.conversation()) await this.#loaded();
  }

  #loaded() {
    if (!this.#config) return Promise.resolve(null);
    this.#panel ??= import("./panel.js").then(({ Panel }) => {
      const words = stringsFor(this.#config.language);
      return new Panel({
        host: this,
        root: this.#root,
        server: SERVER,
        shelf: this.#shelf,
        config: this.#config,
        words,
        onToggle: (opened) => this.#toggled(opened),
        onUnread: (count) => this.#showUnread(count, words),
      });
    });
    return this.#panel;
  }

  #toggled(opened) {
    this.#launcher.hidden = opened;
    this.#launcher.setAttribute("aria-expanded", String(opened));
    if (!opened) this.#launcher.focus();
    this.dispatchEvent(new CustomEvent(opened ? "bywalec:open" : "bywalec:close", { bubbles: true, composed: true }));
  }

  #showUnread(count, words) {
    this.#badge.hidden = count === 0;
    this.#badge.textContent = count > 9 ? "9+" : count || "";
    const label = count ? `${words.openChat(this.#config.name)}, ${words.unread(count)}` : words.openChat(this.#config.name);
    this.#launcher.setAttribute("aria-label", label);
  }

  async #fetchConfig() {
    const query = new URLSearchParams({ inbox: this.dataset.inbox });
    const language = this.dataset.lang || document.documentElement.lang || navigator.language;
    if (language) query.set("lang", language);
    if (this.dataset.accent) query.set("accent", this.dataset.accent);
    try {
      const answer = await fetch(`${SERVER}/widget/config?${query}`, { credentials: "omit" });
      if (!answer.ok) {
        const problem = await answer.json().catch(() => ({}));
        console.warn(`bywalec-chat: ${problem.detail ?? answer.status}. ${problem.remedy ?? ""}`);
        return null;
      }
      const config = await answer.json();
      if (this.#shelf.conversation()) this.#shelf.keepConfig(config);
      return config;
    } catch {
      // Without the server there is nobody to talk to, unless a conversation waits here to go on.
      return this.#shelf.config();
    }
  }
}

if (!customElements.get("bywalec-chat")) customElements.define("bywalec-chat", BywalecChat);
