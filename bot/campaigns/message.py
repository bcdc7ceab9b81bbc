"""The notice that a campaign puts into the outbox; `replies` puts it into words when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.campaigns.campaign import Button, Campaign, Value


@dataclass(frozen=True, slots=True)
class Said:
    """One of the campaign's own values; at most one of the last three is there."""

    name: str
    count: int | None = None
    day: date | None = None
    words: str | None = None

    @property
    def value(self) -> Value | None:
        """The value, whatever its kind; None while it is to be filled in."""
        return next((value for value in (self.day, self.count, self.words) if value is not None), None)

    @classmethod
    def of(cls, name: str, value: Value | None) -> Said:
        """The value under its kind."""
        if value is None:
            return cls(name)
        if isinstance(value, date):
            return cls(name, day=value)
        return cls(name, count=value) if isinstance(value, int) else cls(name, words=value)


@dataclass(frozen=True, slots=True)
class CampaignMessage:
    """One campaign's message to one person."""

    kind: ClassVar[str] = "campaign_message"
    key: str
    topic: str
    programme: str | None
    text: str
    day: date
    """Whose figures are stated."""
    name: str | None = None
    place: str | None = None
    values: tuple[Said, ...] = ()
    buttons: tuple[Button, ...] = ()
    attachment: str | None = None
    """The path of a file on this machine."""
    trial: bool = False
    """Goes to one of the staff, who looks at it: what is pressed under it counts for nothing."""


def message_for(
    campaign: Campaign, day: date, *, name: str | None = None, place: str | None = None, trial: bool = False
) -> CampaignMessage:
    """What *campaign* says to a person on *day*, or as a *trial* to one of the staff."""
    return CampaignMessage(
        key=campaign.key,
        topic=campaign.topic,
        programme=campaign.programme,
        text=campaign.text,
        day=day,
        name=name,
        place=place,
        values=tuple(Said.of(key, value) for key, value in campaign.values.items()),
        buttons=campaign.buttons,
        attachment=str(campaign.attachment) if campaign.attachment else None,
        trial=trial,
    )


NOTICES = (CampaignMessage,)
"""All kinds, for `outbox.Notices`."""
