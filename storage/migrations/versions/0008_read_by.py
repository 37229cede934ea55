"""read by: which classifier said what a case is about"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("appeals", sa.Column("read_by", sa.String(64), nullable=True))


def downgrade() -> None:
    op.drop_column("appeals", "read_by")
