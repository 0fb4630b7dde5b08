"""Every metric's name, in one place; labels never hold personal data or ids."""

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)

GROUP_SIZE = Histogram("ccms_commit_group_size", "Members of a transaction", ["service"], buckets=_SIZES)
COMMIT_SECONDS = Histogram("ccms_commit_seconds", "Time to commit a group", ["service"], buckets=_SECONDS)
CONFLICTS = Counter("ccms_commit_conflicts_total", "Transactions tried again after a conflict", ["service"])
OUTBOX_AGE = Gauge("ccms_outbox_age_seconds", "Age of the oldest event not yet sent", ["service"])
OUTBOX_SENT = Counter("ccms_outbox_sent_total", "Events sent by the relay", ["service"])
OUTBOX_HELD = Gauge("ccms_outbox_held_keys", "Keys whose events are held back because one cannot be sent", ["service"])
CONSUMED = Counter("ccms_consumed_total", "Records consumed", ["consumer", "outcome"])
CONSUMER_LAG = Gauge("ccms_consumer_lag_records", "Records between the consumer and the end of its topic", ["consumer"])
BATCH_SECONDS = Histogram("ccms_consumer_batch_seconds", "Time to handle a batch", ["consumer"], buckets=_SECONDS)
DEAD_LETTERS = Counter("ccms_dead_letters_total", "Records that can never be taken", ["consumer"])
PARKED_AGE = Gauge("ccms_parked_age_seconds", "Age of the oldest record that waits for another", ["service"])
TIMERS_FIRED = Counter("ccms_timers_fired_total", "Timers that came due and were done", ["service", "kind"])
REQUESTS = Histogram("ccms_http_seconds", "Time to answer a request", ["service", "route", "status"], buckets=_SECONDS)
SEARCH_INDEXED = Counter("ccms_search_indexed_total", "Documents taken into the search index", ["service", "kind"])
SEARCH_SECONDS = Histogram("ccms_search_seconds", "Time to find", ["service", "kind"], buckets=_SECONDS)
