"""The two sides of the CC Card for people: `python -m deploy.states_page` writes `docs/states.md`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from services.intake.domain.states import CAUSE, CUSTOMER, DONE, SIDES, WHO, WORDS, Side, State, Transition, states_of
from shared.language.i18n import _, translate

PAGE: Final = Path(__file__).parent.parent / "docs" / "states.md"
_HEAD: Final = """# States of the CC Card (CC 카드)

A complaint has two sides: what the customer was told, and whether the cause is gone. The card closes by itself when
both are done (bold), and opens again when one no longer is. This page is made from
[the table](../services/intake/domain/states.py) by `python -m deploy.states_page`;
[ADR 0011](adr/0011-two-sides-of-the-card.md) says why it is so.
"""
_FRAME: Final = _("Not done yet")
_ROWS: Final = "| what is done | from | to | who may | what has to hold |\n|---|---|---|---|---|\n"


def states_page() -> str:
    """The page as Markdown."""
    return _HEAD + _side("customer", CUSTOMER) + _side("cause", CAUSE)


def _side(side: Side, table: tuple[Transition, ...]) -> str:
    english, korean = SIDES[side].capitalize(), translate(SIDES[side], "ko")
    rows = "".join(map(_row, table))
    return f"\n## {english} ({korean})\n\n```mermaid\n{''.join(_picture(side, table))}```\n\n{_ROWS}{rows}"


def _picture(side: Side, table: tuple[Transition, ...]) -> Iterator[str]:
    """A state diagram: transitions between the same states share an arrow, what is possible until the end starts
    from the frame around all states before it."""
    yield "stateDiagram-v2\n    direction LR\n"
    inside = [state for state in states_of(side) if state not in DONE[side]]
    yield f'    state "{_FRAME} · {translate(_FRAME, "ko")}" as {side} {{\n'
    yield from (f"        {_named(state)}\n" for state in inside)
    yield f"        [*] --> {inside[0]}\n    }}\n"
    yield from (f"    {_named(state)}\n" for state in states_of(side) if state in DONE[side])
    for (before, after), names in _arrows(side, table, frozenset(inside)).items():
        yield f"    {before} --> {after}: {', '.join(names)}\n"


def _arrows(side: Side, table: tuple[Transition, ...], inside: frozenset[State]) -> dict[tuple[str, State], list[str]]:
    arrows: dict[tuple[str, State], list[str]] = {}
    for transition in table:
        whole = inside <= set(transition.before)
        for before in [side] if whole and transition.after else transition.before:
            after = transition.goes_to(before)  # type: ignore[arg-type]
            if after != before:
                arrows.setdefault((before, after), []).append(transition.name)
    return arrows


def _named(state: State) -> str:
    return f"{state}: {WORDS[state]} · {translate(WORDS[state], 'ko')}"


def _row(transition: Transition) -> str:
    before = ", ".join(map(_shown, transition.before))
    after = _shown(transition.after) if transition.after else "stays"
    who = ", ".join(WHO[one] for one in transition.who)
    guards = ", ".join(guard.replace("_", " ") for guard in transition.guards)
    return f"| {transition.words} (`{transition.name}`) | {before} | {after} | {who} | {guards} |\n"


def _shown(state: State) -> str:
    return f"**{state}**" if any(state in done for done in DONE.values()) else state


if __name__ == "__main__":
    PAGE.write_text(states_page(), encoding="utf-8")
