"""What replicas share: the hub, the merge, and the rounds that bring both together."""
