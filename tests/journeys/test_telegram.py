"""The main job on Telegram, from a deep link to the collaborator who calls, and what goes wrong on the way."""

import asyncio
import json
import re

import pytest

from bot.channels.taps import SAME_PRESS_SECONDS
from bot.leads import orphans
from tests.journeys.people import PATIENCE, collaborator, question_in, screened, texts

pytestmark = [pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]


async def test_a_household_asks_is_screened_and_called(service, peer, household):  # noqa: PLR0915  # one story
    mau, tran = [
        await collaborator(service, peer, name, number)
        for name, number in (("Nguyễn Văn Mẫu", 901), ("Trần Thị Mẫu", 902))
    ]
    hoa = household(1001, "Hoa")

    # A deep link; a question without accents, answered with its source.
    [hello] = await hoa.starts("toroi_phugiao")
    [answer] = await hoa.says("mua may duoc ho tro bao nhieu")
    assert "khuyến công" in hello.text
    assert [
        words for words in ("50%", "300 triệu", "khoản 4 Điều 8", "28/2018/TT-BTC") if words not in answer.text
    ] == []

    # The screening, with a policy question in the middle of it.
    begun = await hoa.says("xem giúp xưởng tôi có được hỗ trợ mua máy không")
    first = question_in(begun)
    interrupted = await hoa.says("ngành nghề nào được hưởng chính sách khuyến công?")
    assert "45/2012/NĐ-CP" in interrupted[0].text
    assert question_in(interrupted) == first
    asked, result = await screened(hoa, interrupted)
    assert len(asked) == len(set(asked))
    verdict = texts(result)
    assert "có thể đủ điều kiện, kết quả sơ bộ" in verdict
    assert "120 triệu" in verdict
    assert "được duyệt" not in verdict

    # A correction changes the result; a second one changes it back.
    used = texts(await hoa.says("à quên, máy cũ chứ không phải máy mới"))
    new = texts(await hoa.says("nhầm, máy mới"))
    assert "cần cán bộ xem" in used
    assert "có thể đủ điều kiện" in new

    # Consent, name, phone by sharing the contact; a reference number.
    [consent] = await hoa.taps("Gửi cho cán bộ")
    assert "đồng ý" in consent.text
    [name] = await hoa.taps("Đồng ý")
    [phone] = await hoa.says("Chị Hoa bánh tráng")
    assert "cho xin tên" in name.text
    assert hoa.user.keyboard == ["Gửi số điện thoại của tôi"]
    [passed] = await hoa.shares_contact("84903123456")
    [number] = re.findall(r"KC-\d+", passed.text)
    assert ("Số điện thoại" in phone.text, hoa.user.keyboard) == (True, [])

    # The card: what it is, what it wants, the verdict, how to reach it. Its first reader is busy.
    [reader, other] = [tran, mau] if tran.new() else [mau, tran]
    card = reader.user.inbox[-1]
    assert [
        w for w in (number, "Xã Phú Giáo", "240 triệu", "bánh tráng", "Chị Hoa", "0903 123 456") if w not in card.text
    ] == []
    assert card.titles[:2] == ["Nhận", "Từ chối"]
    assert number not in texts(other.user.inbox)
    take_of_reader = reader.data_of("Nhận")
    await reader.taps("Từ chối")
    [thanks] = await reader.taps("Đang bận")
    assert number in thanks.text
    await reader.user.until(lambda seen: any(one.id == card.id and one.edited for one in seen), PATIENCE)
    left = reader.shown(card.id)
    assert ("0903" in left.text, left.titles) == (False, [])

    # The next one takes it; the household hears who will call.
    [again] = await other.hears(number)
    assert "Chị Hoa" in again.text
    take_of_other = other.data_of("Nhận")
    taken = await other.taps("Nhận", again.id)
    assert "Cảm ơn anh/chị đã nhận" in texts(taken)
    [told] = await hoa.hears(number)
    assert ("Mẫu" in told.text, "sẽ gọi" in told.text) == (True, True)

    # A second tap, of whom it was offered to first and of whom took it, changes nothing and says what is.
    events = service.rows("SELECT count(*) FROM lead_events")
    [late] = await reader.answer_to(reader.user.presses(take_of_reader))
    await asyncio.sleep(SAME_PRESS_SECONDS)  # sooner, it would be a double tap and need no answer
    [twice] = await other.answer_to(other.user.presses(take_of_other))
    assert ("đã chuyển cho người khác" in late.text, "đã nhận" in twice.text) == (True, True)
    assert service.rows("SELECT count(*) FROM lead_events") == events
    assert hoa.new() == []

    # Where it stands, and what the Centre exports.
    status = texts(await hoa.says("hồ sơ của tôi tới đâu rồi"))
    assert number in status
    exported = [json.loads(line) for line in (await service.command("leads", "export", "--jsonl")).splitlines()]
    [row] = [line for line in exported if line["number"] == number]
    assert (row["state"], row["unit"], row["needs"], row["declines"]) == (
        "taken",
        "Xã Phú Giáo",
        ["machinery"],
        ["busy"],
    )
    assert row["verdicts"] == {"machinery": "eligible"}
    assert "0903" not in json.dumps(row)
    assert orphans(service.store.db) == ()
