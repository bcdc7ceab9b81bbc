"""Abbreviations, chat spelling and southern words: what each stands for, and beside which words it does."""

from __future__ import annotations

from dataclasses import dataclass

NUMBER = "#"
"""Stands for any number among the neighbours of a `Reading`."""
EDGE = "|"
"""Stands for the beginning or end of the text, or a punctuation mark, among the neighbours of a `Reading`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a short form, held to the folded words around it; an empty set allows all."""

    meaning: str
    after: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()

    def fits(self, previous: str, following: str) -> bool:
        """Whether the reading can stand between *previous* and *following*: folded words, `EDGE` or `NUMBER`."""
        return (
            (not self.after or previous in self.after)
            and (not self.before or following in self.before)
            and previous not in self.not_after
            and following not in self.not_before
        )


def _table(meanings: dict[str, str]) -> dict[str, str]:
    return {short: meaning for meaning, shorts in meanings.items() for short in shorts.split()}


ALWAYS: dict[str, str] = _table(
    {
        "không": "ko hok hông khg kô hk hôk hôg hơm kog khôg hônk khôngg",
        "được": "đc đx đươc đưọc đựoc đcj dcj",
        "gì": "j ji",
        "vậy": "z zậy zay dzậy dzay zị zạy",
        "với": "vs zới dzới wí",
        "trước": "trc trk",
        "sản xuất": "sx sxuat sxuất",
        "công ty": "cty cti ctyy congty côngty",
        "hộ kinh doanh": "hkd hkdoanh",
        "hợp tác xã": "htx",
        "tổ hợp tác": "tht",
        "doanh nghiệp": "dn dnghiep dnghiệp",
        "doanh nghiệp tư nhân": "dntn",
        "trách nhiệm hữu hạn": "tnhh",
        "một thành viên": "mtv",
        "mọi người": "mn mng",
        "mình": "mk mik mih",
        "rồi": "rùi oy gồi rồy",
        "chưa": "chx chwa",
        "cũng": "cx cũg",
        "làm": "lm",
        "luôn": "lun",
        "nhiều": "nhìu nhiu nhìu",
        "biết": "bít bik bjt",
        "thích": "thik thk",
        "như thế nào": "ntn",
        "ừ": "uh uk uhm ừm ukm ùm ờm",
        "vợ chồng": "vc vkck",
        "vợ": "vk",
        "chồng": "ck",
        "hôm nay": "hnay",
        "hôm qua": "hqua",
        "bây giờ": "bgio bjo bgiờ",
        "thời gian": "tgian",
        "đang": "đag đg",
        "nhưng": "nhg nhưg nhug",
        "người ta": "ngta",
        "thôi": "thui hoy",
        "quá": "wa wá",
        "muốn": "mún",
        "hỗ trợ": "htro htrợ hotro",
        "đăng ký": "đký dky đkí dki",
        "đăng ký kinh doanh": "đkkd dkkd",
        "giấy phép kinh doanh": "gpkd",
        "nhân viên": "nvien nviên",
        "lao động": "lđ ldong",
        "kinh doanh": "kd",
        "khu công nghiệp": "kcn",
        "cụm công nghiệp": "ccn",
        "máy móc thiết bị": "mmtb",
        "sản phẩm": "sp spham",
        "số điện thoại": "sđt sdt",
        "điện thoại": "đthoại dthoai",
        "xuất khẩu": "xk xkhẩu",
        "dùng": "xài",
        "bên ấy": "bển",
        "ông ấy": "ổng",
        "bà ấy": "bả",
        "vào": "zô dzô",
        "vui": "zui dzui",
        "em": "iem",
        "sản xuất kinh doanh": "sxkd",
        "sản xuất sạch hơn": "sxsh",
        "mới": "mứi",
        "chứ": "chớ",
        "người": "ngừi ngươì ngươi",
        "sản phẩm tiêu biểu": "sptb",
        "công nghiệp nông thôn": "cnnt",
        "sản phẩm công nghiệp nông thôn tiêu biểu": "spcnnttb spcnnt",
        "nhà nước": "nhnc",
    }
)
"""Short form (lower case, as typed) → words, whatever stands beside it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SAY_NO = _words(
    "co biet phai duoc dc ro nho can muon bao chac dam cho the hieu thay du hop la ai gi hieu bik bit nghe dau o di lam "
    "gap voi vay thue dung xai mua ban ton an thich chiu ngai so thieu no vi bi hoi noi tra loi qua toi nhieu con"
)
_BEFORE_END = _words("a nha nhe ha vay ta z ban anh chi em ad | ah ak")

IN_CONTEXT: dict[str, tuple[Reading, ...]] = {
    # Not after a number, where it is a thousand.
    "k": (Reading("nghìn", after=frozenset({NUMBER})), Reading("không")),
    "kb": (Reading("không biết", not_before=_words("zalo voi fb face")),),
    "bit": (Reading("biết", after=_words("khong k ko kh chua hong hok hem khum kg chang")),),
    "kbiet": (Reading("không biết"),),
    "tb": (Reading("tiêu biểu", after=_words("sp pham cnnt thon")), Reading("trung bình")),
    "kh": (Reading("không", not_after=frozenset({NUMBER}), not_before=_words("doanh hang")),),
    "kg": (Reading("không", not_after=_words("1 ky gam moi") | {NUMBER}),),
    "0": (Reading("không", before=_words("co biet phai duoc nho ro muon can thich hieu bao")),),
    "hong": (
        Reading(
            "không",
            before=_SAY_NO | _words("dang giay kip dam nam ranh") | {EDGE},
            not_after=_words("hoa mau trai qua may do hu bi chi co"),
        ),
        Reading("không", before=_words("| a nha nhe"), after=_words("duoc co phai")),
    ),
    "hổng": (Reading("không", not_after=_words("lo trong")),),
    "hỏng": (Reading("không", before=_SAY_NO),),
    "hem": (Reading("không", not_before=frozenset({NUMBER}), not_after=_words("trong dau con")),),
    "hẻm": (Reading("không", before=_SAY_NO, not_after=_words("trong dau con o")),),
    "hăm": (Reading("không", before=_words("co biet phai nho ro")),),
    "khum": (Reading("không"),),
    "khom": (Reading("không"),),
    "chẳng": (Reading("không"),),
    "chả": (Reading("không", before=_SAY_NO),),
    "hổm": (Reading("hôm", before=_words("ray nay truoc")),),
    "dc": (
        Reading("địa chỉ", after=_words("xin cho hoi gui so nhap ghi"), before=_words("nha cu cua moi o cty |")),
        Reading("được"),
    ),
    "dk": (
        Reading(
            "được", after=_words("co khong chua moi ma nhan"), before=frozenset({EDGE}) | _words("chua khong k ko")
        ),
        Reading("đăng ký", before=_words("kinh kd nhan thue ho chua roi tham san ma giay hkd cty du lop tai ky o")),
        Reading("đăng ký", before=_words("r roi"), after=frozenset({EDGE})),
        Reading("đăng ký", after=_words("chua da di giay so lam dang muon can xin phai co") - _words("co can")),
        Reading("được", after=_words("co mua lam nhan"), before=_words("ho tro khong ko k gi bao may")),
        Reading("điều kiện"),
    ),
    "đk": (
        Reading("được", after=_words("co khong mua lam"), before=_words("k ko khong hong hok chua")),
        Reading("đăng ký", before=_words("kinh kd nhan thue ho chua roi tham ma giay hkd cty lop tai o")),
        Reading("đăng ký", after=_words("chua da di giay so lam dang muon xin phai cach")),
        Reading("điều kiện"),
    ),
    "bn": (
        Reading("bạn", after=_words("chao cac cam on moi nho chua voi cua thua hoi"), before=frozenset()),
        Reading("bạn", before=_words("oi cho giup la nao co noi biet hay")),
        Reading("bao nhiêu"),
    ),
    "nhiêu": (Reading("bao nhiêu", not_after=_words("bao bay bay nhieu")),),
    "mắc": (
        Reading("đắt", after=_words("qua gia hoi khong rat may cung mua so |"), not_before=_words("no benh cong ca")),
        Reading("đắt", before=_words("qua lam tien hon the | khong"), not_before=_words("no benh cong ca")),
    ),
    "mac": (Reading("đắt", before=_words("qua tien lam hon"), not_after=_words("may hang do")),),
    "kiếm": (Reading("tìm", not_before=_words("tien song com an | duoc them chac")),),
    "xai": (Reading("dùng", not_after=_words("xoi")),),
    "dậy": (
        Reading("vậy", after=_words("gi sao dau the nao nhu hoi noi lam hieu chi"), not_after=_words("thuc ngu")),
        Reading("vậy", before=frozenset({EDGE}), after=_words("khong duoc roi nhieu")),
    ),
    "chi": (Reading("gì", after=_words("lam can gi hoi de noi mua"), before=_words("vay dzay z zay | day a ha")),),
    "rui": (Reading("rồi", before=frozenset({EDGE}) | _words("nha a")),),
    "r": (
        Reading("rồi", not_after=frozenset({EDGE, NUMBER})),
        Reading(
            "rồi", before=frozenset({EDGE}) | _words("nha nhe nhen a em anh chi ban"), not_after=frozenset({NUMBER})
        ),
    ),
    "ch": (
        Reading("chưa", before=_SAY_NO | _words("dang mua dat")),
        Reading("chưa", before=frozenset({EDGE}), not_after=frozenset({EDGE})),
    ),
    "t": (Reading("tôi", after=frozenset({EDGE}), before=_words("la co lam vs voi muon dang tinh khong chua")),),
    "tui": (Reading("tôi", not_before=_words("xach vai giay nilon ni da long hop dung tien")),),
    "v": (
        Reading("vậy", after=_words("gi sao the nao nhu dau ai nhieu khong")),
        Reading("vậy", before=_BEFORE_END, not_after=frozenset({NUMBER, EDGE})),
    ),
    "ng": (Reading("người"),),
    "tr": (Reading("triệu", after=frozenset({NUMBER}) | _words("tram chuc ruoi muoi may vai")),),
    "cn": (
        Reading("công nhân", after=frozenset({NUMBER}) | _words("may chuc co muoi")),
        Reading("công nghiệp", after=_words("khu cum nganh hang san")),
    ),
    "nv": (Reading("nhân viên"),),
    "ld": (Reading("lao động", after=frozenset({NUMBER}) | _words("nguoi so muoi chuc")),),
    "cp": (Reading("cổ phần", after=_words("ty cty")), Reading("chi phí", not_after=_words("ty cty"))),
    "nc": (Reading("nước", after=_words("nha")), Reading("nước", before=_words("ngoai"))),
    "hs": (Reading("hồ sơ", not_after=_words("may cac em")),),
    "sl": (Reading("số lượng"),),
    "kc": (Reading("khuyến công"),),
    "đt": (Reading("điện thoại", after=_words("so goi sim")),),
    "dt": (
        Reading("điện thoại", after=_words("so goi sim")),
        Reading("doanh thu", before=frozenset({NUMBER}) | _words("moi nam thang khoang tam")),
    ),
    "nh": (Reading("ngân hàng", after=_words("vay goi o cua ra")),),
    "gp": (Reading("giấy phép", after=_words("co chua khong xin lam")),),
    "e": (Reading("em", not_after=_words("vitamin")),),
    "a": (
        Reading("anh", after=frozenset({EDGE}), before=_words("oi cho la co lam o em muon dang tinh")),
        Reading("anh", after=_words("chao cam on cua nho thua da hai"), not_after=frozenset({EDGE})),
    ),
    "c": (
        Reading("chị", after=frozenset({EDGE}), before=_words("oi cho la co lam o em muon dang tinh")),
        Reading("chị", after=_words("chao on cua nho thua da"), not_after=frozenset({EDGE})),
    ),
    "tp": (Reading("thành phố"),),
    "bd": (Reading("Bình Dương", after=_words("tinh o | tai"), not_before=frozenset({NUMBER})),),
    "hcm": (Reading("Hồ Chí Minh", after=_words("tp pho")),),
}
"""Short form → its readings, the first that fits is taken; none fits: it stays as typed."""

PHRASES: dict[tuple[str, ...], str] = {
    ("quá", "trời"): "rất nhiều",
    ("quá", "xá"): "rất nhiều",
    ("hổm", "rày"): "dạo này",
    ("bữa", "giờ"): "dạo này",
    ("hổm", "nay"): "dạo này",
    ("hồi", "đó"): "trước đây",
    ("làm", "chi"): "làm gì",
    ("hỏi", "chi"): "hỏi gì",
    ("chừng", "nào"): "khi nào",
}
"""Words as typed, in a row → what they stand for."""
