"""Buttons further up in the chat: whoever presses one is answered kindly, and never told that nothing was understood."""

import pytest

from bot.messages.incoming import IncomingMessage, Kind

pytestmark = pytest.mark.model

SAYS = "xưởng em làm gốm ở xã Phú Giáo 8 thợ tính mua lò nung gas 400tr"
USUAL = ("Hộ kinh doanh có giấy", "Chưa", "Đủ", "Máy mới", "Chưa mua", "Máy lẻ")


async def shown(person, ids: dict[str, str]) -> None:
    ids |= {choice.title: person._id_of(choice) for reply in person.replies for choice in reply.choices}


async def press(person, button: str) -> str:
    return await person._does(
        IncomingMessage("web", person.chat, person.office.next_update(), Kind.BUTTON, button=button)
    )


async def finished(talking):
    """Somebody who has just seen the result, and every button that was shown on the way."""
    person, ids = talking.person(), {}
    said = await person.says(SAYS)
    while "sơ bộ" not in said:
        await shown(person, ids)
        said = await person.presses(next(title for title in USUAL if title in person.buttons))
    await shown(person, ids)
    return person, ids


async def test_another_answer_after_the_result_changes_it(talking):
    person, ids = await finished(talking)
    said = await press(person, ids["Máy cũ"])

    assert said.startswith("Đã sửa")
    assert "máy cũ" in said
    assert "Kết quả thay đổi" in said


@pytest.mark.parametrize("title", ["Máy lẻ", "Vì sao hỏi?"])
async def test_one_that_changes_nothing_is_called_old(talking, title):
    person, ids = await finished(talking)
    said = [await press(person, ids[title]) for _ in range(2)]

    assert [one for one in said if "Nút này đã cũ" not in one] == []


async def test_after_everything_was_erased_an_old_answer_is_called_old(talking):
    person, ids = await finished(talking)
    await person.says("xóa hết dữ liệu của tôi")
    await person.presses("Xóa hết")
    said = await press(person, ids["Máy cũ"])

    assert "Nút này đã cũ" in said


async def test_in_the_middle_an_earlier_answer_is_changed_and_the_open_question_stays(talking):
    person, ids = talking.person(), {}
    await person.says(SAYS)
    await shown(person, ids)
    await person.presses("Hộ kinh doanh có giấy")
    open_question = [reply.question for reply in person.replies if reply.question]
    said = await press(person, ids["Công ty"])

    assert "Chưa hiểu" not in said
    assert [reply.question for reply in person.replies if reply.question] == open_question
