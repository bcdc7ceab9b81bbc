"""How places are spoken of: short forms, kinds, the words around a name, and names that are also ordinary words."""

from __future__ import annotations

from bot.places.units import Kind
from bot.places.words import Phrases, key


def _names(table: str) -> frozenset[str]:
    return frozenset(" ".join(key(word) for word in name.split()) for name in table.split(","))


KIND_WORDS: tuple[tuple[Kind, Phrases], ...] = (
    ("dac_khu", Phrases("đặc khu")),
    ("thi_tran", Phrases("thị trấn, tt")),
    ("thi_xa", Phrases("thị xã, tx")),
    ("thanh_pho", Phrases("thành phố, tp, t p")),
    ("phuong", Phrases("phường, p, ph, f")),
    ("xa", Phrases("xã, x")),
    ("huyen", Phrases("huyện, h")),
    ("quan", Phrases("quận, q")),
    ("tinh", Phrases("tỉnh")),
)
"""Kinds of two words come first, so that "thị xã" is not read as "xã"."""

NEEDS_DOT = frozenset({"x", "f", "ph", "t"})
"""Short forms that mean something else unless a dot follows."""
DOUBTFUL_KINDS = frozenset({"xa", "tinh", "quan"})
"""Without their mark, in an accented sentence, these are other words ("xa Dĩ An lắm")."""
COOPERATIVE = Phrases("hợp tác xã")
OLD_MARK = Phrases("cũ")
NEW_MARK = Phrases("mới")

ALIASES: dict[str, str] = {
    "Thủ Dầu Một": "tdm, thủ dầu 1, thủ dầu",
    "Bình Dương": "bd, bdương, b dương",
    "Bàu Bàng": "bầu bàng",
    "Dầu Tiếng": "giầu tiếng",
    "Hồ Chí Minh": "hcm, tphcm, hcmc",
    "Bà Rịa - Vũng Tàu": "brvt, br vt",
    "Cây Trường II": "cây trường 2, cây trường",
    "Thủ Đức": "quận 2, quận 9, q 2, q 9, quận thủ đức",
    "Đắk Lắk": "đắc lắc, đăk lăk, dak lak, daklak",
    "Đắk Nông": "đắc nông, đăk nông, dak nong",
    "Bắc Kạn": "bắc cạn",
    "Huế": "thừa thiên huế, thừa thiên",
}
"""Bare name → other ways to write it; "sài gòn" is handled as a name of its own."""

NEED_EVIDENCE = _names("bd, b duong, thu dau, cay truong")
"""Short forms that are other words too ("bd" is also "bắt đầu"): held to the same test as a lookalike."""

SAFE = _names(
    """
    bau bang, dau tieng, tan uyen, thuan an, binh duong, phu giao, uyen hung, lai uyen, thuan giao, my phuoc,
    tdm, hcm, tphcm, hcmc, brvt, bduong, sai gon, dong nai, binh phuoc, bien hoa, nhon trach, trang bang, dong xoai
    """
)
"""Names of one or two syllables that hardly mean anything else, even without diacritics."""

LOOKALIKES = _names(
    """
    di an, gia dinh, gia lai, son la, cao bang, dien bien, ha nam, hoa binh, binh an, an binh, tay nam, cho lon, dat do,
    can gio, ban co, nha be, tam binh, an son, lac an, an lac, tan tao, thai binh, nam dinh, binh hoa, hai duong,
    long an, an giang, tien giang, quang tri, yen bai, ca mau, lao cai, thanh hoa, an dong, phu an, thai hoa, vinh long,
    ben tre, phu yen, binh dinh, binh thuan, ninh binh, hau giang, kien giang, khanh hoa, lam dong, bac giang, bac ninh,
    bac lieu, quang nam, quang binh, phu tho, ha tinh, tuyen quang, lang son, hai phong, ha noi, can tho, da nang, hue,
    tan an, minh hoa, dinh hoa, dinh an, dinh thanh, an lap, thanh an, an dien, an tay, an thai, tam lap, vinh hoa,
    dong hoa, hung dinh, tan lap, tan thanh, dat cuoc, thanh hoi, phu hoa, phu my, phu tan, phu loi, hung hoa,
    binh phu, binh tan, tan binh, tan phu, binh dong, phu dinh, an khanh, long hai, cau kieu, hiep binh, xuan hoa,
    binh hung, ben thanh, cu chi, dong thanh, vinh loc, tan hoa, tan my, hoa hoi, duc hoa, thong nhat, tan hung,
    chau thanh, xuan son, kim long, tay ninh, dong thap, tra vinh, vung tau, lai chau, tan son, an linh, ben cat,
    hiep an, an long, phu chanh, tan long, hoa phu, hiep thanh, can giuoc, can duoc, chon thanh, dinh quan, my xuan
    """
)
"""Names that, with or without their marks, are also words of every day ("bình an", "di an" for "đi ăn")."""

HARD_LOOKALIKES = _names(
    """
    gia dinh, da nang, lam dong, son la, gia lai, cao bang, can gio, cho lon, dat do, ca mau, hai phong, lang son,
    dien bien, quang tri, hue, ban co, dien hong
    """
)
"""Those of them that unaccented mean the ordinary word first ("gia đình", "đa năng", "làm đồng", "làng sơn mài")."""

KIND_ONLY = _names("thong nhat, chau thanh, gia dinh")
"""Names that are never believed without their kind or a place around them."""

NOT_SLIPS = _names("dau tien, binh chua, binh chan, thuan gia, tan huyen, tan quan, tan hien, lai tieu, lai thu")
"""Ordinary words one letter away from a name ("đầu tiên", "bình chứa")."""

STRONG_CUES = Phrases("ở, tại, địa bàn, địa chỉ, đóng ở, thuộc")
WEAK_CUES = Phrases(
    """
    bên, khu, khu vực, gần, dưới, trên, trong, ngoài, vùng, về, xuống, qua, ngay, tuốt, mạn, miệt, phía, chợ, ngã
    tư, ngã ba, vòng xoay, xưởng, cơ sở, trung tâm, là
    """
)
SKIPPED = frozenset({"em", "toi", "minh", "tui", "anh", "chi", "nha", "cua"})
"""Words that may stand between a weak cue and the name: "xưởng em Dĩ An"."""

STREET_WORDS = Phrases(
    """
    đường, đại lộ, quốc lộ, cầu, hẻm, trường, chùa, sông, hồ, kcn, ccn, khu công nghiệp, cụm công nghiệp, khu dân
    cư, kdc, chung cư, tên, hiệu, thương hiệu, nhãn hiệu, hướng, miền, gió
    """
)
"""Before a name, these make it the name of something else, which need not lie in the place."""

COMPANY_WORDS = Phrases("công ty, cty, tnhh, dntn, htx, hợp tác xã, cổ phần, doanh nghiệp, hộ kinh doanh")
"""Up to three words before a name, these make it the name of a firm."""

PERSONAL = frozenset({"em", "toi", "minh", "tui", "anh", "chi", "nha", "chung"})
FAMILY_NAMES = frozenset(
    "nguyen tran le pham huynh hoang vo dang bui do ngo phan truong ly dinh luong mai trinh duong ong ba co chu".split()  # noqa: SIM905
)

NOT_BEFORE: dict[str, frozenset[str]] = {
    "an phu": _names("hop, trach, luc, kien, phi, quy, hung, gia, thinh, dong"),
    "phu mi": _names("hung"),
    "di an": _names("com, sang, trua, toi, uong, nhau, tiec, ke"),
    "phu giao": _names("hang, dich"),
    "lai thieu": _names("tien, von, tho, nguoi, giay, vat, hang, may, cho, ho"),
    "nha be": _names("ban"),
    "ben cat": _names("laser, cnc, go, sat, day, plasma, kim, may, giay"),
    "lang son": _names("mai, dau"),
    "tay nam": _names("bo"),
    "tan binh": _names("tuong"),
    "binh duong": _names("quang"),
    "cao bang": _names("nao, cap"),
    "thong nhat": _names("la, voi, ve"),
    "hoa binh": _names("duong"),
    "son la": _names("chinh, nghe"),
}
"""What follows a name when it is part of something longer ("an phú quý", "phụ giao hàng", "bên cắt laser")."""

ELSEWHERE = Phrases(
    """
    quê, gốc, văn phòng, vp, trụ sở, hội chợ, triển lãm, khách, giao, cửa hàng, showroom, hộ khẩu, mua, nhập, đại
    lý, chi nhánh, đăng ký, giấy phép
    """
)
"""Said before a place that is not where the workshop stands."""
HERE = Phrases("xưởng, sản xuất, sx, cơ sở, lò, nhà máy, làm, gia công, trại")
LIVING = Phrases("nhà, sống, trọ")
"""Where someone lives: the workshop too, unless another place is named for that."""
PAST = Phrases("trước, trước đây, trước kia, hồi trước, ngày trước, hồi xưa, lúc trước, hồi đó, từ, rời")
NEGATIONS = Phrases(
    """
    không phải, hông phải, hổng phải, ko phải, chứ không, chớ không, em không, tôi không, tui không, mình không,
    xưởng không, đâu có, đâu phải, chẳng phải, xa, cách
    """
)
"""Before a place that is denied ("không phải Dĩ An") or only measured from ("cách Dĩ An 5 cây")."""


FILLERS = frozenset(
    """
    da thua a ah ad admin oi vang uh um u em anh chi chu co bac ong ba toi minh tui nha nhe nhen nghen hen ha do
    day thi la nam dang o tai ben khu vuc gan duoi tren trong ngoai vung thuoc xuong co so cua dia chi ban noi cho
    phuong xa huyen quan tinh thanh pho thi tran tx tp p h q x f tt dac cu moi hien nay gio bay van vay luon roi
    ne ngay tuot mien chung la ca va sau truoc khi sap nhap do bang viet nam nuoc vn cac hay hoac voi giua
    """.split()  # noqa: SIM905
)
"""Folded words around a place that say nothing more: an answer of a name and these is the name."""
