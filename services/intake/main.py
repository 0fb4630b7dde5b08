"""`uvicorn services.intake.main:app` serves intake alone, in all roles."""

from services.intake.service import SERVICE
from shared.runtime.app import app_from_environment

app = app_from_environment(SERVICE).app
