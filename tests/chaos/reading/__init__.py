"""Reads a whole deployment, once it has settled."""

from tests.chaos.reading.all import read

__all__ = ["read"]
