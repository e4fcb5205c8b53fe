"""A folder of another machine as a target; `remote/` is what runs there."""
