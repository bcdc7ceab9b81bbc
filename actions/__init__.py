"""Rasa's custom actions: what the dialogue decided → one typed call → replies. Thin."""
