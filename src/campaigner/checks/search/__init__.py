"""Search and sharing: it is found, and looks right where it is passed on."""
