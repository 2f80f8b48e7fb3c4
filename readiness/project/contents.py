"""The bytes of a file, in few system calls."""

import errno
import os
import stat


def read_file(path: str, flags: int, most: int) -> bytes:
    """As many bytes of a file; a few system calls where `open` makes eight."""
    number = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | flags)
    try:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file any more")
        content = part = os.read(number, min(most, 65536))
        while part and len(content) < most:
            part = os.read(number, most - len(content))
            content += part
        return content
    finally:
        os.close(number)
