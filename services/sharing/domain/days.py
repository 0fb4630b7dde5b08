"""Days as the database keeps them, which knows moments only."""

from datetime import date
from typing import Annotated

from pydantic import PlainSerializer

Day = Annotated[date, PlainSerializer(date.isoformat, return_type=str)]
"""A date that is stored as its ISO text."""
