"""A folder of this machine as a target: a symbolic link, and the releases that it can lead to."""
