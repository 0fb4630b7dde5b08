"""Brings Kafka and MongoDB of a deployment to what its services need: users, rights, topics. May run at any time."""
