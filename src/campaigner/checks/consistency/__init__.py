"""One campaign, three outputs: article, newsletter and sign-up page say the same."""
