"""Fills in a form that a page has shown, as somebody does who is careless, hurried or up to something."""

from collections.abc import Mapping, Sequence

from tests.fuzz.leafing import Form
from tests.fuzz.plans import GOOD_WORDS, Plan

Filled = list[tuple[str, str]]


def filled_in(form: Form | None, names: Sequence[str], plan: Plan) -> Filled:
    """Names and values of its fields; `names` are those of all forms, some of which get into this one."""
    options = form.fields if form else {}
    fields = [(name, _usual(values, plan.which)) for name, values in options.items()]
    for how, place, value in plan.content:
        if how == "new" or not fields:
            fields.append((names[place % len(names)] if names else "text", value))
        else:
            _change(fields, how, place, value, options)
    return fields


def _usual(values: Sequence[str], which: int) -> str:
    """One of the values of a field; where nothing stands, mostly something that fits many."""
    value = values[which % len(values)]
    return value or ("" if which % 4 == 0 else GOOD_WORDS[which % len(GOOD_WORDS)])


def _change(fields: Filled, how: str, place: int, value: str, options: Mapping[str, Sequence[str]]) -> None:
    at = place % len(fields)
    name = fields[at][0]
    match how:
        case "drop":
            del fields[at]
        case "twice":
            fields.append((name, value))
        case "choose":
            choice = options.get(name, [value])
            fields[at] = (name, choice[place % len(choice)])
        case _:
            fields[at] = (name, value)
