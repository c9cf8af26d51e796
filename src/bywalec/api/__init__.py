"""The REST interface that is not hot: members, holds, reversals, conversations, understanding; typed by ninja."""
