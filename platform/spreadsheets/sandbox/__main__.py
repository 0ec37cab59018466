"""A fork server: one warm process that reads nothing, and confined forks of it that read.

The arguments are the number of a socket and the limits as JSON. A request is two bytes ("f" when
facts are wanted, "n" when number formats are) with two open files: the workbook, and an empty file
for the answer. The reply is the number 0, or the wait status of the fork that died over the file.

A fork serves a short batch, because a fork of its own for each file costs more than reading it. It
ends early once a file has made it large, so that each file has the whole of the memory limit. It
holds no other file than the one it reads.
"""

import gc
import json
import os
import resource
import socket
import sys

from opium import confinement, priority
from spreadsheets.sandbox import refusal, workbook
from spreadsheets.sandbox.details import Wish

BATCH_DONE, NO_MORE_FILES = 0, 2
_BATCH = 30
_LARGE_KILOBYTES = 200_000

Limits = dict[str, int]


def main() -> None:
    priority.step_back(priority.CONTENT)
    control = socket.socket(fileno=int(sys.argv[1]))
    limits: Limits = json.loads(sys.argv[2])
    gc.collect()
    gc.freeze()
    while True:
        child = os.fork()
        if child == 0:
            confinement.leave_with(lambda: _serve(control, limits))
        _, status = os.waitpid(child, 0)
        outcome = os.waitstatus_to_exitcode(status)
        if outcome == NO_MORE_FILES:
            return
        if outcome != BATCH_DONE:
            control.send(str(status).encode())


def _serve(control: socket.socket, limits: Limits) -> int:
    gc.disable()
    confinement.confine(memory=limits["memory"], answer=limits["answer"])
    for _ in range(_BATCH):
        message, files, _flags, _address = socket.recv_fds(control, 16, 2)
        if not message:
            return NO_MORE_FILES
        confinement.start_clock(limits["seconds"])
        _answer(*files, limits=limits, wish=message)
        confinement.stop_clock()
        control.send(b"0")
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > _LARGE_KILOBYTES:
            break
    return BATCH_DONE


def _answer(source: int, target: int, *, limits: Limits, wish: bytes) -> None:
    with open(source, "rb") as content, open(target, "wb") as answer:
        try:
            workbook.read(
                content,
                answer,
                cells=limits["cells"],
                unpacked=limits["unpacked"],
                wish=Wish(facts=b"f" in wish, formats=b"n" in wish),
            )
        except refusal.Refused as refused:
            answer.seek(0)
            answer.truncate()
            answer.write(json.dumps({"refused": refused.code, "what": refused.what}).encode())


if __name__ == "__main__":
    main()
