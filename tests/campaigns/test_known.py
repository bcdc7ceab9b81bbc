"""Segments over what the database holds of people: drafts, papers, conversations, answers and chats."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.campaigns.answers import How, record
from bot.screening.memory import Memory, remember
from tests.campaigns.centre import ELIGIBLE, Centre


@pytest.fixture
def people(centre: Centre) -> Centre:
    """Four who agreed: a potter who finished, a company in a phường, one without papers, one who said nothing."""
    potter = centre.person("potter", facts={**ELIGIBLE, **dict.fromkeys(("timing", "violations"), None)})
    company = centre.person(
        "company",
        channel="zalo_bot",
        facts={
            "need": ["machinery"],
            "legal_form": "enterprise",
            "registered": True,
            "trade_group": "mechanical_electrical_supporting",
            "place": {
                "old": None,
                "new_unit": "Phường Dĩ An",
                "unit_type": "phuong",
                "province": "Thành phố Hồ Chí Minh",
            },
        },
    )
    centre.person("no papers", facts={"legal_form": "unregistered", "trade_group": "handicraft"})
    centre.person("silent", facts={})
    centre.person("never agreed", agreed=False)
    with centre.store.transaction() as db:
        remember(db, Memory(f"{potter}.telegram"), centre.clock.now() - timedelta(days=3))
        remember(db, Memory(f"{company}.zalo_bot"), centre.clock.now() - timedelta(days=60))
        record(db, potter, "fair-2026", How.CHECK, centre.clock.now())
    return centre


@pytest.mark.parametrize(
    ("segment", "chats"),
    [
        ("place: Xã Phú Giáo", {"potter"}),
        ("place: Huyện Phú Giáo", {"potter"}),
        ("place: [Thành phố Dĩ An, Xã Phú Giáo]", {"potter", "company"}),
        ("trade: handicraft", {"potter", "no papers"}),
        ("registered: false", {"no papers"}),
        ("registered: true", {"potter", "company"}),
        ("verdict: {programme: fair_domestic, is: eligible}", {"potter"}),
        ("verdict: {programme: fair_domestic, is: not_eligible}", {"no papers"}),
        ("screening: none", {"silent"}),
        ("screening: unfinished", {"company", "no papers"}),
        ("screening: finished", {"potter"}),
        ("last_contact: {within_days: 7}", {"potter"}),
        ("last_contact: {older_than_days: 30}", {"company", "no papers", "silent"}),
        ("answered: {campaign: fair-2026, how: check}", {"potter"}),
        ("channel: zalo_bot", {"company"}),
        ("language: vi", {"potter", "company", "no papers", "silent"}),
        ("all: []", {"potter", "company", "no papers", "silent"}),
        ("all: [{trade: handicraft}, {not: {registered: false}}]", {"potter"}),
    ],
)
async def test_a_segment_is_found_in_what_people_told(segment: str, chats: set[str], people: Centre) -> None:
    people.scheduled(f"segment:\n  {segment}\n")
    people.book.start("fair")

    rows = people.store.db.conn.execute("SELECT chat FROM campaign_recipients").fetchall()
    assert chats == {chat for (chat,) in rows}
