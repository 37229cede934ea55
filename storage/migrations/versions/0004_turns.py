"""turns: who is next in the outbox is read from an index, however much waits"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

QUEUED = sa.text("state = 'queued'")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("lane", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("outbox", sa.Column("rank", sa.Float(), nullable=False, server_default="0"))
    # Whatever waits gets its turn when it is due: the first round looks at it.
    op.execute("UPDATE outbox SET lane = 0, rank = not_before / 1000000.0 WHERE state = 'queued'")
    op.execute(
        "UPDATE outbox SET lane = 2 WHERE state IN ('sending', 'dead') AND chat_id LIKE '-%'"
    )
    op.drop_index("ix_outbox_queued", table_name="outbox")
    for name, columns in (
        ("ix_outbox_queued", ["lane", "channel", "chat_id", "id"]),
        ("ix_outbox_rank", ["lane", "rank", "id"]),
    ):
        op.create_index(
            name, "outbox", columns, sqlite_where=QUEUED, postgresql_where=QUEUED, unique=False
        )
