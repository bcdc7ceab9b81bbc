"""For staff who say what sentences mean: the sentence, the nearest readings, what can be typed, and what was done."""

from __future__ import annotations

from collections.abc import Sequence

from bot.guard import Figures, Share, worse
from bot.replies import money
from bot.review import Reason, Waiting

INTENTS = {
    "start_screening": "muốn xét xưởng của mình",
    "answer": "trả lời một câu đang hỏi",
    "ask_why": "hỏi vì sao phải khai điều đó",
    "correct_answer": "sửa câu đã trả lời",
    "go_back": "quay lại câu trước",
    "skip_question": "bỏ qua câu đang hỏi",
    "summary": "xem lại những gì đã khai",
    "pause": "tạm dừng, để sau",
    "resume": "làm tiếp",
    "start_over": "làm lại từ đầu",
    "affirm": "đồng ý, đúng",
    "deny": "không, sai",
    "pass_lead": "gửi hồ sơ cho cán bộ",
    "handover": "muốn gặp người, muốn được gọi",
    "ask_status": "hỏi hồ sơ đã gửi tới đâu",
    "opt_out": "không nhận tin nữa",
    "erase_data": "xóa dữ liệu của mình",
    "help": "hỏi cách dùng",
    "greet": "chào",
    "thank": "cảm ơn, khen",
    "goodbye": "tạm biệt",
    "bot_identity": "hỏi đây là ai, là máy hay người",
    "abuse": "chửi, xúc phạm",
    "steer_bot": "bảo máy làm trái quy định, đòi xem dữ liệu",
    "out_of_scope": "ngoài khuyến công",
    "keep_wording": "đồng ý lưu câu cho máy học",
    "drop_wording": "không cho lưu câu nữa",
    "documents": "hỏi giấy tờ phải nộp của mình",
    "get_paper": "muốn nhận phiếu, đơn điền sẵn",
    "share_location": "nói về gửi vị trí",
    "share_contact": "nói về gửi số điện thoại",
    "share_media": "nói về gửi hình, tin thoại",
}
MEASURING = "Chấm mô hình trên bộ câu giữ riêng…"
_REASONS = {
    Reason.NOT_SURE: "chưa hiểu",
    Reason.OUTSIDE: "tưởng là ngoài khuyến công",
    Reason.UNREAD: "không đọc được thành câu trả lời",
    Reason.CORRECTED: "người dân đã chọn ý đúng",
}
_FAULTS = {
    "no_sentence": "Câu trống hoặc quá dài, không dạy được. Gõ e để viết lại cho gọn.",
    "read_otherwise": "Câu có dấu [ ] ( ) hoặc bắt đầu bằng / nên máy sẽ đọc khác đi. Gõ e để viết lại.",
    "judged": "Câu này nằm trong bộ chấm điểm nên không được dùng để dạy. Đã bỏ khỏi danh sách.",
    "known": "Câu này đã có ở “{about}”. Đã bỏ khỏi danh sách; nếu máy vẫn hiểu sai thì thêm vài cách nói khác.",
    "no_such_place": "Không có chỗ nào tên “{about}”.",
}


def nothing_waits() -> str:
    """Nobody has anything to look at."""
    return "Không có câu nào chờ xem."


def render_waiting(one: Waiting, number: int, of: int, readings: Sequence[str]) -> str:
    """One sentence: how often, why it waits, and the readings that may be chosen by number."""
    why = ", ".join(_REASONS[reason] for reason in one.reasons)
    asked = f"\nLúc đó đang hỏi: {one.question}" if one.question else ""
    listed = "\n".join(f"  {place}. {reading}" for place, reading in enumerate(readings, 1))
    guessed = f"\nGần nhất:\n{listed}" if listed else ""
    return (
        f"\n{money.number(number)}/{money.number(of)} · {money.number(one.people)} người, {money.number(one.times)} lần"
        f" · {why}\n“{one.text}”{asked}{guessed}"
    )


def what_may_be_typed() -> str:
    """The keys, said once at the beginning."""
    return (
        "Mỗi câu: gõ số để chọn, gõ vài chữ để tìm chủ đề hay ý định, o = ngoài khuyến công, e = viết lại câu, "
        "Enter = để sau, x = bỏ hẳn, q = nghỉ."
    )


def render_found(readings: Sequence[str]) -> str:
    """What a search found, to be chosen by number."""
    return "\n".join(f"  {place}. {reading}" for place, reading in enumerate(readings, 1))


def nothing_found() -> str:
    """A search without a result."""
    return "Không thấy chủ đề hay ý định nào giống vậy. Gõ chữ khác, hoặc Enter để sau."


def written(text: str, where: str, file: str) -> str:
    """A sentence that is a training sentence now."""
    return f"Đã ghi “{text}” vào {where} ({file})."


def refused(fault: str, about: str) -> str:
    """Why a sentence is not written."""
    return _FAULTS[fault].format(about=about)


def render_done(written_lines: int, files: int, left: int) -> str:
    """What was done, what is left, and what comes next."""
    done = (
        f"Đã ghi {money.number(written_lines)} câu vào {money.number(files)} tệp, còn {money.number(left)} câu chờ xem."
    )
    return f"{done}\nChạy make train để dạy lại và so với trước." if written_lines else done


def render_figures(before: Figures | None, after: Figures) -> str:
    """Right before and after, class by class; a mark where it is worse than may be."""
    fallen = {one.name for one in worse(before, after)} if before else set()
    width = max((len(name) for name in after.classes), default=0)
    lines = [f"{'':{width}}  {'trước':>11}  {'sau':>11}"]
    for name, share in after.classes.items():
        earlier = before.classes.get(name) if before else None
        mark = "  ← kém hơn" if name in fallen else ""
        lines.append(f"{name:{width}}  {_counted(earlier):>11}  {_counted(share):>11}{mark}")
    lines.append(f"Nói ra con số chưa có nguồn: {money.number(after.stated_unverified)} (phải là 0).")
    return "\n".join(lines)


def _counted(share: Share | None) -> str:
    return "–" if share is None else f"{money.number(share.right)}/{money.number(share.of)}"


def refused_model(refused: str, instead: str) -> str:
    """A service starts with the model before, because the newest was refused."""
    return (
        f"Mô hình {refused} hiểu kém hơn nên không dùng; chạy tiếp với {instead}. "
        "Xem kém ở đâu, hoặc vẫn muốn dùng: khuyencong train --force, khuyencong train --accept."
    )
