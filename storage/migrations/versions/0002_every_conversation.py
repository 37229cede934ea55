"""every conversation"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
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
        "shifts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_shifts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_shifts_until_person_id"), ["until", "person_id"], unique=False
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
        "alarms",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("appeal_id", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=True),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("called", sa.JSON(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.BigInteger(), nullable=False),
        sa.Column("escalated_at", sa.BigInteger(), nullable=True),
        sa.Column("accepted_by", sa.BigInteger(), nullable=True),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        sa.Column("over_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["accepted_by"], ["people.id"], name=op.f("fk_alarms_accepted_by")),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeals.id"], name=op.f("fk_alarms_appeal_id")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_alarms_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
    )
    with op.batch_alter_table("alarms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_alarms_accepted_at_over_at_called_at"),
            ["accepted_at", "over_at", "called_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_alarms_appeal_id"), ["appeal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alarms_author_id"), ["author_id"], unique=False)

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

    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("source", sa.String(length=24), server_default="bot", nullable=False)
        )
        batch_op.add_column(sa.Column("beside_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("urgency_reason", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("rated_from", sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_appeals_beside_id"), "appeals", ["beside_id"], ["id"]
        )

    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.add_column(sa.Column("on_behalf_of", sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_grants_on_behalf_of"), "people", ["on_behalf_of"], ["id"]
        )

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
        batch_op.create_index(batch_op.f("ix_posted_kind_at"), ["kind", "at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("posted", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posted_kind_at"))

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

    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_grants_on_behalf_of"), type_="foreignkey")
        batch_op.drop_column("on_behalf_of")

    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_appeals_beside_id"), type_="foreignkey")
        batch_op.drop_column("rated_from")
        batch_op.drop_column("urgency_reason")
        batch_op.drop_column("beside_id")
        batch_op.drop_column("source")

    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisions_verdict_asked_at"))
        batch_op.drop_index(batch_op.f("ix_decisions_appeal_id"))

    op.drop_table("decisions")
    with op.batch_alter_table("alarms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alarms_author_id"))
        batch_op.drop_index(batch_op.f("ix_alarms_appeal_id"))
        batch_op.drop_index(batch_op.f("ix_alarms_accepted_at_over_at_called_at"))

    op.drop_table("alarms")
    op.drop_table("snoozes")
    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shifts_until_person_id"))

    op.drop_table("shifts")
    op.drop_table("erasures")
