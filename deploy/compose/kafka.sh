#!/bin/sh
# Hands Kafka the password of its administrator, as whom brokers and controllers speak to each other too; then what the
# image runs by itself. Everybody else signs in with SCRAM, whose users Kafka keeps itself (`ccms prepare`).
set -eu
password=$(cat /run/secrets/kafka-admin)
plain="org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\" password=\"$password\" user_admin=\"$password\";"
export KAFKA_LISTENER_NAME_INTERNAL_PLAIN_SASL_JAAS_CONFIG="$plain"
export KAFKA_LISTENER_NAME_CONTROLLER_PLAIN_SASL_JAAS_CONFIG="$plain"
export KAFKA_LISTENER_NAME_CLIENTS_SCRAM___SHA___512_SASL_JAAS_CONFIG="org.apache.kafka.common.security.scram.ScramLoginModule required;"
exec /etc/kafka/docker/run
