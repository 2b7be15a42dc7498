"""Who is told of an alert: the tree, how it is derived, and what it would do."""
