"""khuyencong: what the bot knows and does, below Rasa and below the channels."""
