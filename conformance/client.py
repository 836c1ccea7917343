#!/usr/bin/env python3
"""Hands one command line to the test that listens on a port of loopback, and ends as it says.

client.py PORT ARGUMENT...
"""
import os
import socket
import struct
import sys


def exactly(connection, count):
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            sys.exit("the test has gone")
        data += piece
    return data


with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as connection:
    variables = ["%s=%s" % variable for variable in os.environ.items()]
    parts = [os.getcwd(), str(len(variables))] + variables + sys.argv[2:]
    payload = b"".join(os.fsencode(part) + b"\0" for part in parts)
    connection.sendall(struct.pack(">i", len(payload)) + payload)
    status, out, err = struct.unpack(">iii", exactly(connection, 12))
    sys.stdout.buffer.write(exactly(connection, out))
    sys.stderr.buffer.write(exactly(connection, err))
sys.exit(status)
