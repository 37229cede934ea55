"""every conversation"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "doomed_files",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("path", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doomed_files")),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("appeals", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_erasures_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    op.create_table(
        "snoozes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_snoozes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snoozes")),
        sa.UniqueConstraint("person_id", name=op.f("uq_snoozes_person_id")),
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("appeal_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeals.id"], name=op.f("fk_contacts_appeal_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_contacts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contacts_person_id"), ["person_id"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("matter", sa.String(length=24), nullable=False),
        sa.Column("appeal_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("block", sa.String(length=16), nullable=True),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("verdict", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeals.id"], name=op.f("fk_decisions_appeal_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_decisions_asked_by")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("fk_decisions_decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decisions_appeal_id"), ["appeal_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_decisions_verdict_asked_at"), ["verdict", "asked_at"], unique=False
        )

    op.create_table(
        "problems",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("lead_id", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("place_key", sa.String(length=96), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.Column("authors", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("answer_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["appeals.id"], name=op.f("fk_problems_lead_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name=op.f("fk_problems_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
    )
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problems_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_problems_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_problems_topic_place_key_opened_at"),
            ["topic", "place_key", "opened_at"],
            unique=False,
        )

    op.create_table(
        "error_records",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("appeal_id", sa.BigInteger(), nullable=False),
        sa.Column("answer_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_error_records_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["appeal_id"], ["appeals.id"], name=op.f("fk_error_records_appeal_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_error_records_by_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_error_records_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_error_records")),
    )
    with op.batch_alter_table("error_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_error_records_appeal_id"), ["appeal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_error_records_at"), ["at"], unique=False)

    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ground", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("advice", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("checklist", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("faults", sa.String(length=64), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("until", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wordless", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("beside_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("edited_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("rated_from", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("problem_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("place_key", sa.String(length=96), nullable=True))
        batch_op.add_column(
            sa.Column("quiet", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.create_index(
            batch_op.f("ix_appeals_problem_id_id"), ["problem_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_appeals_topic_id"), ["topic", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_appeals_topic_place_key_received_at"),
            ["topic", "place_key", "received_at"],
            unique=False,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_appeals_beside_id"), "appeals", ["beside_id"], ["id"]
        )

    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("state", sa.String(length=24), server_default="waiting", nullable=False)
        )
        batch_op.add_column(sa.Column("path", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("next_try_at", sa.Float(), nullable=True))
        batch_op.create_index(
            "ix_attachments_waiting",
            ["next_try_at"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.add_column(sa.Column("missing", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("topics", sa.JSON(), nullable=True))

    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ready_at", sa.BigInteger(), nullable=True))
        batch_op.create_index(batch_op.f("ix_drafts_ready_at"), ["ready_at"], unique=False)

    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.add_column(sa.Column("act", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("on_behalf_of", sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_grants_on_behalf_of"), "people", ["on_behalf_of"], ["id"]
        )

    with op.batch_alter_table("invites", schema=None) as batch_op:
        batch_op.add_column(sa.Column("until", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("act", sa.String(length=64), nullable=True))

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_dead",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("state = 'dead'"),
            postgresql_where=sa.text("state = 'dead'"),
        )

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("forget_when_closed", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.create_index(
            "ix_people_forget",
            ["id"],
            unique=False,
            sqlite_where=sa.text("forget_when_closed"),
            postgresql_where=sa.text("forget_when_closed"),
        )

    with op.batch_alter_table("posted", schema=None) as batch_op:
        batch_op.add_column(sa.Column("thread", sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f("ix_posted_kind_at"), ["kind", "at"], unique=False)

    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("marked_at", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("utterances", schema=None) as batch_op:
        batch_op.add_column(sa.Column("said_as", sa.String(length=24), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("utterances", schema=None) as batch_op:
        batch_op.drop_column("said_as")

    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.drop_column("marked_at")

    with op.batch_alter_table("posted", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posted_kind_at"))
        batch_op.drop_column("thread")

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_people_forget",
            sqlite_where=sa.text("forget_when_closed"),
            postgresql_where=sa.text("forget_when_closed"),
        )
        batch_op.drop_column("forget_when_closed")

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_dead",
            sqlite_where=sa.text("state = 'dead'"),
            postgresql_where=sa.text("state = 'dead'"),
        )

    with op.batch_alter_table("invites", schema=None) as batch_op:
        batch_op.drop_column("act")
        batch_op.drop_column("until")

    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_grants_on_behalf_of"), type_="foreignkey")
        batch_op.drop_column("on_behalf_of")
        batch_op.drop_column("act")

    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drafts_ready_at"))
        batch_op.drop_column("ready_at")

    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.drop_column("topics")
        batch_op.drop_column("missing")

    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_attachments_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_column("next_try_at")
        batch_op.drop_column("tries")
        batch_op.drop_column("path")
        batch_op.drop_column("state")

    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_appeals_beside_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_appeals_topic_place_key_received_at"))
        batch_op.drop_index(batch_op.f("ix_appeals_topic_id"))
        batch_op.drop_index(batch_op.f("ix_appeals_problem_id_id"))
        batch_op.drop_column("quiet")
        batch_op.drop_column("place_key")
        batch_op.drop_column("problem_id")
        batch_op.drop_column("rated_from")
        batch_op.drop_column("edited_at")
        batch_op.drop_column("beside_id")
        batch_op.drop_column("wordless")

    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_column("until")
        batch_op.drop_column("faults")
        batch_op.drop_column("checklist")
        batch_op.drop_column("advice")
        batch_op.drop_column("ground")

    with op.batch_alter_table("error_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_error_records_at"))
        batch_op.drop_index(batch_op.f("ix_error_records_appeal_id"))

    op.drop_table("error_records")
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problems_topic_place_key_opened_at"))
        batch_op.drop_index(batch_op.f("ix_problems_state"))
        batch_op.drop_index(batch_op.f("ix_problems_lead_id"))

    op.drop_table("problems")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisions_verdict_asked_at"))
        batch_op.drop_index(batch_op.f("ix_decisions_appeal_id"))

    op.drop_table("decisions")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contacts_person_id"))

    op.drop_table("contacts")
    op.drop_table("snoozes")
    op.drop_table("erasures")
    op.drop_table("doomed_files")
