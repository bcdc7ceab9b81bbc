"""Pictures, voice, stickers, files and positions get an answer that helps; the words to a picture are read."""

import itertools

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("media", "named"),
    [
        ("photo", "hình"),
        ("voice", "tin thoại"),
        ("audio", "tin thoại"),
        ("video", "đoạn phim"),
        ("sticker", "nhãn dán"),
        ("file", "tệp"),
        ("other", "tệp"),
    ],
)
async def test_what_cannot_be_seen_is_named_and_a_call_back_offered(talking, media, named):
    person = talking.person()

    assert named in await person.shares(media)
    assert "Gặp người phụ trách" in person.buttons


async def test_an_album_does_not_get_the_same_line_again_and_again(talking):
    person = talking.person()
    said = [await person.shares("photo") for _ in range(4)]

    assert [one for one, following in itertools.pairwise(said) if one == following] == []


async def test_the_words_to_a_picture_are_answered_and_the_picture_is_not_passed_over(talking):
    person = talking.person()
    said = await person.shares("photo", caption="máy cũ có được hỗ trợ không")

    assert said.startswith("Chưa xem được hình")
    assert [reply.topic for reply in person.replies if reply.topic] == ["used_machine"]


async def test_a_picture_in_the_middle_of_a_question_puts_the_question_again(talking):
    person = talking.person()
    await person.says("kiểm tra xưởng của tôi có được hỗ trợ không")
    question = person.replies[-1].question
    await person.shares("voice")

    assert question is not None
    assert person.replies[-1].question == question


async def test_a_position_becomes_the_place(talking):
    person = talking.person()

    assert "Phú Giáo" in await person.is_at(11.2833, 106.7833)


async def test_a_position_far_away_is_told_so(talking):
    assert "Phú Giáo" not in await talking.person().is_at(48.85, 2.35)
