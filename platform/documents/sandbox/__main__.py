"""A fork server: one warm process that reads nothing, and a confined fork of it for each document.

The arguments are the number of a socket and the limits as JSON. A request is one byte with two
open files: what is asked (`documents.wire`), and an empty file for the answer. The reply is the
wait status of the fork. The answer tells either what was made, or which refusal and why.
"""

import gc
import json
import os
import socket
import sys
from functools import partial

from documents import wire
from documents.sandbox import verbs
from opium import confinement, priority
from opium.errors import DomainError

Limits = dict[str, int]


def main() -> None:
    priority.step_back(priority.CONTENT)
    control = socket.socket(fileno=int(sys.argv[1]))
    limits: Limits = json.loads(sys.argv[2])
    gc.collect()
    gc.freeze()
    while True:
        message, files, _flags, _address = socket.recv_fds(control, 16, 2)
        if not message:
            return
        child = os.fork()
        if child == 0:
            control.close()
            confinement.leave_with(partial(_serve, files, limits))
        for one in files:
            os.close(one)
        _, status = os.waitpid(child, 0)
        control.send(str(status).encode())


def _serve(files: list[int], limits: Limits) -> int:
    confinement.confine(memory=limits["memory"], answer=limits["answer"])
    with os.fdopen(files[0], "rb") as asked, os.fdopen(files[1], "wb") as answer:
        told, parts = wire.receive(asked)
        confinement.start_clock(told["seconds"])
        try:
            made, found = verbs.VERBS[told["verb"]](told, parts)
        except DomainError as refusal:
            wire.send(answer, {"refused": refusal.code, "sentence": str(refusal)}, {})
        except RecursionError:
            return confinement.OUT_OF_MEMORY
        except MemoryError:
            raise
        except Exception as failure:  # noqa: BLE001  # what hostile bytes lead a library to; told
            wire.send(answer, {"failed": f"{type(failure).__name__}: {failure}"[:2000]}, {})
        else:
            wire.send(answer, made, found)
    return 0


if __name__ == "__main__":
    main()
