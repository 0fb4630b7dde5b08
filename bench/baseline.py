"""The plain way, as a baseline: FastAPI and Motor, one `insert_one` a request, no number, no rules, no events.

`/parse` does less still: it reads and checks the same body and stores nothing.
"""

import os
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from motor.motor_asyncio import AsyncIOMotorClient
from pydantic import BaseModel
from pymongo.write_concern import WriteConcern

from services.intake.domain.filing import Filing

app = FastAPI()
client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(os.environ["CCMS_MONGO"])
database = client[os.environ["BENCH_DATABASE"]]
complaints = database.get_collection("complaints", write_concern=WriteConcern(w="majority", j=True))


class Filed(BaseModel):
    """The plain answer."""

    id: str
    state: str


@app.post("/complaints", status_code=201)
async def file(filing: Filing) -> Filed:
    """Durable by itself, and nobody is told."""
    id = str(uuid4())
    await complaints.insert_one(
        {"_id": id, "filed_at": datetime.now(UTC), "state": "received", **filing.model_dump(mode="json")}
    )
    return Filed(id=id, state="received")


@app.post("/parse", status_code=201)
async def parse(filing: Filing) -> Filed:
    """Read and checked, nothing else."""
    return Filed(id=str(len(filing.body)), state="received")
