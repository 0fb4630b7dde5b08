#!/bin/sh
# Checks Prometheus' configuration, its rules and their tests with promtool: from PATH, or out of Debian's package.
set -eu
cd "$(dirname "$0")"

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
promtool=$(command -v promtool || true)
if [ -z "$promtool" ] && command -v apt-get >/dev/null; then
    (cd "$made" && apt-get download -qq prometheus && dpkg -x prometheus_*.deb .) >/dev/null 2>&1 || true
    promtool=$made/usr/bin/promtool
fi
if [ ! -x "$promtool" ]; then
    echo "promtool is not here: it comes with Prometheus (apt-get install prometheus)" >&2
    exit 2
fi

"$promtool" --version 2>&1 | sed -n 1p
"$promtool" check config --lint=all --lint-fatal prometheus.yml
"$promtool" test rules alerts_test.yml
[ $# -eq 0 ] || "$promtool" check metrics <"$1"   # check.sh FILE: figures of a process, as /metrics tells them
