"""The administrator's commands: in any chat, rights are checked below."""

from aiogram import Router

from handlers.admin import binding, health, invitations, membership, models, roles


def build() -> Router:
    """Everything an administrator can do."""
    router = Router(name="admin")
    router.include_routers(
        binding.router,
        roles.router,
        health.router,
        models.router,
        invitations.router,
        membership.router,
    )
    return router
