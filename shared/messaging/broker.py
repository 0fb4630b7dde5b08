"""The FastStream broker on which a service's consumers are subscribed, with the options of the other clients."""

from typing import Any, Final

from faststream.kafka import KafkaBroker
from faststream.security import BaseSecurity, SASLPlaintext, SASLScram256, SASLScram512

from shared.messaging.kafka import access
from shared.runtime.credentials import Brokers

_BY_MECHANISM: Final[dict[str, Any]] = {
    "SCRAM-SHA-512": SASLScram512,
    "SCRAM-SHA-256": SASLScram256,
    "PLAIN": SASLPlaintext,
}


def broker(brokers: Brokers) -> KafkaBroker:
    """One that only consumes; its servers are a list, because a string counts as one server."""
    servers = access(brokers)["bootstrap_servers"]
    return KafkaBroker(
        servers,
        security=_security(brokers),
        logger=None,
        apply_types=False,
        consumer_only=True,
        request_timeout_ms=10_000,
    )


def _security(brokers: Brokers) -> BaseSecurity:
    encrypted = access(brokers).get("ssl_context")
    if not brokers.user:
        return BaseSecurity(ssl_context=encrypted, use_ssl=brokers.tls)
    proof: BaseSecurity = _BY_MECHANISM[brokers.mechanism](
        brokers.user, brokers.password, ssl_context=encrypted, use_ssl=brokers.tls
    )
    return proof
