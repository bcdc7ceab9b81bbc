"""Papers on request: a draft request and a one-page summary of what was told."""

from __future__ import annotations

import re

from actions.asking import put_again
from actions.turn import BotAction, Turn
from bot.documents import attachment_for, describe
from bot.documents.render import DRAFT_REQUEST, SUMMARY
from bot.language import fold
from bot.replies import screening as words
from bot.replies.reply import Reply

_SUMMARY = re.compile(r"tom tat|mot trang|1 trang|to giay|\bphieu\b")


class SendPaper(BotAction):
    """The person wants a paper to take along."""

    called = "action_send_paper"

    def replies(self, turn: Turn) -> list[Reply]:
        """The paper that the button names, or that the words mean; then the open question again."""
        draft = turn.draft
        if not draft.facts:
            return [words.nothing_told()]
        services = turn.services
        kind = str(turn.data.get("paper") or (SUMMARY if _SUMMARY.search(fold(turn.text)) else DRAFT_REQUEST))
        known = services.people.contact(turn.person)
        paper = describe(
            draft.facts,
            services.interview.results(draft, turn.day),
            services.programmes,
            services.law,
            turn.day,
            name=known.name,
            phone=known.phone,
        )
        return [words.paper(attachment_for(kind, paper)), *put_again(turn)]
