"""The draft of a screening, the next question, corrections, the running result; and what a conversation is about."""
