"""Every metric's name, in one place; labels never hold personal data or ids, and have few values each.

`docs/operations.md` lists them for operators, `deploy/observe/` asks for them; a test holds all three together.
"""

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LONG_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)

ROLE = Gauge("ccms_role", "1 for each role that this process has for a service, once it is ready", ["service", "role"])
LOOP_LATE = Histogram(
    "ccms_loop_late_seconds", "How much too late the process comes to its work", ["service"], buckets=_SECONDS
)
LEASE_HELD = Gauge("ccms_lease_held", "Whether this process holds a lease of the service", ["service", "lease"])

REQUESTS = Histogram(
    "ccms_http_seconds", "Time to begin to answer a request", ["service", "method", "route", "status"], buckets=_SECONDS
)
STREAMS = Gauge("ccms_stream_watchers", "Open pages that are told of changes", ["service"])

GROUP_SIZE = Histogram("ccms_commit_group_size", "Members of a transaction", ["service"], buckets=_SIZES)
COMMIT_SECONDS = Histogram("ccms_commit_seconds", "Time to commit a group", ["service"], buckets=_SECONDS)
COMMIT_WAITING = Gauge("ccms_commit_waiting", "Requests that wait for their transaction", ["service"])
CONFLICTS = Counter("ccms_commit_conflicts_total", "Transactions tried again after a conflict", ["service"])

MONGO_UP = Gauge("ccms_mongo_up", "Whether a primary answers this process", ["service"])
MONGO_SECONDS = Histogram(
    "ccms_mongo_seconds", "Time that MongoDB takes for a command", ["service", "command"], buckets=_SECONDS
)
MONGO_FAILED = Counter("ccms_mongo_failed_total", "Commands that MongoDB did not carry out", ["service", "command"])
MONGO_WAITING = Gauge("ccms_mongo_waiting", "Work of this process that waits for a thread to ask MongoDB")

OUTBOX_AGE = Gauge("ccms_outbox_age_seconds", "Age of the oldest event not yet sent", ["service"])
OUTBOX_ROWS = Gauge("ccms_outbox_rows", "Events not yet sent, counted up to 10,000", ["service"])
OUTBOX_SENT = Counter("ccms_outbox_sent_total", "Events sent by the relay", ["service", "topic", "by"])
OUTBOX_HELD = Gauge("ccms_outbox_held_keys", "Keys whose events are held back because one cannot be sent", ["service"])
EVENT_DELAY = Histogram(
    "ccms_event_delay_seconds", "Time from the event that caused it until it is sent", ["topic"], buckets=_LONG_SECONDS
)

CONSUMED = Counter("ccms_consumed_total", "Records consumed", ["consumer", "outcome"])
CONSUMER_LAG = Gauge("ccms_consumer_lag_records", "Records between the consumer and the end of its topic", ["consumer"])
CONSUMER_DELAY = Histogram(
    "ccms_consumer_delay_seconds", "Age of a batch's oldest record when it is done", ["consumer"], buckets=_LONG_SECONDS
)
CONSUMER_STOPPED = Gauge("ccms_consumer_stopped", "Whether the consumer stands still", ["consumer"])
BATCH_SECONDS = Histogram("ccms_consumer_batch_seconds", "Time to handle a batch", ["consumer"], buckets=_SECONDS)
DEAD_LETTERS = Counter("ccms_dead_letters_total", "Records that can never be taken", ["consumer"])
DEAD_LETTERS_OPEN = Gauge("ccms_dead_letters_open", "Dead letters nobody has decided about, up to 1,000", ["service"])
PARKED = Gauge("ccms_parked_records", "Records that wait for another, counted up to 1,000", ["service"])
PARKED_AGE = Gauge("ccms_parked_age_seconds", "Age of the oldest record that waits for another", ["service"])

TIMERS_FIRED = Counter("ccms_timers_fired_total", "Timers that came due and were done", ["service", "kind"])
TIMERS_LATE = Gauge("ccms_timers_late_seconds", "How long the oldest timer that is due has been so", ["service"])

SEARCH_INDEXED = Counter("ccms_search_indexed_total", "Documents taken into the search index", ["service", "kind"])
SEARCH_SECONDS = Histogram("ccms_search_seconds", "Time to find", ["service", "kind"], buckets=_SECONDS)
SEARCH_COMPLETE = Gauge("ccms_search_complete", "Whether every document is in this process's index", ["service"])
SEARCH_BEHIND = Gauge("ccms_search_behind_seconds", "How long changes have waited for the search index", ["service"])

CALLS_OPEN = Gauge("ccms_calls_open", "Issues whose call nobody has answered, by step", ["service", "step"])
CALL_AGE = Gauge("ccms_call_age_seconds", "Since when the oldest of those calls has rung", ["service", "step"])
CLOCKS_OVERDUE = Gauge("ccms_clocks_overdue", "Complaints of which a clock is over, up to 10,000", ["service"])
