"""What sharing says no to."""
