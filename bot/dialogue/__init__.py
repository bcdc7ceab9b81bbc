"""What to do next in a conversation: Rasa, in this process or behind HTTP, behind one Protocol."""

from bot.dialogue.protocol import Dialogue, Reading, Utterance

__all__ = ["Dialogue", "Reading", "Utterance"]
