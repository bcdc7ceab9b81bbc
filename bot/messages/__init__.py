"""A message's way in: inbox, order per chat, the turn, its replies into the outbox; and the sender."""
