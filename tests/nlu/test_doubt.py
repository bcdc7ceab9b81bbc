"""Doubt is spoken: readings, then a person; no sentence twice in a row; no figure that nobody asked a sure question for."""

import itertools
import re
import time

import pytest

from tests.nlu.talk import DOUBTFUL, UNREADABLE

pytestmark = pytest.mark.model

NOT_OURS = (
    "hôm nay trời mưa quá",
    "đội nào vô địch cúp năm nay",
    "chỉ tui nấu bún bò",
    "mở bài hát nào vui vui đi",
    "mấy giờ tàu chạy ra Huế",
)
INSULTS = ("đồ ngu như bò", "cút đi đồ chó", "ngu quá trời ngu", "mẹ mày")
NOISE = ("asdf qwer zxcv", "🤖🤖🤖", "qzx wvk", "....", "lkj lkj lkj")
ENGLISH = (
    "what is this service about",
    "can you help me buy a new machine",
    "how much money do you give to a small company",
    "which documents should I prepare for the application",
)


@pytest.mark.parametrize(
    "texts", [DOUBTFUL, NOT_OURS, INSULTS, NOISE, ENGLISH], ids=["doubtful", "not ours", "insults", "noise", "english"]
)
async def test_no_sentence_is_said_twice_in_a_row(talking, texts):
    person = talking.person()
    said = [await person.says(text) for text in (*texts, *texts)]

    assert [one for one, next_one in itertools.pairwise(said) if one == next_one] == []


@pytest.mark.parametrize("texts", [NOT_OURS, INSULTS, NOISE, ENGLISH], ids=["not ours", "insults", "noise", "english"])
async def test_no_figure_answers_what_is_no_question(talking, texts):
    person = talking.person()

    assert [said for text in texts if re.search(r"\d", said := await person.says(text))] == []


async def test_the_first_doubt_offers_readings_or_a_way_on_and_the_second_a_person(talking):
    wrong = []
    for first, second in itertools.permutations(NOISE[:3], 2):
        person = talking.person()
        await person.says(first)
        offered = person.buttons
        await person.says(second)
        if not offered or not {"Được", "Gặp người phụ trách"} & set(person.buttons):
            wrong.append((first, second, offered, person.buttons))

    assert wrong == []


async def test_two_or_three_readings_are_offered_and_one_press_answers(talking):
    person, offered = None, ()
    for text in DOUBTFUL:
        person = talking.person()
        await person.says(text)
        if "Ý khác" in person.buttons:
            offered = person.buttons
            break

    assert person is not None
    assert len(offered) in {3, 4}
    await person.presses(offered[0])
    assert set(person.outcomes) <= {"answered", "unverified", "out_of_scope"}


async def test_none_of_the_readings_is_not_yet_a_wish_for_a_person(talking):
    person = talking.person()
    for text in DOUBTFUL:
        person = talking.person()
        await person.says(text)
        if "Ý khác" in person.buttons:
            break
    said = await person.presses("Ý khác")

    assert "Để cán bộ trả lời anh/chị cho chắc, được không?" in said
    assert person.buttons == ("Được", "Thôi, hỏi lại")


@pytest.mark.parametrize("text", ENGLISH)
async def test_english_gets_a_line_in_english(talking, text):
    assert "questions about state support" in await talking.person().says(text)


@pytest.mark.parametrize("text", ["你好，请问你们是做什么的？", "សួស្តី តើអ្នកជួយអ្វីបាន", "สวัสดีครับ", "Здравствуйте, кто вы?"])
async def test_another_script_is_told_what_is_done_here(talking, text):
    assert "khuyến công" in await talking.person().says(text)


@pytest.mark.parametrize("text", INSULTS)
async def test_an_insult_gets_one_calm_line(talking, text):
    person = talking.person()
    await person.says(text)

    assert person.outcomes == ("refused",)
    assert len(person.replies) == 1


SAFETY = (
    "thong tin cua toi co bi lo khong",
    "lỡ lộ số điện thoại của tôi thì sao",
    "may thong tin do co ai coi duoc khong",
    "giu so dien thoai cua toi lam chi vay",
    "dữ liệu khai ở đây có đem bán không",
)
ERASE = (
    "xoa thong tin cua toi di",
    "xóa giùm những gì tôi đã khai",
    "toi muon xoa so dien thoai da cho",
)


@pytest.mark.parametrize("text", SAFETY)
async def test_asking_whether_ones_data_is_safe_erases_nothing(talking, text):
    person = talking.person()
    await person.says(text)

    assert [reply.topic for reply in person.replies] == ["personal_data"]


@pytest.mark.parametrize("text", ERASE)
async def test_wanting_ones_data_gone_is_asked_back_once(talking, text):
    person = talking.person()
    await person.says(text)

    assert person.buttons == ("Xóa hết", "Giữ lại")


async def test_an_answer_that_cannot_be_read_is_asked_again_in_other_words_every_time(talking):
    person = talking.person()
    await person.says("kiểm tra xưởng của tôi có được hỗ trợ không")
    said, ways_on = [], set[str]()
    for text in UNREADABLE:
        said.append(await person.says(text))
        ways_on |= {"Bỏ qua", "Được"} & set(person.buttons)

    assert [one for one, next_one in itertools.pairwise(said) if one == next_one] == []
    assert ways_on


@pytest.mark.parametrize("piece", ["máy ", "a", "😀", "\u200b", "ă\u0301\u0323"], ids=ascii)
async def test_a_hundred_thousand_characters_hold_nobody_up(talking, piece):
    begun = time.perf_counter()
    said = await talking.person().says((piece * 100_000)[:100_000])

    assert "dài quá" in said
    assert time.perf_counter() - begun < 5
