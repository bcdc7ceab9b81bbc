import re

from bot.leads import STAFF_CHANNEL


def test_an_invitation_joins_one_chat_once(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo")
    code = office.collaborators.invite(binh)
    assert re.fullmatch(r"[A-Za-z0-9_-]{8,64}", code)
    assert office.collaborators.invited(code).id == binh

    office.collaborators.link(binh, "telegram", "77")
    assert office.collaborators.invited(code) is None
    assert office.collaborators.of_chat("telegram", "77").id == binh


def test_a_new_invitation_voids_the_one_before(office):
    binh = office.collaborator("Anh Bình")
    first, second = office.collaborators.invite(binh), office.collaborators.invite(binh)

    assert office.collaborators.invited(first) is None
    assert office.collaborators.invited(second).id == binh
    assert office.collaborators.invited("ctv_") is None


def test_a_chat_belongs_to_one_collaborator(office):
    binh, lan = office.collaborator("Anh Bình", chat="77"), office.collaborator("Chị Lan")
    office.collaborators.link(lan, "telegram", "77")

    assert office.collaborators.of_chat("telegram", "77").id == lan
    assert office.collaborators.get(binh).channel == STAFF_CHANNEL


def test_a_household_is_no_collaborator(office):
    office.person("hoa")

    assert office.collaborators.of_chat("telegram", "hoa") is None
    assert office.collaborators.of_chat(STAFF_CHANNEL, "centre") is None
