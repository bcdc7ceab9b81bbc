"""What is wrong with a campaign or a step of it, in the words of the Centre's clerk, and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.campaigns.life import Event, State
from bot.errors import BotError, ContentError
from bot.replies.campaign_words import STATES

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>\d+): (?P<what>.+)", re.DOTALL)
_STEP = re.compile(r"a campaign that is (?P<state>\w+) cannot (?P<event>\w+)")
_STEPS: Mapping[Event, str] = {
    Event.EDIT: "sửa",
    Event.SCHEDULE: "lên lịch gửi",
    Event.START: "bắt đầu",
    Event.PAUSE: "tạm dừng",
    Event.RESUME: "gửi tiếp",
    Event.FINISH: "kết thúc",
    Event.REMIND: "nhắc lại",
    Event.CANCEL: "hủy",
}
_SAID: tuple[tuple[str, str], ...] = (
    # Steps that cannot be taken.
    (r"there is no campaign '(.*)'", "không có đợt tin “{}”. Xem các mã: khuyencong campaign list"),
    (
        r"campaign '(.*)' is not ready: to be filled in: (.*)",
        "“{}” còn chỗ chưa điền: {}. Điền ở mục values của tệp, rồi chạy: khuyencong campaign new TỆP",
    ),
    (
        r"campaign '(.*)' is not ready: its last day was (\d+)-(\d+)-(\d+)",
        "“{0}” đã quá hạn ({3}/{2}/{1}). Sửa valid_until trong tệp, rồi chạy: khuyencong campaign new TỆP",
    ),
    (
        r"'.*' names 0 people with a linked chat: ",
        'chưa có ai nối kênh chat. Mời một người nối trước: khuyencong leads invite "tên cộng tác viên"',
    ),
    (
        r"'(.*)' names 0 people with a linked chat: (.*)",
        "không có “{}” trong những người đã nối kênh chat: {}. Muốn nối thêm người: khuyencong leads invite",
    ),
    (
        r"'' names \d+ people with a linked chat: (.*)",
        "gửi thử cho ai? Thêm --to và tên một trong những người đã nối kênh chat: {}",
    ),
    (r"'(.*)' names (\d+) people with a linked chat: (.*)", "“{}” trùng tên {} người, gõ đủ tên một người: {}"),
    (
        r"no channel has an address: set (.*)",
        "chưa có địa chỉ kênh nào để in lên áp phích. Đặt một trong các mục: {}",
    ),
    (r"the address of (.*) is not set", "chưa đặt địa chỉ của kênh {}"),
    # A file that cannot be read as YAML, or as a campaign.
    (r"the file cannot be read \((.*)\)", "không đọc được tệp ({}). Kiểm tra tên tệp, và tệp có lưu dạng UTF-8 không"),
    (r"the file is empty", "tệp trống"),
    (r"a mapping was expected", "chỗ này cần các dòng “tên: giá trị”"),
    (r"a list was expected", "chỗ này cần một danh sách, ví dụ [check, stop]"),
    (r"a text was expected", "chỗ này cần chữ, không để trống"),
    (r"the text is not in composed Unicode \(NFC\)", "chữ gõ dạng Unicode tổ hợp; gõ lại bằng Unicode dựng sẵn"),
    (r"a day such as .* was expected", "chỗ này cần ngày dạng năm-tháng-ngày, ví dụ 2027-03-12"),
    (r"a moment such as .* was expected", "chỗ này cần ngày và giờ, ví dụ 2027-01-11 09:00"),
    (r"a number was expected, not '(.*)'", "chỗ này cần con số, không phải “{}”"),
    (r"a whole number was expected", "chỗ này cần số nguyên từ 1 trở lên"),
    (r"whole numbers of days were expected", "chỗ này cần số ngày, ví dụ 30"),
    (r"at least one day", "ít nhất là 1 ngày"),
    (r"key '(.*)' stands twice", "mục “{}” ghi hai lần"),
    (r"unknown key '(.*)'", "không có mục “{}”; xem lại cách viết"),
    (r"'(.*)' is missing", "thiếu mục “{}”"),
    (r"there is no (topic|programme) '(.*?)'(?:; there are: (.*))?", "không có nội dung “{1}”. Các nội dung: {2}"),
    (r"there is no (?:button) '(.*)'; there are: (.*)", "không có nút “{}”. Các nút: {}"),
    (r"there is no condition '(.*)'; there are: (.*)", "không có điều kiện “{}”. Các điều kiện: {}"),
    (
        r"there is no (?:goal|trade group|verdict|state|value|language|place|answer|channel) '(.*)'; there are: (.*)",
        "không dùng được “{}” ở đây. Chọn một trong: {}",
    ),
    (r"there is no parameter '(.*)'", "quy định không có mức nào tên “{}”; tên có dạng machinery.ceiling"),
    (r"there is no value '(.*)'", "“{}” chưa có ở mục values"),
    (
        r"a key has small letters, digits and single hyphens, at most (\d+) of them",
        "mã chỉ gồm chữ thường không dấu, số và gạch nối, nhiều nhất {} ký tự, ví dụ hoi-cho-2027",
    ),
    (
        r"a value may not be called '(.*)'",
        "không đặt tên “{}” cho giá trị được; dùng chữ thường không dấu, ví dụ ngay_mo",
    ),
    (r"the value '(.*)' is no day", "“{}” ở mục values không phải là ngày"),
    (r"the text does not use (.*)", "lời nhắn chưa dùng: {}"),
    (r"the (?:text|line|headline) is longer than (\d+) characters", "dài quá {} chữ, rút gọn lại"),
    (r"one to (\d+) lines were expected", "cần từ 1 đến {} dòng"),
    (
        r"'(.*)' after a value: money and shares come from the law, as \{a\.figure\}",
        "“{}” sau một giá trị: tiền và tỷ lệ phải lấy từ quy định, ví dụ {{machinery.ceiling}}",
    ),
    (
        r"'(.*)' comes neither from the law nor from the campaign's values",
        "“{}” là số gõ tay. Mức hỗ trợ thì viết tên, ví dụ {{machinery.ceiling}}; ngày, số chỗ thì ghi ở values",
    ),
    (r"a brace that is no variable", "dấu ngoặc nhọn sai chỗ; biến viết là {{name}}, {{place}} hay tên ở values"),
    (r"(\S+) is unverified on (\S+) and may not be stated", "mức “{}” chưa có nguồn chắc, không được nêu trong tin"),
    (r"(\S+) has no value .*", "mức “{}” không có cho ngày đó"),
    (
        r"every campaign can be stopped: the button 'stop' is missing",
        "thiếu nút stop: tin nào cũng phải có nút thôi nhận",
    ),
    (r"a button stands twice", "một nút ghi hai lần"),
    (
        r"the name of a file that lies beside this one was expected",
        "chỉ ghi tên tệp, và để tệp đó cùng thư mục với tệp này",
    ),
    (r"(.*): one of (.*) was expected", "“{}” không gửi được; dùng tệp {}"),
    (r"there is no file (.*)", "không thấy tệp “{}” bên cạnh tệp này"),
    (r"(.*) is larger than (\d+) MB", "“{}” lớn hơn {} MB"),
    (r"more than (\d+) conditions inside one another", "điều kiện lồng nhau quá {} lớp, viết gọn lại"),
    (
        r"one condition was expected; several go under 'all' or 'any'",
        "mỗi chỗ một điều kiện; nhiều điều kiện thì đặt dưới all (và) hay any (hoặc)",
    ),
    (r"within_days or older_than_days was expected", "cần within_days hoặc older_than_days"),
)


def say_problem(error: BotError) -> str:
    """*error* in Vietnamese, with the file and the line where it has them; what is not known stays as it is."""
    said = str(error)
    if step := _STEP.fullmatch(said):
        state, event = State(step["state"]), Event(step["event"])
        return f"đợt tin đang ở bước “{STATES[state]}” nên không {_STEPS[event]} được"
    if isinstance(error, ContentError) and (placed := _PLACE.fullmatch(said)):
        what = _worded(placed["what"])
        # What is left are the YAML reader's own words.
        what = what or f"không đọc được; xem lại dấu hai chấm, dấu nháy và thụt dòng ({placed['what']})"
        return f"{placed['file']}, dòng {placed['line']}: {what}"
    return _worded(said) or said


def _worded(said: str) -> str | None:
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return words.format(*(part or "" for part in found.groups()))
    return None
