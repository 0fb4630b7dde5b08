"""The plan of kills: the same from the same seed, among everything that can die."""

from tests.chaos.kills import SERVERS, planned

POSTS = ("intake api", "intake relay", "alerts all 1", "alerts all 2", "sharing all")


def test_the_same_seed_kills_the_same_at_the_same_times() -> None:
    assert list(planned(7, POSTS, 200)) == list(planned(7, POSTS, 200))
    assert list(planned(7, POSTS, 200)) != list(planned(8, POSTS, 200))


def test_a_shorter_plan_is_the_beginning_of_a_longer_one() -> None:
    assert list(planned(7, POSTS, 200))[:20] == list(planned(7, POSTS, 20))


def test_everything_dies_at_some_time_and_some_of_it_together() -> None:
    plan = list(planned(7, POSTS, 200))
    assert {victim for kill in plan for victim in kill.victims} == {*POSTS, *SERVERS}
    assert {len(kill.victims) for kill in plan} == {1, 2}
    assert all(len(set(kill.victims)) == len(kill.victims) for kill in plan)
