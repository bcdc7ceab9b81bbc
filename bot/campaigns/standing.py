"""How a recipient stands at the moment of sending: what it agreed to, wants, and was sent before."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from bot.campaigns.decision import Standing
from bot.campaigns.recipients import Recipient
from bot.campaigns.terms import Terms
from bot.people import People, Purpose
from bot.screening.kept import last_words_of
from bot.store import from_text


def standing_of(db: Database, people: People, one: Recipient, terms: Terms | None, moment: datetime) -> Standing:
    """Reads it from the tables; *terms* are those of the recipient's channel, None where campaigns do not go."""
    person = one.person_id
    if person is None or terms is None:
        return Standing(consent=person is not None, reachable=False)
    (other,) = db.query(
        "SELECT max(sent_at) AS last, coalesce(sum(state = 'queued'), 0) AS on_its_way FROM campaign_recipients"
        " WHERE person_id = ? AND id != ?",
        [person, one.id],
    )
    wishes = db.query("SELECT topic, wanted FROM campaign_wishes WHERE person_id = ?", [person])
    return Standing(
        consent=people.has_consent(person, Purpose.CAMPAIGN),
        reachable=any(
            account.reachable and (account.channel, account.chat) == (one.channel, one.chat)
            for account in people.accounts(person)
        ),
        window_open=terms.window is None or terms.open_at(last_words_of(db, person, one.channel), moment),
        wishes={row["topic"]: bool(row["wanted"]) for row in list(wishes)},
        last_campaign=from_text(other["last"]) if other["last"] else None,
        another_on_its_way=bool(other["on_its_way"]),
        asked_for=one.round > 1,
    )
