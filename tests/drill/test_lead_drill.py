from tests.drill.lead_drill import run_drill


def test_killed_at_twelve_points_nothing_is_lost_and_no_card_goes_twice(tmp_path):
    result = run_drill(tmp_path, leads=6, kills=14, seed=2)

    assert result.leads == 6
    assert result.kills >= 12
    assert result.cards > 0
    assert result.taken_unseen > 0
    assert (result.lost_leads, result.doubled_leads, result.without_owner) == (0, 0, 0)
    assert (result.unsent, result.doubled, result.doubled_cards) == (0, 0, 0)
