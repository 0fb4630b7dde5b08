"""A copy of an issue that is made again: what was told counts, and what is too old to be told stays."""

from services.intake.domain.issue import KnownIssue


def copy(**heard: tuple[int, object]) -> KnownIssue:
    made = KnownIssue(id="i")
    for name, (sequence, value) in heard.items():
        made.hear(sequence, **{name: value})
    return made


def test_what_was_told_replaces_what_stands_there() -> None:
    known = copy(number=(1, "I-0"), step=(4, 0))
    known.take_over(copy(number=(1, "I-2026-000001"), step=(4, 2)))
    assert (known.number, known.step) == ("I-2026-000001", 2)


def test_what_no_topic_tells_any_more_stays() -> None:
    known = copy(number=(1, "I-2026-000001"), step=(9, 3))
    known.improvement_id = "m"
    known.take_over(copy(step=(7, 1)))
    assert (known.number, known.step, known.improvement_id) == ("I-2026-000001", 3, "m")


def test_what_it_was_joined_to_follows_from_the_newest_word_of_each() -> None:
    known, told = KnownIssue(id="i"), KnownIssue(id="i")
    known.join("a", True, 3)
    told.join("a", False, 5)
    told.join("b", True, 2)
    known.take_over(told)
    assert known.joined_into == "b"
    assert [(link.issue_id, link.inside) for link in known.parents] == [("a", False), ("b", True)]
