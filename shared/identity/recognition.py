"""Who shows a credential: answered out of the directory's copy in memory, never out of one that is too old."""

from collections.abc import Awaitable, Callable

from shared.identity.directory import Directory
from shared.identity.principal import Principal
from shared.identity.sessions import read_session
from shared.privacy.vault import Vault
from shared.runtime.clock import Clock


class Recognition:
    """Knows people by their session and programs by their API key.

    `be_current` sees to it that the directory is not too old; its error reaches the one who asks, because nobody is
    let in on a copy from which somebody may have been removed.
    """

    def __init__(
        self, directory: Directory, vault: Vault, clock: Clock, be_current: Callable[[], Awaitable[None]]
    ) -> None:
        self._directory, self._vault, self._clock, self._be_current = directory, vault, clock, be_current

    async def by_key(self, presented: str) -> Principal | None:
        """Whose API key this is."""
        await self._be_current()
        return self._directory.holder_of_key(presented)

    async def by_session(self, cookie: str) -> Principal | None:
        """Whose session a cookie names."""
        session = read_session(cookie, self._vault)
        if session is None:
            return None
        await self._be_current()
        return self._directory.holder_of_session(session, self._clock.now())
