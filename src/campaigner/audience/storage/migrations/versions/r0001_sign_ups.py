"""Subscribers, the ledger of their consent, suppressions, mails on their way, and counters of limits."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

TIME = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: what an entry of the ledger keeps for ever; `ip` and `agent` may be emptied
LASTING = (
    *("number", "subscriber", "event", "at", "address", "request", "campaign", "page", "form", "wording"),
    *("language", "policy", "box", "method", "operator", "note"),
)
EMPTIED = ("ip", "agent")
REFUSED = "the ledger of consent is only ever added to"
REFUSED_WORDING = "a wording that was shown stays as it was"


def upgrade() -> None:
    """Make all tables, and the triggers that keep the ledger."""
    _people()
    _ledger()
    _mails_and_limits()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgresql_triggers()


def _people() -> None:
    op.create_table(
        "subscribers",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("digest", sa.Text, nullable=False, unique=True),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("fields", DOCUMENT, nullable=False),
        sa.Column("campaign", sa.Text, nullable=False),
        sa.Column("utm", DOCUMENT, nullable=False),
        sa.Column("request", sa.Text),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("asked_at", TIME),
        sa.Column("confirmed_at", TIME),
        sa.Column("ended_at", TIME),
        sa.Column("mailed_at", TIME),
        sa.CheckConstraint(
            "status IN ('pending', 'confirmed', 'unsubscribed', 'bounced', 'complained')", name="status"
        ),
    )
    op.create_index(None, "subscribers", ["asked_at"])
    op.create_table(
        "subscriber_tags",
        sa.Column("subscriber", sa.Text, sa.ForeignKey("subscribers.id"), primary_key=True),
        sa.Column("tag", sa.Text, primary_key=True),
    )
    op.create_index(None, "subscriber_tags", ["tag"])
    op.create_table(
        "suppressions",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("lifted", TIME),
        sa.Column("erased", TIME),
    )


def _ledger() -> None:
    op.create_table(
        "wordings",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "consent_ledger",
        sa.Column("number", NUMBER, sa.Identity(), primary_key=True),
        sa.Column("subscriber", sa.Text, sa.ForeignKey("subscribers.id"), nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("request", sa.Text),
        sa.Column("campaign", sa.Text),
        sa.Column("page", sa.Text),
        sa.Column("form", sa.Text),
        sa.Column("ip", sa.Text),
        sa.Column("agent", sa.Text),
        sa.Column("wording", sa.Text, sa.ForeignKey("wordings.hash")),
        sa.Column("language", sa.Text),
        sa.Column("policy", sa.Text),
        sa.Column("box", sa.Text),
        sa.Column("method", sa.Text),
        sa.Column("operator", sa.Text),
        sa.Column("note", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index(None, "consent_ledger", ["subscriber"])
    op.create_index(None, "consent_ledger", ["at"])
    op.create_table("erasing", sa.Column("subscriber", sa.Text, primary_key=True))


def _mails_and_limits() -> None:
    op.create_table(
        "outgoing",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subscriber", sa.Text, sa.ForeignKey("subscribers.id"), nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("campaign", sa.Text, nullable=False),
        sa.Column("request", sa.Text),
        sa.Column("message", sa.LargeBinary),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", TIME),
        sa.Column("last_error", sa.Text, nullable=False),
        sa.Column("holder", sa.Text),
        sa.Column("held_until", TIME),
    )
    op.create_index(None, "outgoing", ["next_at"])
    op.create_index(None, "outgoing", ["subscriber"])
    op.create_table(
        "limit_counters",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("count", NUMBER, nullable=False),
        sa.Column("expires", sa.Double, nullable=False),
    )
    op.create_index(None, "limit_counters", ["expires"])


def _sqlite_triggers() -> None:
    changed = [f"NEW.{name} IS NOT OLD.{name}" for name in LASTING]
    changed += [f"(NEW.{name} IS NOT OLD.{name} AND NEW.{name} IS NOT NULL)" for name in EMPTIED]
    for name, what, table, when, refused in (
        ("consent_ledger_stays", "UPDATE", "consent_ledger", " OR ".join(changed), REFUSED),
        (
            *("consent_ledger_keeps", "DELETE", "consent_ledger"),
            *("NOT EXISTS (SELECT 1 FROM erasing WHERE subscriber = OLD.subscriber)", REFUSED),
        ),
        ("wordings_stay", "UPDATE", "wordings", "true", REFUSED_WORDING),
        ("wordings_keep", "DELETE", "wordings", "true", REFUSED_WORDING),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{refused}'); END"
        )


def _postgresql_triggers() -> None:
    for function, refused in (
        ("campaigner_refuse_ledger", REFUSED),
        ("campaigner_refuse_wording", REFUSED_WORDING),
    ):
        op.execute(
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refused}'; END $$"
        )
    # the condition of a trigger may not look into another table, so the function does
    is_erased = "EXISTS (SELECT 1 FROM erasing WHERE subscriber = OLD.subscriber)"
    op.execute(
        "CREATE FUNCTION campaigner_keep_ledger() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {is_erased} THEN RETURN OLD; END IF; RAISE EXCEPTION '{REFUSED}'; END $$"
    )
    changed = [f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in LASTING]
    changed += [f"(NEW.{name} IS DISTINCT FROM OLD.{name} AND NEW.{name} IS NOT NULL)" for name in EMPTIED]
    ledger, wording = "campaigner_refuse_ledger()", "campaigner_refuse_wording()"
    for name, what, run in (
        (
            "consent_ledger_stays",
            "UPDATE ON consent_ledger",
            f"FOR EACH ROW WHEN ({' OR '.join(changed)}) EXECUTE FUNCTION {ledger}",
        ),
        (
            "consent_ledger_keeps",
            "DELETE ON consent_ledger",
            "FOR EACH ROW EXECUTE FUNCTION campaigner_keep_ledger()",
        ),
        ("consent_ledger_full", "TRUNCATE ON consent_ledger", f"EXECUTE FUNCTION {ledger}"),
        ("wordings_stay", "UPDATE OR DELETE ON wordings", f"FOR EACH ROW EXECUTE FUNCTION {wording}"),
        ("wordings_full", "TRUNCATE ON wordings", f"EXECUTE FUNCTION {wording}"),
    ):
        op.execute(f"CREATE TRIGGER {name} BEFORE {what} {run}")
