"""Decides whether Italian on-call work (lavoro intermittente) is lawful.

The C library of examples/embed, called through ctypes. Both functions may be called
from any thread, from many at once; load the module after a fork, not before.
"""

from __future__ import annotations

import ctypes
import json
import os
from pathlib import Path
from typing import Any, TypedDict

__all__ = ["Answer", "Question", "answer", "answer_line"]


# "in" is a word of Python: only this form of the type can name it.
Question = TypedDict("Question", {"id": Any, "ask": str, "in": "dict[str, Any]"}, total=False)


class Answer(TypedDict, total=False):
    """An answer: out, or error where there is none."""

    id: Any
    out: dict[str, Any]
    error: dict[str, Any]


def _load() -> ctypes.CDLL:
    name = os.environ.get("INTERMITTENTE_LIBRARY") or str(Path(__file__).with_name("libintermittente.so"))
    library = ctypes.CDLL(name)
    library.intermittente_answer.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    library.intermittente_answer.restype = ctypes.c_void_p  # not c_char_p: its address is freed
    library.intermittente_free.argtypes = [ctypes.c_void_p]
    library.intermittente_free.restype = None
    return library


_library = _load()


def answer_line(question: bytes) -> bytes:
    """Answers one line of the protocol with one line: JSON in, JSON out, in UTF-8."""
    address: int | None = _library.intermittente_answer(question, len(question))
    if address is None:
        raise MemoryError
    try:
        return ctypes.string_at(address)
    finally:
        _library.intermittente_free(address)


def answer(question: Question) -> Answer:
    """Answers one question. What it says never raises: see the member error."""
    line: Answer = json.loads(answer_line(json.dumps(question).encode()))
    return line
