"""labels: what staff have said about whose a case is, for the classifier to learn from"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "labels",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("appeal_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("block", sa.String(length=16), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=True),
        sa.Column("because", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeals.id"], name=op.f("fk_labels_appeal_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_labels_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labels")),
    )
    op.create_index("ix_labels_appeal_id", "labels", ["appeal_id"], unique=True)
    op.create_index("ix_labels_at", "labels", ["at"])
