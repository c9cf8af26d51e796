"""The assistant: understands, decides, acts through skills, and speaks only from evidence."""
