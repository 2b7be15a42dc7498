"""The tocsin compiler: one catalog in, everything an operations team deploys out."""
