/* What the widget says, by language. A message is text or a function of its parts. */

const polish = {
  launcher: "Napisz do nas",
  openChat: (shop) => `Otwórz czat, ${shop}`,
  unread: (count) => `${count} ${plural(count, "nieprzeczytana wiadomość", "nieprzeczytane wiadomości", "nieprzeczytanych wiadomości")}`,
  bot: "Automatyczny asystent (bot)",
  botNamed: (name) => `${name} (bot)`,
  waiting: "Czekasz na pracownika sklepu",
  withPerson: (name) => (name ? `Rozmawia z Tobą ${name}` : "Rozmawia z Tobą pracownik sklepu"),
  resolved: "Rozmowa zakończona",
  close: "Zamknij czat",
  log: "Przebieg rozmowy",
  you: "Ty",
  staff: "Pracownik sklepu",
  today: "Dzisiaj",
  yesterday: "Wczoraj",
  compose: "Twoja wiadomość",
  placeholder: "Napisz wiadomość…",
  send: "Wyślij",
  left: (count) => `Zostało ${count} ${plural(count, "znak", "znaki", "znaków")}`,
  human: "Porozmawiaj z człowiekiem",
  humanAsked: "Prośba o rozmowę z człowiekiem",
  queued: "Czeka na połączenie",
  sending: "Wysyłanie…",
  sent: "Wysłano",
  read: "Przeczytano",
  failed: "Nie wysłano",
  retry: "Wyślij ponownie",
  discard: "Usuń",
  typing: (name) => `${name} pisze…`,
  offline: "Brak połączenia. Wyślemy wiadomości, gdy wróci.",
  reconnecting: "Łączymy ponownie…",
  unknownVisitor: "Sklep nie potwierdził, kim jesteś. Rozmawiasz anonimowo.",
  over: "Możesz jeszcze coś dopisać albo zacząć od nowa.",
  hello: "W czym pomóc?",
  restart: "Zacznij od nowa",
  suggestions: "Najczęstsze pytania",
  suggested: ["Ile mam punktów?", "Do której dziś otwarte?", "Jakie są nagrody?"],
  newer: "Nowe wiadomości",
  queueFull: "Za dużo wiadomości czeka na połączenie. Ta zostaje w polu, wyślij ją później.",
};

const english = {
  launcher: "Write to us",
  openChat: (shop) => `Open the chat, ${shop}`,
  unread: (count) => `${count} unread ${count === 1 ? "message" : "messages"}`,
  bot: "Automated assistant (bot)",
  botNamed: (name) => `${name} (bot)`,
  waiting: "You are waiting for a person",
  withPerson: (name) => (name ? `${name} is talking with you` : "A person is talking with you"),
  resolved: "Conversation ended",
  close: "Close the chat",
  log: "Conversation",
  you: "You",
  staff: "Shop staff",
  today: "Today",
  yesterday: "Yesterday",
  compose: "Your message",
  placeholder: "Write a message…",
  send: "Send",
  left: (count) => `${count} characters left`,
  human: "Talk to a person",
  humanAsked: "Request to talk to a person",
  queued: "Waiting for a connection",
  sending: "Sending…",
  sent: "Sent",
  read: "Read",
  failed: "Not sent",
  retry: "Send again",
  discard: "Delete",
  typing: (name) => `${name} is typing…`,
  offline: "No connection. Your messages will be sent once it is back.",
  reconnecting: "Connecting again…",
  unknownVisitor: "The shop did not confirm who you are. You are talking anonymously.",
  over: "You can still add something, or start anew.",
  hello: "How can we help?",
  restart: "Start anew",
  suggestions: "Frequent questions",
  suggested: ["How many points do I have?", "When do you close today?", "What rewards are there?"],
  newer: "New messages",
  queueFull: "Too many messages wait for a connection. This one stays in the field; send it later.",
};

const LANGUAGES = { pl: polish, en: english };

/** Return the strings of a language, English ones for one we do not speak. */
export function stringsFor(language) {
  return LANGUAGES[language] ?? english;
}

function plural(count, one, few, many) {
  const form = new Intl.PluralRules("pl").select(count);
  return { one, few }[form] ?? many;
}
