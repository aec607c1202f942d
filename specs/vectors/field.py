#!/usr/bin/env python3
"""Vectors of the field, made from the text of specs/10 alone. Writes field.json beside itself;
`python3 field.py --check` compares instead.
"""
import json, pathlib, sys

FILE = pathlib.Path(__file__).parent / "field.json"

P = 2**31 - 2**24 + 1


def draw(seed):
    """Elements with the edges of the field one time in four; a function of the seed."""
    edges = [0, 1, 2, P - 1, P - 2, (P - 1) // 2, 2**24, 33554430]
    state = seed
    while True:
        state = (6364136223846793005 * state + 1442695040888963407) % 2**64
        high = state >> 33
        yield edges[high // 4 % len(edges)] if high % 4 == 0 else high % P


def times(a, b):
    c = [0] * 9
    for i in range(5):
        for j in range(5):
            c[i + j] += a[i] * b[j]
    for k in range(8, 4, -1):               # X^k = X^(k-5) - X^(k-3)
        c[k - 5] += c[k]
        c[k - 3] -= c[k]
    return [x % P for x in c[:5]]


def power(a, e):
    r = [1, 0, 0, 0, 0]
    while e:
        if e & 1:
            r = times(r, a)
        a = times(a, a)
        e >>= 1
    return r


source = draw(87578)
take = lambda n: [next(source) for _ in range(n)]
pairs = [take(2) for _ in range(32)]
elements = [take(10) for _ in range(24)]
units = [a for a in (take(5) for _ in range(24)) if any(a)]
root24 = pow(3, 127, P)
coefficients = take(16)
shift, root16 = 3, pow(root24, 2**20, P)
text = json.dumps({
    "modulus": P,
    "products": [{"a": a, "b": b, "sum": (a + b) % P, "difference": (a - b) % P, "product": a * b % P}
                 for a, b in pairs],
    "inverses": [{"a": a, "inverse": pow(a, P - 2, P)} for a, _ in pairs if a],
    "roots": [pow(root24, 2**(24 - k), P) for k in range(25)],
    "extensionProducts": [{"a": e[:5], "b": e[5:], "product": times(e[:5], e[5:])} for e in elements],
    "extensionInverses": [{"a": a, "inverse": power(a, P**5 - 2)} for a in units],
    "frobenius": [{"a": a, "image": power(a, P)} for a in units],
    "transform": {"coefficients": coefficients, "shift": shift, "values": [
        sum(c * pow(shift * pow(root16, i, P), k, P) for k, c in enumerate(coefficients)) % P for i in range(16)]},
}, indent=1) + "\n"
if sys.argv[1:] == ["--check"]:
    sys.exit(FILE.read_text() != text)
FILE.write_text(text)
