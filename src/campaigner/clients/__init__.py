"""Mail programs: what each of them supports (caniemail.com), and what becomes of a mail in it."""
