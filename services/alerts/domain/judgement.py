"""What people decide about a whole issue: that it keeps silent for a while, that it is over."""

from datetime import datetime

from pydantic import BaseModel

from shared.contracts.issue import Finding


class Silence(BaseModel):
    """Nobody is called before `until`, unless the issue goes to step 3."""

    until: datetime
    since: datetime
    by: str
    reason: str


class End(BaseModel):
    """How the issue was closed."""

    at: datetime
    by: str
    finding: Finding
    reason: str
