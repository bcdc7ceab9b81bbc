"""One root for every error this project raises on purpose."""


class BotError(Exception):
    """Anything this project reports by raising."""


class SettingsError(BotError):
    """A setting cannot be used; the message says which one and what to do."""


class ContentError(BotError):
    """A content file (law, topic, programme, place) is wrong; the message starts with file:line."""


class NotInForce(BotError):
    """A figure or rule was asked for on a day for which none is held."""


class TransitionRefused(BotError):
    """A lead cannot take this step from the state it is in."""


class DeliveryError(BotError):
    """A message could not be handed to its channel."""


class StoreError(BotError):
    """The database cannot be opened, migrated or written."""


class DialogueError(BotError):
    """The dialogue engine did not give an answer."""
