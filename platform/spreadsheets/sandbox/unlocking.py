"""Opens what Excel itself opens without asking: workbooks locked with Excel's own password.

"Protect workbook" and some programs encrypt a file with a password that every copy of Excel knows
([MS-OFFCRYPTO] 2.3.6); nobody has to type it.
"""

import io

from spreadsheets.sandbox.refusal import Refused

_PASSWORD = "VelvetSweatshop"  # noqa: S105  # Excel's own, in its documentation


def unlocked(everything: bytes) -> bytes:
    """The workbook inside; raises Refused when it has a password of its own."""
    import msoffcrypto  # noqa: PLC0415  # few files need it, and every child would wait for it

    target = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(everything))
        locked.load_key(password=_PASSWORD, verify_password=True)
        locked.decrypt(target)
    except MemoryError:
        raise
    except Exception as problem:  # a wrong password, or whatever damaged bytes lead to
        raise Refused("workbook_protected") from problem
    return target.getvalue()
