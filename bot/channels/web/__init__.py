"""The chat page and its JSON interface."""
