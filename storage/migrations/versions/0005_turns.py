"""turns: who is next in the outbox is read from an index, however much waits"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.online import build_index, drop_index

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Whatever waits, and what a hub of the version before still writes, stands in lane 0: it is
    # given its place when it is looked at.
    known = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("outbox")}
    for name, kind in (("lane", sa.Integer()), ("rank", sa.Float())):
        if name not in known:
            op.add_column("outbox", sa.Column(name, kind, nullable=False, server_default="0"))
    queued = "state = 'queued'"
    build_index("ix_outbox_lane", "outbox", ["lane", "channel", "chat_id", "id"], where=queued)
    build_index("ix_outbox_rank", "outbox", ["lane", "rank", "id"], where=queued)
    drop_index("ix_outbox_queued", "outbox")
