"""Tells apart "I do not know", "I will not say" and a question back from an answer."""

from __future__ import annotations

import re

from bot.answers.said import Said
from bot.language.spelling import lenient

_KNOW = (
    "biết|nhớ|rõ|chắc|nắm(?! (?:trong|trăm|mươi|chục|tỷ|triệu|người))|rành|để ý|xác định|hình dung|ước lượng|ước tính|tính ra|tính được|tính toán|đếm|kiểm tra|quyết|quyết định"
    "|nghĩ tới|nghĩ ra|tính(?! (?:đất|máy|nhà|kho|xe|công|tiền|vat|thuế|thời vụ|mùa vụ|chủ|tôi|em|vợ|chồng|lãi|lời|khấu hao|mặt bằng|mấy|cả|phụ))|tính tới|tính đến|thống kê|theo dõi|ghi sổ|ghi chép|tổng kết|cộng sổ|hay(?! (?:khi|chừng|lúc|bấy|nấy))|dám chắc|coi lại|xem lại|tìm hiểu"
)
_UNKNOWN = lenient(
    r"chưa (?:tính|biết|rõ|định|chốt|hẹn)(?: được)? ngày(?: nào| cụ thể)?|"
    rf"(?:không|chưa|chẳng|chả|đâu|đâu có|nào)(?: (?:có|ai|được|thể|còn|dám|mấy|hề|thiệt sự|thật sự|thực sự))? (?:{_KNOW})(?! (?:đâu mà|điều))"
    r"|(?:quên|hổng nhớ)(?: (?:rồi|mất|béng|hết|tiêu|mất tiêu|luôn))+|quên|ai (?:mà )?biết|biết (?:sao |gì )?đâu|biết chết liền|sao (?:mà )?biết(?: được)?"
    r"|làm sao (?:mà )?(?:biết|nhớ)|(?:để|phải|đợi)(?: (?:tôi|em|anh|chị|mình|con))? (?:coi|xem|hỏi|tính|kiểm tra|về hỏi|về coi|bàn|dò)"
    r"|(?:phải )?hỏi(?: lại)? (?:vợ|chồng|kế toán|bà xã|ông xã|bà ấy|ông ấy|chủ|sếp|người nhà|ba|má|mẹ|cha|con trai|con gái|anh hai|chị hai|thằng em|ông chủ|bà chủ)|mới biết được|khó (?:nói|biết|nhớ|trả lời)(?: lắm| quá)?"
    r"|(?:đâu|gì|chi|nào) mà (?:biết|nhớ|rõ|rành|nắm)"
    r"|chưa (?:bao giờ|khi nào|lần nào|hề|từng|ngồi)(?: ngồi)? (?:tính|cộng|ghi|đếm|kiểm|tổng kết|thống kê|để ý|hạch toán)"
    r"|không có số liệu|không (?:có )?sổ sách|mù tịt|bó tay|hên xui|lơ mơ|mơ hồ|còn (?:đang )?(?:tính|phân vân|suy nghĩ|lưỡng lự)"
    r"|đang (?:phân vân|suy nghĩ|lưỡng lự)|lâu (?:quá|rồi)(?: rồi)? (?:không|quên)|(?:chưa|không) có (?:con số|số|số liệu)"
    r"|chưa(?: (?:có|lập|làm|lên|ra|xin|nhận|hỏi|được|ai|kịp|thấy|chốt))* (?:dự toán|báo giá|bảng giá|con số|giá|dự trù|kế hoạch chi|phương án|kinh phí)(?: (?:nữa|cụ thể|gì|hết))*|(?:bên bán|hãng|người ta|họ|bên kia) chưa báo(?: giá)?|(?:đang )?(?:chờ|đợi)(?: (?:bên bán|hãng|người ta|họ|bên kia))? báo giá"
    r"|(?:kế toán|ông chủ|bà chủ|chủ|sếp|vợ|chồng|bà xã|ông xã|con gái|con trai)(?: (?:tôi|em))? (?:giữ|nắm|lo|biết)(?! (?:được|nổi))(?: (?:vụ đó|sổ|sổ sách|hết|mới biết))*|chưa tổng kết|chưa hỏi(?: [^\W\d_]+)?"
)
_REFUSAL = lenient(
    "(?:không|chưa|hết) (?:muốn|thích|chịu|tiện|cần|nên|thể|được) (?:nói|trả lời|cho biết|tiết lộ|khai|kể(?! (?:thời vụ|mùa|lúc|tết|tôi|em|chủ|vợ|mấy|cả|người|thợ|phụ|đứa))|cung cấp|chia sẻ|công khai|cho)"
    "|không (?:trả lời|tiết lộ|khai|cung cấp|chia sẻ|tiện(?! (?:mà|mặt|đâu|thì|có|nào|của))|nói đâu|nói được|nói ra|kể(?! (?:thời vụ|mùa|lúc|tết|tôi|em|chủ|vợ|mấy|cả|người|thợ|phụ|đứa))|nói cho)|(?:sao|tại sao|vì sao|mắc gì|mắc mớ gì|cớ gì|việc gì) (?:lại )?(?:phải |cần )?(?:hỏi|nói|khai|trả lời)"
    r"|hỏi(?: [^\W\d_]+){1,5} (?:làm gì|làm chi|để làm gì|để chi|chi|gì) ?(?:vậy|thế|trời|hả|em|ta|dữ|không biết|\W*$)|hỏi(?: [^\W\d_]+){1,5} (?:làm|để làm) (?:gì|chi)"
    "|(?:sao|mắc gì|đắt gì|mắc mớ gì|đắt mớ gì|cớ gì)(?: (?:lại|mà|cứ|phải))* hỏi|hỏi (?:vậy|thế|như vậy|kiểu (?:đó|vậy|này))(?! thì)"
    r"|hỏi(?: [^\W\d_]+){1,5} (?:làm gì|làm chi|để làm gì|để chi|chi|gì) ?(?:vậy|thế|trời|hả|em|ta|dữ|không biết|\W*$)|hỏi(?: [^\W\d_]+){1,5} (?:làm|để làm) (?:gì|chi)"
    "|(?:sao|mắc gì|đắt gì|mắc mớ gì|đắt mớ gì|cớ gì)(?: (?:lại|mà|cứ|phải))* hỏi|hỏi (?:vậy|thế|như vậy|kiểu (?:đó|vậy|này))(?! thì)"
    "|hỏi (?:làm |để làm )?(?:gì|chi)|hỏi (?:kỹ|nhiều|hoài|kĩ) (?:quá|vậy|thế|dữ)|bí mật|riêng tư|nhạy cảm|tế nhị|bỏ qua|khỏi (?:hỏi|nói|trả lời)"
    "|miễn (?:trả lời|nói|hỏi)|kệ (?:tôi|em|anh|chị|người ta)|chuyện riêng|không liên quan|liên quan gì|cần (?:gì|chi) (?:phải )?(?:biết|hỏi)"
    "|để làm (?:gì|chi)|hỏi (?:câu )?khác|câu khác|câu tiếp|đừng hỏi|từ chối|thôi (?:không|khỏi) (?:nói|hỏi)|phiền quá|mệt quá|tò mò"
    "|không phải việc|ai cho (?:mà )?hỏi|lộ thông tin|thông tin cá nhân"
)
_POSTPONES = lenient(
    r"(?:để|cho|chờ|đợi)(?: (?:cho|tôi|em|mình|anh|chị))* (?:suy nghĩ|nghĩ|cân nhắc|thêm thời gian)|(?:từ từ|thong thả)(?: [^\W\d_]+){0,2} (?:suy nghĩ|nghĩ|tính|trả lời)"
    r"|(?:thôi |để )?(?:mai|mốt|bữa sau|bữa khác|hôm khác|hôm sau|lúc khác|khi khác|lát|lát nữa|chút nữa|tí nữa)(?: (?:rồi|hãy|hẵng|tôi|em))* (?:đi|nói|tính|trả lời|bàn|nói chuyện)"
)
_GIVES_UP = lenient(
    r"(?:(?:cái|vụ|chuyện|câu|khoản)(?: (?:đó|này|kia))?,? (?:thì )?(?:tôi |em |mình |anh |chị )?|thì (?:tôi |em )?)chịu(?: (?:thua|chết|luôn|rồi|thôi|ạ|á|à|nha|hà|em|anh|chị))*(?=\s*(?:[,.;]|$))"
)
_GIVES_UP_FIRST = lenient(r"^\W*(?:dạ |thôi )*(?:tôi |em |mình )?chịu(?: (?:thua|chết|luôn|rồi|thôi))*(?=\s*[,.;])")
"""As in "chịu, đâu có biết": who is asked to agree to something may mean the opposite."""
_END = "(?: (?:ạ|à|nhỉ|vậy|thế|ta|hả|em|anh|chị|shop|ad|bạn|trời|ha|nha|cán bộ|nữa|ha anh|cả))*"
_ASKS = lenient(
    "bao nhiêu|bao lâu|bao xa|là gì|là sao|là như thế nào|như thế nào|thế nào|ra sao|ở đâu|tại sao|vì sao|cái gì|gì vậy|gì thế|thì sao|hay sao|làm sao để|làm sao"
    "|cần (?:gì|những gì|giấy tờ gì|phải)|nghĩa là|tức là sao|khi nào|lúc nào (?:có|được|mới)|mấy giờ|phải không|đúng không|được không|được chưa|có phải"
    "|hay không|hay chưa|có cần|cho hỏi|xin hỏi|cho em hỏi|muốn hỏi|hỏi (?:chút|xíu|tí|thăm)|có sao không|ai (?:quyết|duyệt|làm được|trả)|gồm những gì|loại nào|chỗ nào|nơi nào"
)
_NOT_ASKING = lenient(
    r"sớm (?:khi|lúc|hồi) nào|(?:không|khó|chưa|chẳng|hổng|đâu)(?: có)? (?:biết|nhớ|rõ|rành)(?: [^\W\d_]+){0,4} (?:tên|gọi|kêu)(?: [^\W\d_]+){0,3} (?:là )?gì|(?:khi|lúc|hồi) nào (?:được|có|xong) thì(?: [^\W\d_]+){0,3}|"
    r"(?:khi nào|lúc nào|bao giờ|chừng nào)(?: [^\W\d_]+){0,4} (?:cũng|thì cũng|thì tốt|thì làm|thì mua|thì lấy|thì được|hay)|chứ sao không|lúc nào cũng|khi nào cũng|bao nhiêu cũng|ai cũng|đâu cũng|thế nào cũng|sao không|chứ sao|không bao giờ|không bao nhiêu|(?:không|chưa|chẳng|chả|hổng|đâu)(?! (?:biết|rõ|nhớ|hiểu))(?: [^\W\d_]+){0,3} (?:bao )?nhiêu(?! (?:thì|là|vậy))|(?:bao )?nhiêu (?:đó|đấy|thôi)|chứ (?:bao )?nhiêu|được bao nhiêu hay bấy nhiêu|chứ gì|(?:không|chưa|đâu|chẳng)(?: [^\W\d_]+){0,3} (?:chỗ nào|nơi nào|loại nào|cái gì)|(?:đâu|không|chưa|nào|chẳng) có phải|bao nhiêu(?: [^\W\d_]+){0,3} (?:bấy nhiêu|cũng)"
)
_ASKS_AT_END = lenient(
    rf"(?:.* )?(?:có|được|phải|cần|đúng|nên|thuộc|bị|tính|đã|mua|đăng ký|cho)(?: [\w%]+)*? (?:không|chưa|hả|sao){_END}\W*"
)
_TELLS_AT_END = lenient(
    rf".*(?:thì|là|chứ|mà|chắc|tôi|em|vẫn|còn|cũng|hiện|như|hoàn toàn|tuyệt đối|nhưng|nói|đến giờ|tới giờ|giờ|dạ|vâng|máy này|cái này) (?:không|chưa|có){_END}\W*"
)
_SLIP = lenient(r"(?:.*\W)?(?:à|ý|í|á|ủa|ờ|chết)")
"""Before "quên" when something is added that was forgotten: "à quên, thêm hai đứa con"."""
_BILLION = re.compile(r"(?:ty|ti|tyR|tiR|tyJ|tiJ|\d)\s*$")
_BREAK = re.compile(rf"[,;.]|{lenient('mà|nhưng|còn|chứ').pattern}")
WHEN = "khi nào|bao giờ|lúc nào"
"""Words that ask in every question but that of timing, where "khi nào cũng được" is an answer."""


def says_unknown(said: Said, *, may_agree: bool = False) -> bool:
    """Whether the person says that they do not know, do not remember or must look it up.

    With *may_agree* "chịu, …" is left out: it may be the consent that was asked for.
    """
    if _GIVES_UP.search(said.spelled) or (not may_agree and _GIVES_UP_FIRST.search(said.spelled)):
        return True
    return _lack(said) is not None or said.is_all("chịu|chịu thua|chịu rồi|chịu chết|idk")


def known_before(said: Said) -> str:
    """What is said for sure before the part that is not known: "có giấy" of "có giấy mà quên năm rồi"."""
    match = _GIVES_UP.search(said.spelled) or _GIVES_UP_FIRST.search(said.spelled) or _lack(said)
    head = said.spelled[: match.start()] if match else ""
    cut = max((found.start() for found in _BREAK.finditer(head)), default=0)
    return head[:cut].strip()


def without_lack(said: Said) -> Said:
    """*said* without the words for not knowing, where a number may still stand: "không biết, chừng 20"."""
    match = _lack(said)
    while match:
        said = said.part(f"{said.spelled[: match.start()]},{said.spelled[match.end() :]}")
        match = _lack(said)
    return said


def _lack(said: Said) -> re.Match[str] | None:
    """Where the person says that they do not know; "mot ty khong nam" is a number."""
    return next(
        (
            found
            for found in _UNKNOWN.finditer(said.spelled)
            if not (found.group().endswith(" nam") and _is_number(said.spelled, found))
            and not (found.group() in ("queAn", "quen") and _SLIP.fullmatch(said.spelled[: found.start()].rstrip()))
        ),
        None,
    )


def _is_number(spelled: str, found: re.Match[str]) -> bool:
    """Whether an unmarked "khong nam" or "dau nam" is a five or a year: "1 ty khong nam", "dau nam 2027"."""
    return (
        found.group().startswith(("dau", "nao"))
        or bool(_BILLION.search(spelled[: found.start()]))
        or bool(re.match(r"\s+(?:\d|sau|tr|t[iy]\b|ng)", spelled[found.end() :]))
    )


def refuses(said: Said) -> bool:
    """Whether the person will not say, or does not see why it is asked."""
    return bool(_REFUSAL.search(said.spelled))


def postpones(said: Said) -> bool:
    """Whether the person puts the answer off: "để tôi suy nghĩ đã", "mai tính đi"."""
    return bool(_POSTPONES.search(said.spelled))


def is_lost(said: Said) -> bool:
    """Whether the person did not understand the question."""
    return said.has("(?:không|chưa|hổng) hiểu")


def asks(said: Said) -> bool:
    """Whether the text is a question back: "máy cũ được không"."""
    if said.spelled.rstrip().endswith("?"):
        return True
    without = _NOT_ASKING.sub(" ", said.spelled)
    if not said.accented:
        without = without.removesuffix(" ha")  # "hà" ends a statement, "hả" a question
    if _ASKS.search(without):
        return True
    return bool(_ASKS_AT_END.fullmatch(without.strip())) and not _TELLS_AT_END.fullmatch(without.strip())


def after_question(said: Said) -> Said:
    """What follows a question mark: in "hỏi tui hả? 15 người" the answer is the end."""
    _, _, tail = said.spelled.rstrip(" ?!.").rpartition("?")
    return said.part(tail.strip() + "?" * said.spelled.rstrip(" !.").endswith("?")) if tail.strip() else said
