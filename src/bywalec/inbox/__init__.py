"""Conversations with customers: inboxes, contacts, messages, and the hand-over between bot and people."""
