"""Backups of an installation: written, verified, restored, and what follows from a restore."""
