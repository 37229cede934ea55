"""Alembic's entry: runs the migrations on the connection that storage/migrate.py hands over."""

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    # One revision holds its locks no longer than it must; and an index may be built outside of it.
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
