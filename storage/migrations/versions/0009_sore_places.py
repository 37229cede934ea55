"""sore places: problems around a point of the map, and those that a week shows"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("problems", sa.Column("centre_id", sa.BigInteger(), nullable=True))
    op.add_column(
        "problems", sa.Column("week", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    centred = sa.text("centre_id IS NOT NULL")
    op.create_index(
        "ix_problems_centred",
        "problems",
        ["topic", "opened_at"],
        sqlite_where=centred,
        postgresql_where=centred,
    )
    op.create_index("ix_problems_state_opened_at", "problems", ["state", "opened_at"])
    op.drop_index("ix_problems_state", "problems")


def downgrade() -> None:
    op.create_index("ix_problems_state", "problems", ["state"])
    op.drop_index("ix_problems_state_opened_at", "problems")
    op.drop_index("ix_problems_centred", "problems")
    op.drop_column("problems", "week")
    op.drop_column("problems", "centre_id")
