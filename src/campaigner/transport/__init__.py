"""How a mail leaves: into a Maildir, or to a mail server."""
