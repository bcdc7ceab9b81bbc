"""What campaigns say to people: the message itself, and the answers to its buttons and to wishes about messages."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.campaigns.campaign import VARIABLE, Button, Campaign
from bot.campaigns.message import CampaignMessage
from bot.people import Purpose
from bot.programmes.catalogue import Programmes, load_programmes
from bot.programmes.loader import Law, load_law
from bot.replies import money
from bot.replies.campaign_values import called, place_text, value_text
from bot.replies.consents import ConsentText
from bot.replies.policy import with_figures
from bot.replies.reply import Attachment, Choice, Outcome, Reply

CONSENT = ConsentText(
    Purpose.CAMPAIGN,
    "Khi có đợt hỗ trợ hay hội chợ hợp với xưởng, Khuyến công nhắn báo anh/chị: mỗi tuần nhiều nhất một tin, "
    "không nhắn buổi tối, ngày lễ. Muốn thôi lúc nào cũng được, nhắn “dừng”.",
)
CAMPAIGN_FILE = "campaign_file"
"""The kind of an attachment that is a file as the Centre gave it."""
SUBSCRIBE = Choice("Nhận tin hỗ trợ mới", "campaign_join")
_HEADLINE = "Xưởng mình được hỗ trợ gì?"
_TRIAL = "Tin gửi thử, chỉ mình anh/chị nhận:"
_TRIED = {
    "campaign_later": "người nhận sẽ được hỏi muốn nhắc ngày nào, rồi nhận lại tin này vào 9 giờ ngày đó",
    "campaign_stop": "người nhận sẽ không nhận tin nào nữa",
    "campaign_stop_topic": "người nhận sẽ không nhận tin về việc này nữa, các tin khác vẫn nhận",
}


def render(message: CampaignMessage) -> Reply:
    """The message as a person gets it; figures are those of the message's day, with their doubts."""
    law = load_law()
    said = f"{_TRIAL}\n{_said(message, law)}" if message.trial else _said(message, law)
    return Reply(said, _choices(message, load_programmes(law)), document=_file(message))


def _said(message: CampaignMessage, law: Law) -> str:
    known = {said.name: value_text(said.value, said.name) for said in message.values}
    known |= {"name": called(message.name), "place": place_text(message.place)}
    text = with_figures(message.text, message.day, law)
    said = VARIABLE.sub(lambda found: known[found["name"]], text)
    return "\n".join(line[:1].upper() + line[1:] for line in said.splitlines())


def poster_text(campaign: Campaign, day: date) -> tuple[str, tuple[str, ...]]:
    """The headline and the lines of a campaign's poster on *day*; the programme's own words where it has none."""
    law = load_law()
    known = {name: value_text(value, name) for name, value in campaign.values.items()}

    def said(text: str) -> str:
        return VARIABLE.sub(lambda found: known[found["name"]], with_figures(text, day, law)).replace("**", "")

    if campaign.poster is not None:
        return said(campaign.poster.headline), tuple(map(said, campaign.poster.lines))
    programme = load_programmes(law).get(campaign.programme or "")
    about = (programme.about,) if programme else ()
    return _HEADLINE, (*about, "Hỏi thử vài phút: xưởng mình có thuộc nhóm được hỗ trợ không, cần giấy tờ gì.")


def _choices(message: CampaignMessage, programmes: Programmes) -> tuple[Choice, ...]:
    programme = programmes.get(message.programme or "")
    data: dict[str, object] = {"trial": True} if message.trial else {"campaign": message.key}
    topic = programmes.get(message.topic)
    made = {
        Button.CHECK: Choice(
            "Kiểm tra xem tôi có được không",
            "start_screening",
            {**data, **({"programmes": [programme.id]} if programme else {})},
        ),
        Button.CONDITIONS: Choice(
            "Xem điều kiện", "ask_policy", {**data, "topic": programme.topic if programme else "activities"}
        ),
        Button.LATER: Choice("Nhắc tôi sau", "campaign_later", data),
        Button.STOP: Choice("Không nhận nữa", "campaign_stop", data),
        Button.STOP_TOPIC: Choice(
            f"Không nhận tin {topic_name(message.topic, programmes)}",
            "campaign_stop_topic",
            {**data, "topic": message.topic},
        )
        if topic
        else Choice("Không nhận nữa", "campaign_stop", data),
    }
    return tuple(made[button] for button in message.buttons)


def topic_name(topic: str, programmes: Programmes) -> str:
    """A topic inside a sentence: `hội chợ trong nước`."""
    programme = programmes.get(topic)
    return "chung" if programme is None else f"{programme.short[:1].lower()}{programme.short[1:]}"


def _file(message: CampaignMessage) -> Attachment | None:
    if message.attachment is None:
        return None
    path = Path(message.attachment)
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    # Everybody gets the same file, so its name is no secret to be guessed.
    return Attachment(f"{message.key}-{path.name}", CAMPAIGN_FILE, path.name, media_type, {"path": message.attachment})


# -- answers to its buttons ----------------------------------------------------------------------------------------


def tried(intent: str) -> Reply | None:
    """What a button under a trial would do; None for one that may as well do it."""
    said = _TRIED.get(intent)
    return Reply(f"Tin gửi thử: bấm nút này thì {said}.", (), Outcome.COMMAND) if said else None


def ask_when(key: str) -> Reply:
    """When to be reminded."""
    days = (("Ngày mai", 1), ("3 ngày nữa", 3), ("Tuần sau", 7))
    return Reply(
        "Nhắc anh/chị lúc nào thì tiện?",
        tuple(Choice(title, "campaign_later", {"campaign": key, "days": days}) for title, days in days),
        Outcome.COMMAND,
    )


def will_remind(day: date) -> Reply:
    """The reminder is kept."""
    return Reply(f"Sẽ nhắc lại anh/chị vào ngày {money.day(day)}.", (), Outcome.COMMAND)


def nothing_to_remind() -> Reply:
    """The campaign is over."""
    return Reply("Đợt tin này đã kết thúc. Anh/chị cần hỏi gì cứ nhắn ở đây.", (), Outcome.COMMAND)


def stopped_topics(names: Sequence[str]) -> Reply:
    """No more of some topics."""
    return Reply(
        f"Đã ghi nhận: không gửi tin về {_listed(names)} nữa. Các tin khác vẫn gửi khi phù hợp với xưởng.",
        (Choice("Không nhận tin nào nữa", "campaign_stop"),),
        Outcome.COMMAND,
    )


def only_topics(names: Sequence[str]) -> Reply:
    """Some topics and no others."""
    return Reply(
        f"Đã ghi nhận: chỉ gửi tin về {_listed(names)}.",
        (Choice("Nhận mọi tin phù hợp", "campaign_all"),),
        Outcome.COMMAND,
    )


def all_topics() -> Reply:
    """Every topic again."""
    return Reply(
        "Đã ghi nhận: gửi mọi tin phù hợp với xưởng. Muốn thôi lúc nào cũng được, nhắn “dừng”.",
        (Choice("Không nhận nữa", "campaign_stop"),),
        Outcome.COMMAND,
    )


def _listed(names: Sequence[str]) -> str:
    return " và ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} và {names[-1]}"


# -- consent and links ---------------------------------------------------------------------------------------------


def ask_consent() -> Reply:
    """Asks whether messages may be sent unasked."""
    return Reply(
        f"{CONSENT.words}\nAnh/chị đồng ý nhận không?",
        (
            Choice("Đồng ý", "campaign_consent", {"value": True, "shown": CONSENT.version}),
            Choice("Không", "campaign_consent", {"value": False}),
        ),
        Outcome.COMMAND,
    )


def agreed() -> Reply:
    """Thanks for the yes."""
    return Reply("Vâng, có tin hợp với xưởng sẽ báo anh/chị.", (), Outcome.COMMAND)


def not_agreed() -> Reply:
    """A no is as good."""
    return Reply("Vâng, sẽ không gửi tin nào. Anh/chị hỏi thì vẫn được trả lời.", (), Outcome.COMMAND)


def welcome(message: CampaignMessage, *, may_ask_consent: bool) -> Reply:
    """Who comes by a poster or a link: what it is about, and the first step."""
    shown = render(message)
    kept = tuple(
        choice
        for choice in shown.choices
        if choice.intent not in {"campaign_later", "campaign_stop", "campaign_stop_topic"}
    )
    asked = (SUBSCRIBE,) if may_ask_consent else ()
    return Reply(
        f"Chào anh/chị, đây là kênh hỏi đáp về khuyến công.\n{shown.text}",
        kept + asked,
        Outcome.COMMAND,
        document=shown.document,
    )


def link_over() -> Reply:
    """Who comes by the link of a campaign that is over, or types a code that is no longer one."""
    return Reply(
        "Đợt này đã kết thúc. Các hỗ trợ khuyến công khác vẫn hỏi được ở đây, anh/chị xem xưởng mình hợp khoản nào nhé.",
        (Choice("Kiểm tra xưởng của tôi", "start_screening"), SUBSCRIBE),
        Outcome.COMMAND,
    )
