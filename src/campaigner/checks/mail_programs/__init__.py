"""Mail programs: the mail looks right, and loses nothing, in those that its readers have."""
