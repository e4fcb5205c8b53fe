"""The steps, each named for its revision and for what it brings."""
