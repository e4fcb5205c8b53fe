"""Names of the pieces that a build is made of, for those who load nothing that renders them."""

POST, LANDING, NEWSLETTER, ENTRY = "post", "landing", "newsletter", "entry"
HOME, TAG, FEED, SITEMAP, ROBOTS = "home", "tag", "feed", "sitemap", "robots"
NOT_FOUND, PRIVACY, SHARED = "not-found", "privacy", "shared"

#: kinds that are made of one campaign each
CAMPAIGN_KINDS = (POST, LANDING, NEWSLETTER, ENTRY)
#: begins the digest of a file whose name holds the hash of its content; the size follows
NAMED = "named "
