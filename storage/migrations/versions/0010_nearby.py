"""nearby: a topic's cases by time and point of the map, in the place of those by number"""

from storage.migrations.online import build_index, drop_index

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    nearby = ["topic", "received_at", "latitude", "longitude"]
    build_index("ix_appeals_nearby", "appeals", nearby)
    drop_index("ix_appeals_topic_id", "appeals")


def downgrade() -> None:
    build_index("ix_appeals_topic_id", "appeals", ["topic", "id"])
    drop_index("ix_appeals_nearby", "appeals")
