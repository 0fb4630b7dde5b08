#!/bin/sh
# Makes the secrets of a compose deployment in ./secrets (or the folder named): random, once; what is there stays.
# The folder is for its owner alone. The files in it can be read by everybody who gets there, because containers run as
# different users and are given single files.
set -eu
folder=${1:-secrets}
umask 077
mkdir -p "$folder"
chmod 700 "$folder"
made=0
secret() { # name, bytes: hexadecimal digits, on one line
    [ ! -s "$folder/$1" ] || return 0
    head -c "$2" /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$folder/$1.new"
    chmod 444 "$folder/$1.new"
    mv "$folder/$1.new" "$folder/$1"
    made=$((made + 1))
}
secret master-key 32
secret mongo-keyfile 500
secret kafka-admin 24
secret mongo-admin 24
secret grafana-admin 24
for service in intake alerts sharing; do
    secret "kafka-$service" 24
    secret "mongo-$service" 24
done
echo "$made secrets made in $folder. Keep a copy of $folder/master-key elsewhere: without it nobody can read customers' data."
