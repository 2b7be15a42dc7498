"""What each command of the command line does. Each returns an exit status: 0 fine, 1 findings, 2 a bad catalog."""
