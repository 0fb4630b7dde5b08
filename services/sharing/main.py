"""`uvicorn services.sharing.main:app` serves sharing alone, in all roles."""

from services.sharing.service import SERVICE
from shared.runtime.app import app_from_environment

app = app_from_environment(SERVICE).app
