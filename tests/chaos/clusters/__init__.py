"""Several embedded nodes of Kafka and MongoDB, and what is done to them while services run."""
