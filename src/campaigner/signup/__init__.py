"""The public app: sign-up, confirmation, preferences, unsubscribing, and the mails that belong to them."""
