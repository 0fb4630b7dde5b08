#!/bin/sh
# mongod takes a keyfile only if nobody else can read it: a copy for the user it runs as; then what the image runs by itself.
set -eu
umask 377
cp /run/secrets/mongo-keyfile /tmp/keyfile
if [ "$(id -u)" = 0 ] && id mongodb >/dev/null 2>&1; then chown mongodb /tmp/keyfile; fi
umask 022
start=$(command -v docker-entrypoint.sh || echo exec)
$start mongod --replSet ccms --keyFile /tmp/keyfile --bind_ip_all --wiredTigerCacheSizeGB "$MONGO_CACHE_GB" \
    --setParameter transactionLifetimeLimitSeconds=5 "$@"
