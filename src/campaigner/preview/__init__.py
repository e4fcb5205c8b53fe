"""The preview: every campaign as it will be seen, served while it is written."""
