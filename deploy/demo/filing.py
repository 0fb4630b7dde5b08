"""A complaint of the week as it is handed in: the same shape whichever way it goes."""

from datetime import date, datetime, time
from typing import Any, Final

from deploy.demo.goods import Products
from deploy.demo.material import Moment, Told, Way, day_of
from shared.runtime.clock import KOREA

CHANNELS: Final[dict[Way, str]] = {"form": "web", "phone": "phone", "staff": "employee", "shop": "shop"}
"""Channel by way, where the complaint itself names none."""


def filing_of(told: Told, products: Products, monday: date) -> dict[str, Any]:
    """The body of a filing. `monday` begins the week that is told of; only its fields that are known are sent."""
    return {
        "title": told.title,
        "body": told.body.strip(),
        "kind": told.kind,
        "channel": told.channel or CHANNELS[told.way],
        **({"product": _product(told, products, monday)} if told.product else {}),
        **({"harm": _harm(told)} if told.harm else {}),
        **({"remedy_sought": told.remedy} if told.remedy else {}),
        **({"occurred_at": at(told.occurred, monday).isoformat()} if told.occurred else {}),
        **_contact(told),
    }


def at(moment: Moment, monday: date) -> datetime:
    """A moment of the week as one in Korea, where the invented company and its customers are."""
    return datetime.combine(day_of(moment.day, monday), time.fromisoformat(moment.at), KOREA)


def _product(told: Told, products: Products, monday: date) -> dict[str, Any]:
    known = products.by_code[told.product or ""]
    made = next((lot.made for lot in known.lots if lot.code == told.lot), None)
    lot = {"lot": told.lot} if told.lot else {}
    day = {"manufactured_on": date.fromordinal(monday.toordinal() - made).isoformat()} if made is not None else {}
    return {"code": known.code, "name": known.names.ko, **lot, **day}


def _harm(told: Told) -> dict[str, Any]:
    harm = told.harm
    return {} if harm is None else harm.model_dump(exclude_defaults=True)


def _contact(told: Told) -> dict[str, Any]:
    """Who it is, with their consent: it is asked for wherever there is a person's name."""
    if told.contact is None:
        return {}
    consent = {"processing": True, "health": told.harm is not None and bool(told.harm.persons)}
    return {"contact": told.contact.model_dump(exclude_none=True), "consent": consent}
