"""The door for visitors of a shop's website: the chat as one custom element, and a page to try it on."""
