"""What the system made of a complaint and of the problem behind it, as its API tells; kinds of facts, no words."""

from dataclasses import dataclass
from typing import Any, Final, Self

from shared.contracts.because import Because

_RANK: Final = {"critical": 3, "serious": 2, "minor": 1}


@dataclass(frozen=True, slots=True)
class Filed:
    """A complaint that was accepted. `secret` opens the follow page of the public form; `issue` is its issue's id."""

    id: str
    number: str
    secret: str | None = None
    issue: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about it and why: the reason that weighs most. `issue` is an id, once intake knows it."""

    category_name: dict[str, str]
    severity: str
    departments: list[str]
    why: Because | None
    issue: str | None = None

    @classmethod
    def of(cls, complaint: dict[str, Any]) -> Self:
        """Out of a complaint as the API gives it."""
        reasons = [Because.model_validate(reason) for reason in complaint["because"]]
        return cls(
            complaint["category_name"],
            complaint["severity"],
            [routed["department"] for routed in complaint["departments"]],
            _weightiest(reasons, complaint["severity"]),
            (complaint.get("issue") or {}).get("id"),
        )


def _weightiest(reasons: list[Because], severity: str) -> Because | None:
    """A grave complaint is explained by its gravest hazard, any other by what its text speaks of."""
    told = [reason for reason in reasons if reason.words]
    hazards = [reason for reason in told if "read_as" in reason.inputs]
    hazards.sort(key=lambda reason: -_RANK.get(str(reason.inputs.get("severity")), 0))
    if hazards and severity in ("critical", "serious"):
        return hazards[0]
    categories = [reason for reason in told if reason.rule.startswith("category.")]
    return next(iter(categories or hazards), None)


@dataclass(frozen=True, slots=True)
class Problem:
    """An issue as it stands: its step, how many complaints, who is called about it, and why."""

    id: str
    number: str
    step: int
    complaints: int
    product_code: str
    product_name: str
    problem_name: dict[str, str]
    called: str | None
    because: list[Because]

    @classmethod
    def of(cls, issue: dict[str, Any]) -> Self:
        """Out of an issue as the API gives it."""
        call = issue.get("call") or {}
        waiting = call.get("person") if not call.get("acknowledged_by") else None
        return cls(
            issue["id"],
            issue["number"],
            int(issue["step"]),
            int(issue["complaints"]),
            issue.get("product_code") or "",
            issue.get("product_name") or "",
            issue["problem_name"],
            waiting,
            [Because.model_validate(reason) for reason in issue["because"]],
        )
