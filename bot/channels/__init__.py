"""Ways to talk with people: each turns its updates into `IncomingMessage` and shows a `Reply` as well as it can."""
