#!/usr/bin/env python3
# systole: libsystole from Python by ctypes: runs a program or a case, and gives memory back, as a numpy array where numpy is there.
import ctypes
import sys

DRAM, SPM, ACC = 1, 2, 3
OK, END = 0, 1


class Machine:
    """One machine of a profile: a context manager, so that its memory is given back."""

    def __init__(self, library, profile):
        self._c = ctypes.CDLL(library)
        self._c.systole_message.restype = ctypes.c_char_p
        self._c.systole_status_text.restype = ctypes.c_char_p
        self._c.systole_digest.restype = ctypes.c_uint32
        self._s = ctypes.c_void_p()
        self._need(self._c.systole_init(ctypes.byref(self._s)))
        self._need(self._c.systole_configure_file(self._s, profile.encode()))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._c.systole_shutdown(self._s)

    def _need(self, result):
        if result != OK:
            raise RuntimeError(self._c.systole_message(self._s).decode())

    def load(self, path):
        """An image, or the folder of a bundle's case."""
        self._need(self._c.systole_load_file(self._s, path.encode()))

    def run(self):
        """To the end; the status as text."""
        result = self._c.systole_run(self._s)
        if result != END:
            self._need(result)
        return self._c.systole_status_text(self._s).decode()

    def digest(self):
        return self._c.systole_digest(self._s)

    def write(self, space, address, data):
        data = bytes(data)
        self._need(self._c.systole_write(self._s, space, ctypes.c_uint64(address), data, ctypes.c_size_t(len(data))))

    def read(self, space, address, count):
        """Bytes, and a byte for each that is 0 where it is UNKNOWN."""
        data, known = ctypes.create_string_buffer(count), ctypes.create_string_buffer(count)
        self._need(self._c.systole_read(self._s, space, ctypes.c_uint64(address), data, known, ctypes.c_size_t(count)))
        return data.raw, known.raw


def main(words):
    if len(words) < 4:
        print("systole.py LIBRARY PROFILE.bin PROGRAM|CASE [ADDRESS COUNT]", file=sys.stderr)
        return 3
    with Machine(words[1], words[2]) as machine:
        machine.load(words[3])
        status = machine.run()
        print(f"{machine.digest():08x} {status}")
        if len(words) > 5:
            data, known = machine.read(DRAM, int(words[4], 0), int(words[5], 0))
            try:
                import numpy

                print(numpy.frombuffer(data, numpy.int32).tolist())
            except ImportError:
                print(list(memoryview(data).cast("i")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
