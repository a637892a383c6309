"""Whose sessions a file of Streamlit's /media belongs to, for the gate.

Streamlit gives such a file to whoever knows its address, and forgets who had one made by pressing a download button.
"""

import os
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime import runtime as streamlit_runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorage

NOBODY: frozenset[str] = frozenset()


class OwnedFiles(MediaFileManager):
    """Streamlit's files, each with the sessions (`st.user["session"]`) that it was put on a page of.

    An owner stays until Streamlit deletes the file: while a page runs anew it holds none of its files for a moment,
    and a click of just then must get its file.
    """

    def __init__(self, storage: MediaFileStorage) -> None:
        super().__init__(storage)
        self._owners: dict[str, frozenset[str]] = {}  # by id, also of files that are not made yet

    def owners(self, file_id: str) -> frozenset[str]:
        return self._owners.get(file_id, NOBODY)

    def add(self, *values: Any, **named: Any) -> str:
        address = super().add(*values, **named)
        self._give(_file_id(address), _this_session())
        return address

    def add_deferred(self, *values: Any, **named: Any) -> str:
        file_id = super().add_deferred(*values, **named)
        self._give(file_id, _this_session())
        return file_id

    def execute_deferred(self, file_id: str) -> str:
        """The file is theirs on whose page the button stands, whoever asked; here no session is known."""
        owners = self.owners(file_id)
        address = super().execute_deferred(file_id)
        self._give(_file_id(address), owners)
        return address

    def _give(self, file_id: str, sessions: frozenset[str]) -> None:
        with self._lock:
            self._owners[file_id] = self.owners(file_id) | sessions

    def _delete_file(self, file_id: str) -> None:
        self._owners.pop(file_id, None)
        super()._delete_file(file_id)

    def _drop_deferred_id(self, file_id: str) -> None:
        self._owners.pop(file_id, None)
        super()._drop_deferred_id(file_id)


def keep_owners() -> None:
    """Before Streamlit's runtime is made, which makes its files' manager and offers no choice of another."""
    streamlit_runtime.MediaFileManager = OwnedFiles  # type: ignore[misc, attr-defined]


def owners(path: str) -> frozenset[str]:
    """The sessions that the file at an address `/media/...` belongs to; none when that is not known."""
    files = runtime.get_instance().media_file_mgr if runtime.exists() else None
    return files.owners(_file_id(path)) if isinstance(files, OwnedFiles) else NOBODY


def _file_id(path: str) -> str:
    return os.path.splitext(path.removeprefix("/media/"))[0]  # as Streamlit reads it


def _this_session() -> frozenset[str]:
    session = st.user.get("session")
    return frozenset({session}) if isinstance(session, str) and session else NOBODY
