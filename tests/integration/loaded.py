"""What every process of a service loads when it starts; loaded once for all that are forked (`preloaded.py`)."""

import gc

import deploy.cli.serve
from deploy import registry
from shared.language.hazards.shipped import load_hazards

__all__ = ["deploy"]

for name in registry.MODULES:
    registry.service(name)
load_hazards()
gc.collect()
gc.freeze()
