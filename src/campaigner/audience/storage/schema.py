"""The tables of the audience, alike in SQLite and PostgreSQL; `migrations/` makes them.

What is done to these tables needs a migration of its own, and its revision in `VERSION`. The triggers that keep
the ledger as it was written stand in the migrations only.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB

#: the revision of the last migration
VERSION = "0002"
#: where the database says its revision
VERSION_TABLE = "campaigner_version"


class UtcTime(TypeDecorator[datetime]):
    """An instant: with its zone in Python and PostgreSQL, in UTC without one in SQLite, which knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give what is kept; a time without a zone means nothing, and is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give what was kept, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Document = JSON().with_variant(JSONB(), "postgresql")
Number = BigInteger().with_variant(Integer(), "sqlite")
metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_unique",
        "ck": "%(table_name)s_%(constraint_name)s",
        "fk": "%(table_name)s_%(column_0_N_name)s_known",
        "pk": "%(table_name)s_key",
    }
)

subscribers = Table(
    "subscribers",
    metadata,
    # random, and not counted: after a restore a number would be given to somebody else, and open their page
    Column("id", Text, primary_key=True),
    # as it was given, its domain in Unicode
    Column("address", Text, nullable=False),
    # what makes two addresses the same, see addresses.py
    Column("key", Text, nullable=False, unique=True),
    # the hash of the key, by which suppressions know it
    Column("digest", Text, nullable=False, unique=True),
    Column("status", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("fields", Document, nullable=False),
    # the campaign whose page they signed up at, and how they came there
    Column("campaign", Text, nullable=False),
    Column("utm", Document, nullable=False),
    # of the sign-up that waits for its confirmation, or that was confirmed
    Column("request", Text),
    Column("created_at", UtcTime, nullable=False),
    # when they signed up last; null where nothing waits for a confirmation
    Column("asked_at", UtcTime),
    Column("confirmed_at", UtcTime),
    # when they unsubscribed, complained or could not be reached any more
    Column("ended_at", UtcTime),
    # when the last mail was made that a sign-up sends
    Column("mailed_at", UtcTime),
    CheckConstraint(
        "status IN ('pending', 'confirmed', 'unsubscribed', 'bounced', 'complained')", name="status"
    ),
    Index(None, "asked_at"),
)

subscriber_tags = Table(
    "subscriber_tags",
    metadata,
    Column("subscriber", Text, ForeignKey("subscribers.id"), primary_key=True),
    Column("tag", Text, primary_key=True),
    Index(None, "tag"),
)

# each wording once, however many people it was shown to
wordings = Table(
    "wordings",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("text", Text, nullable=False),
)

consent_ledger = Table(
    "consent_ledger",
    metadata,
    Column("number", Number, Identity(), primary_key=True),
    Column("subscriber", Text, ForeignKey("subscribers.id"), nullable=False),
    Column("event", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("address", Text, nullable=False),
    # of the sign-up that this is about
    Column("request", Text),
    Column("campaign", Text),
    Column("page", Text),
    Column("form", Text),
    Column("ip", Text),
    Column("agent", Text),
    Column("wording", Text, ForeignKey("wordings.hash")),
    Column("language", Text),
    Column("policy", Text),
    Column("box", Text),
    Column("method", Text),
    Column("operator", Text),
    Column("note", Text),
    Index(None, "subscriber"),
    Index(None, "at"),
    sqlite_autoincrement=True,  # no number is given twice
)

# how many sign-ups of a day nobody confirmed, and were erased: without them each old one would seem confirmed
erased_sign_ups = Table(
    "erased_sign_ups",
    metadata,
    # that they signed up on, as 2026-11-22, in UTC
    Column("day", Text, primary_key=True),
    Column("campaign", Text, primary_key=True),
    Column("count", Number, nullable=False),
)

# whose entries of the ledger may be deleted: filled and emptied within the transaction that erases them
erasing = Table("erasing", metadata, Column("subscriber", Text, primary_key=True))

suppressions = Table(
    "suppressions",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("since", UtcTime, nullable=False),
    # when they confirmed anew; null while it holds
    Column("lifted", UtcTime),
    # when all else that was known of them was erased last
    Column("erased", UtcTime),
)

outgoing = Table(
    "outgoing",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subscriber", Text, ForeignKey("subscribers.id"), nullable=False),
    Column("recipient", Text, nullable=False),
    # what the mail is composed from
    Column("campaign", Text, nullable=False),
    Column("request", Text),
    # as it leaves; null until it is composed
    Column("message", LargeBinary),
    Column("created_at", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    # null where it is given up
    Column("next_at", UtcTime),
    Column("last_error", Text, nullable=False),
    # who is sending it, and until when nobody else may
    Column("holder", Text),
    Column("held_until", UtcTime),
    Index(None, "next_at"),
    Index(None, "subscriber"),
)

limit_counters = Table(
    "limit_counters",
    metadata,
    Column("key", Text, primary_key=True),
    Column("count", Number, nullable=False),
    # seconds since 1970
    Column("expires", Double, nullable=False),
    Index(None, "expires"),
)
