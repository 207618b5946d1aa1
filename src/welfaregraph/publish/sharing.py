"""Work on many items, shared among processes that hold all that this one holds.

The processes are forked: a graph of any size is there without being read again. A helper
copies the memory that it touches, so each takes up to as much as this process has. Where a
system cannot be relied upon to fork (only Linux can) or has one processor, the work is done in
this process. What is yielded, and its order, is the same.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from welfaregraph.errors import StoreError, WelfareGraphError

__all__ = ["processors", "shared"]

#: Seconds between two looks whether the process that started a helper is still there.
WATCH = 1.0
#: How a process ends that raised an error of no kind of ours, after it has printed it.
FAILED = 1
Item = TypeVar("Item")
Result = TypeVar("Result")


def processors() -> int:
    """Return how many processors this process may use."""
    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    return usable or 1


def shared(
    work: Callable[[Sequence[Item]], Result], items: Sequence[Item], *, size: int
) -> Iterator[Result]:
    """Yield what the work makes of each piece of the items, in their order.

    A process that ends early, or this one's end, ends the others too.

    :param work: its results can be pickled; what else it changes is lost
    :param size: items of one piece
    :raises WelfareGraphError: what the work raised; a process was ended from outside
    :raises ChildProcessError: the work raised an error of no kind of ours; its process told it
    """
    pieces = [items[at : at + size] for at in range(0, len(items), size)]
    count = min(processors(), len(pieces))
    if count <= 1 or sys.platform != "linux":
        yield from map(work, pieces)
        return
    readers, helpers = list[Connection](), list[BaseProcess]()
    gc.collect()
    gc.freeze()  # what is there will not be written to, so that it need not be copied
    try:
        for number in range(count):
            reader, helper = _started(work, pieces[number::count], readers)
            readers.append(reader)
            helpers.append(helper)
        for at in range(len(pieces)):
            yield _received(readers[at % count], helpers[at % count])
    finally:
        gc.unfreeze()
        for helper in helpers:
            helper.terminate()
            helper.join()
        for reader in readers:
            reader.close()


def _started(
    work: Callable[[Sequence[Item]], Result],
    pieces: Sequence[Sequence[Item]],
    others: Sequence[Connection],
) -> tuple[Connection, BaseProcess]:
    context = multiprocessing.get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    helper = context.Process(
        target=_serve, args=(work, pieces, writer, [*others, reader]), daemon=True
    )
    with warnings.catch_warnings():
        # libraries keep threads, which hold no lock here
        warnings.simplefilter("ignore", DeprecationWarning)
        helper.start()
    writer.close()
    return reader, helper


def _serve(
    work: Callable[[Sequence[Item]], Result],
    pieces: Sequence[Sequence[Item]],
    writer: Connection,
    readers: Sequence[Connection],
) -> None:
    """Do the pieces of one helper; it ends when nobody reads any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started it is told
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()
    for reader in readers:
        reader.close()
    with closing(writer):
        for piece in pieces:
            answer: Result | WelfareGraphError
            try:
                answer = work(piece)
            except WelfareGraphError as error:
                answer = error
            try:
                writer.send(answer)
            except BrokenPipeError:
                return


def _watch(parent: int) -> None:
    """End this process when the one that started it is no more."""
    while os.getppid() == parent:
        time.sleep(WATCH)
    os._exit(1)


def _received(reader: Connection, helper: BaseProcess) -> Any:
    try:
        answer = reader.recv()
    except EOFError:
        helper.join()
        if helper.exitcode == FAILED:
            raise ChildProcessError("a helper failed; what it met stands above") from None
        raise StoreError("helper-lost") from None
    if isinstance(answer, WelfareGraphError):
        raise answer
    return answer
