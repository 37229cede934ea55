"""replicas: leases, keys in the order of time, what the pace was before a take-over"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BLOCK = 4096
"""Keys of one transaction: storage/ids.py."""


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.add_column("outbox", sa.Column("sent_clock", sa.Float(), nullable=True))
    op.create_index(
        "ix_inbox_new",
        "inbox",
        ["serial"],
        sqlite_where=sa.text("state = 'new'"),
        postgresql_where=sa.text("state = 'new'"),
    )
    op.create_index(
        "ix_outbox_sent_clock",
        "outbox",
        ["sent_clock"],
        sqlite_where=sa.text("sent_clock IS NOT NULL"),
        postgresql_where=sa.text("sent_clock IS NOT NULL"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _sequence()


def _sequence() -> None:
    """Every transaction takes a block: keys grow with time whichever replica writes."""
    taken = sa.text("SELECT coalesce(max(next), 0) FROM id_blocks")
    first = (op.get_bind().execute(taken).scalar_one() // BLOCK + 1) * BLOCK
    op.execute(f"CREATE SEQUENCE row_ids INCREMENT BY {BLOCK} START WITH {first}")
