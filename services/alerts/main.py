"""`uvicorn services.alerts.main:app` serves alerts alone, in all roles."""

from services.alerts.service import SERVICE
from shared.runtime.app import app_from_environment

app = app_from_environment(SERVICE).app
