"""The values that cross the floors. Nothing here reads, writes or renders."""
