"""a million appeals: what is looked for among the many is found by an index of the few"""

from storage.migrations.online import build_index, drop_index

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    still_open = "answered_at IS NULL AND closed_at IS NULL"
    build_index("ix_appeals_open", "appeals", ["block", "id"], where=still_open)
    build_index("ix_appeals_holder_id", "appeals", ["holder_id"], where="holder_id IS NOT NULL")
    build_index("ix_clocks_open", "clocks", ["due_at"], where="stopped_at IS NULL")
    drop_index("ix_clocks_state_due_at", "clocks")
    build_index("ix_outbox_sending", "outbox", ["id"], where="state = 'sending'")
    build_index("ix_outbox_failed", "outbox", ["person_id"], where="error IS NOT NULL")
    build_index("ix_outbox_caseless", "outbox", ["chat_id"], where="appeal_id IS NULL")
    build_index("ix_inbox_parked", "inbox", ["serial"], where="state = 'parked'")
    build_index(
        "ix_inbox_filled", "inbox", ["done_at"], where="state = 'done' AND payload IS NOT NULL"
    )
    build_index("ix_job_runs_ran_at", "job_runs", ["ran_at"])
