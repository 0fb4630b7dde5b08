"""Filing without credentials: the same as `POST /complaints`, limited in rate, answered with a secret."""

import os
from functools import partial

from fastapi import APIRouter, Response

from services.intake.api.limited import at_most
from services.intake.domain.attachment import ANYBODY
from services.intake.domain.filing import Filing
from services.intake.domain.secret import BYTES, write_secret
from services.intake.handlers.public_drafts import file_in_public
from services.intake.schemas.public import PublicFiled
from shared.identity.policy import PUBLIC, Rule
from shared.web.bodies import JsonRoute, created
from shared.web.run import Runner

ROOT = "/api/intake/v1"
FOLLOW = "/complaints/follow"
POLICY = [Rule("POST", f"{ROOT}/public/complaints", PUBLIC)]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["complaints"])


@router.post("/public/complaints", status_code=201, response_model=PublicFiled, dependencies=[at_most("file")])
async def file(filing: Filing, run: Runner) -> Response:
    """File a complaint without credentials. `channel` is always `web`, `knowledge_at` the time of filing.

    The answer holds `secret`: only its hash is kept, so note it down. Number and secret open `/complaints/follow`.
    Files are uploaded with `POST /public/attachments` before.
    """
    by_anybody = partial(file_in_public, secret=write_secret(os.urandom(BYTES)), uploads_of=ANYBODY)
    return created(await run(by_anybody, filing, out=PublicFiled), FOLLOW)
