"""How many questions forty and more households are asked, and that fewer questions never change what comes out."""

from __future__ import annotations

from statistics import median

import pytest

from bot.screening.draft import Draft
from bot.screening.interview import Interview
from bot.screening.persona import Persona
from tests.screening.simulation import TODAY, an_interview, personas, play

PERSONAS = personas()


@pytest.fixture(scope="module")
def interview() -> Interview:
    return an_interview()


def test_there_are_forty_and_more_households() -> None:
    assert len(PERSONAS) >= 40
    assert sum(persona.group == "excluded" for persona in PERSONAS) >= 8


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.id)
def test_a_household_hears_the_verdict_that_its_facts_lead_to(persona: Persona, interview: Interview) -> None:
    played = play(interview, persona)

    assert persona.expected == {name: played.verdicts.get(name) for name in persona.expected}


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.id)
def test_a_question_is_put_once(persona: Persona, interview: Interview) -> None:
    asked = [question for question in play(interview, persona, own_words=False).asked if question != "need"]

    assert sorted(set(asked)) == sorted(asked)


@pytest.mark.parametrize(
    "persona", [one for one in PERSONAS if one.group == "excluded"], ids=lambda persona: persona.id
)
def test_who_is_clearly_excluded_hears_it_after_three_questions_at_most(persona: Persona, interview: Interview) -> None:
    assert len(play(interview, persona).asked) <= 3


def test_a_typical_household_answers_nine_questions_at_most(interview: Interview) -> None:
    asked = [len(play(interview, persona).asked) for persona in PERSONAS if persona.group != "excluded"]

    assert median(asked) <= 9
    assert max(asked) <= 12


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.id)
def test_a_first_message_tells_nothing_that_is_not_true(persona: Persona, interview: Interview) -> None:
    told = interview.take_from_text(Draft("p", {}), persona.opening, TODAY)
    names = [
        "legal_form",
        "registered",
        "activity",
        "trade_group",
        "employees",
        "need",
        "machine.price",
        "machine.condition",
        "machine.bought",
        "machine.line",
    ]
    heard = {name: told.fact(name) for name in names if told.knows(name)}

    assert {name: persona.truth(name) for name in heard} == heard


@pytest.mark.parametrize("text", ["chưa", "rồi", "có", "không", "ừ", "chua"])
def test_a_bare_yes_or_no_answers_no_other_question(text: str, interview: Interview) -> None:
    draft = Draft("p", {"need": ["machinery"], "legal_form": "household_business", "registered": True})

    assert interview.take(draft, "trade_group", text, TODAY).draft is None


@pytest.mark.parametrize(
    ("text", "registered"),
    [
        ("hộ kinh doanh tôi có giấy, làm gốm", True),
        ("ho kinh doanh da dang ky roi, lam gom", True),
        ("hộ kinh doanh tôi làm gốm", None),
        ("hộ kinh doanh chưa có giấy, làm gốm", None),
    ],
)
def test_papers_named_with_the_legal_form_are_taken(text: str, registered: bool | None, interview: Interview) -> None:
    assert interview.take_from_text(Draft("p", {}), text, TODAY).facts.get("registered") is registered


@pytest.mark.parametrize("text", ["gạch nung lò thủ công", "gach lo vong", "lò gạch thủ công"])
def test_bricks_from_an_old_kiln_are_out_whatever_their_words_remind_of(text: str, interview: Interview) -> None:
    told = {"need": ["machinery"], "legal_form": "household_business", "registered": True}
    reading = interview.take(Draft("p", told), "trade_group", text, TODAY)

    assert reading.draft is not None
    assert [str(result.verdict) for result in interview.results(reading.draft, TODAY)] == ["not_eligible"]
