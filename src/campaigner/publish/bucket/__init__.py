"""A bucket of an S3-compatible server as a target, which has no switch."""
