"""Copies of files that have to leave the disk."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from storage.tables.base import key, metadata

doomed_files = Table(
    "doomed_files",
    metadata,
    key(),
    Column("path", String(80), nullable=False),
)
