"""Settings that are numbers say what they may be."""

import pytest

from bot.errors import SettingsError
from bot.settings import read_settings


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("CHATS_AT_ONCE", "0", "from 1 to 16"),
        ("CHATS_AT_ONCE", "17", "from 1 to 16"),
        ("CHATS_AT_ONCE", "two", "from 1 to 16"),
        ("KEEP_BUTTONS_DAYS", "13", "from 14"),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_the_bounds(tmp_path, name, given, told):
    with pytest.raises(SettingsError, match=f"KHUYENCONG_{name}: '{given}' is not a whole number {told}$"):
        read_settings({"KHUYENCONG_HOME": str(tmp_path), f"KHUYENCONG_{name}": given})


def test_how_many_chats_are_answered_at_once_can_be_set(tmp_path):
    given = {"KHUYENCONG_HOME": str(tmp_path), "KHUYENCONG_CHATS_AT_ONCE": "4"}

    assert read_settings(given).chats_at_once == 4
