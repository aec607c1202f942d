#!/usr/bin/env python3
"""Vectors of the protocol, made from the text of specs/20 and specs/30 alone.

An implementation of its own: it shares no code with the C# one. Writes transcript.json, key.json, tree.json and
folding.json beside itself; `python3 protocol.py --check` compares instead.
"""
import hashlib, json, pathlib, struct, sys

P = 0x7F000001
HERE = pathlib.Path(__file__).parent


def sha(data):
    return hashlib.sha256(data).digest()


# ---------------------------------------------------------------- field and extension

def root(log2):
    return pow(pow(3, 127, P), 1 << (24 - log2), P)


def e_add(a, b):
    return [(x + y) % P for x, y in zip(a, b)]


def e_mul(a, b):
    c = [0] * 9
    for i in range(5):
        for j in range(5):
            c[i + j] += a[i] * b[j]
    for k in range(8, 4, -1):                     # X^k = X^(k-5) - X^(k-3)
        c[k - 5] += c[k]
        c[k - 3] -= c[k]
    return [x % P for x in c[:5]]


def e_scale(a, k):
    return [x * k % P for x in a]


def e_pow(a, n):
    r = [1, 0, 0, 0, 0]
    for _ in range(n):
        r = e_mul(r, a)
    return r


# ---------------------------------------------------------------- transcript

class Transcript:
    def __init__(self):
        self.state = sha(b"zkexchange-stark-v1")

    def absorb(self, label, data):
        self.state = sha(self.state + bytes([1, label]) + struct.pack("<Q", len(data)) + data)

    def squeeze(self, label, read):
        blocks = []

        def words():
            while True:
                blocks.append(sha(self.state + bytes([2, label]) + struct.pack("<I", len(blocks))))
                yield from struct.unpack("<8I", blocks[-1])

        result = read(words())
        self.state = sha(self.state + bytes([3, label]) + struct.pack("<I", len(blocks)))
        return result

    def grind(self, label, bits):
        nonce = 0
        while True:
            digest = sha(self.state + bytes([4, label]) + struct.pack("<Q", nonce))
            if int.from_bytes(digest, "big") >> (256 - bits) == 0:
                self.state = digest
                return nonce
            nonce += 1


def base(words):
    while True:
        word = next(words) & 0x7FFFFFFF
        if word < P:
            return word


def element(words):
    return [base(words) for _ in range(5)]


def point(words):
    while True:
        value = element(words)
        if any(value[1:]):
            return value


def transcript():
    t, steps = Transcript(), []

    def note(**what):
        steps.append(dict(what, state=t.state.hex()))

    note(verb="start")
    for label, data in ((0x01, bytes(range(32))), (0x04, b""), (0x05, b"\x01\x00\x00\x00"), (0x06, bytes(300))):
        t.absorb(label, data)
        note(verb="absorb", label=label, data=data.hex())
    for label, count in ((0x20, 3), (0x21, 0), (0x21, 40)):
        drawn = t.squeeze(label, lambda words: [element(words) for _ in range(count)])
        note(verb="elements", label=label, elements=drawn)
    note(verb="point", label=0x22, element=t.squeeze(0x22, point))
    for label, bits in ((0x30, 1), (0x34, 9), (0x35, 12)):
        nonce = t.grind(label, bits)
        note(verb="grind", label=label, bits=bits, nonce=nonce)
    for count, log2 in ((7, 3), (121, 24), (1, 0)):
        drawn = t.squeeze(0x25, lambda words: [next(words) % (1 << log2) for _ in range(count)])
        note(verb="indices", label=0x25, log2=log2, indices=drawn)
    return {"steps": steps}


# ---------------------------------------------------------------- key

def key():
    """Two tables and three buses: the circuit that KeyVectors.cs writes with the library."""
    def u16(x): return struct.pack("<H", x)
    def u32(x): return struct.pack("<I", x)
    def column(c, offset=0): return bytes([2]) + u16(c) + bytes([offset])
    def constant(c): return bytes([1]) + u32(c)
    def public(i): return bytes([3]) + u16(i)
    def two(op, a, b): return bytes([op]) + u32(a) + u32(b)
    add, sub, mul = 4, 5, 6

    buses = [(3, 1, 2, 1), (7, 0, 1, 1), (9, 2, 1, 3)]              # id, kind, width, weights
    out = b"zkexchange-stark-v1/key" + u16(len(buses))
    for i, kind, width, weights in buses:
        out += u16(i) + bytes([kind]) + u16(width) + u16(weights)
    out += u16(2)                                                   # public inputs
    out += bytes([1]) + u16(7) + bytes([1])                         # public messages: bus 7, receive
    out += bytes([2])

    nodes = [column(0), column(0, 1), two(sub, 1, 0), constant(1), two(sub, 2, 3),   # 4: next - this - 1
             public(1), two(sub, 0, 5),                                              # 6: c0 - public 1
             column(1), two(mul, 7, 7), two(sub, 8, 7),                              # 9: c1^2 - c1
             two(mul, 7, 0),                                                         # 10: c1 c0
             bytes([7]) + u32(0)]                                                    # 11: -c0
    out += bytes([6]) + b"counts" + u16(2) + bytes([13, 20, 0]) + u32(len(nodes)) + b"".join(nodes)
    constraints = [(2, 4), (1, 6), (0, 9)]
    out += u32(len(constraints)) + b"".join(bytes([r]) + u32(n) for r, n in constraints)
    out += u32(3)
    out += u16(3) + bytes([0]) + u32(5) + u16(1) + u32(7) + u32(0) + u32(11)         # lookup send, bound 5
    out += u16(7) + bytes([0]) + u32(1) + u16(1) + u32(7) + u32(0)                   # permutation send
    out += u16(9) + bytes([0]) + u32(0) + u16(2) + u32(7) + u32(10) + u32(3)         # sum send of (c1, c1 c0) to 1

    nodes = [column(0), column(1), column(2)]
    out += bytes([4]) + b"keys" + u16(3) + bytes([13, 13, 1]) + u32(len(nodes)) + b"".join(nodes)
    out += u32(0) + u32(2)
    out += u16(3) + bytes([1]) + u32(0) + u16(1) + u32(2) + u32(0) + u32(1)
    out += u16(9) + bytes([1]) + u32(0) + u16(1) + u32(2) + u32(0)
    return {"bytes": out.hex(), "hash": sha(out).hex()}


# ---------------------------------------------------------------- tree

def tree():
    """Rows of three classes at 2^5, 2^3 and 2^2 leaves; word j of row i of class c is 1000003 (i + 1) (j + 1) + c mod p."""
    kind, layer, salt_bytes = 2, 0, 32
    classes = [(5, 3), (3, 1), (2, 20)]
    positions = [9, 30, 1, 17, 9, 22]

    def row(c, i):
        words = [(1000003 * (i + 1) * (j + 1) + c) % P for j in range(classes[c][1])]
        return b"".join(struct.pack("<I", w) for w in words) + sha(b"salt" + bytes([c, i]))

    def leaf(c, i):
        log2, words = classes[c]
        header = b"zkexchange-stark-v1/leaf".ljust(32, b"\0") + bytes([kind, layer, log2, salt_bytes])
        return sha((header + struct.pack("<I", words)).ljust(64, b"\0") + row(c, i))

    top = classes[0][0]
    levels = [[leaf(0, i) for i in range(1 << top)]]
    for level in range(1, top + 1):
        half, below = 1 << (top - level), levels[-1]
        entering = [c for c in range(1, len(classes)) if classes[c][0] == top - level]
        levels.append([sha(below[i] + below[i + half] + b"".join(leaf(c, i) for c in entering)) for i in range(half)])

    opening, rows = b"", []
    for c, (log2, _) in enumerate(classes):
        rows.append(sorted({p % (1 << log2) for p in positions}))
        opening += b"".join(row(c, i) for i in rows[-1])
    known, siblings = set(rows[0]), []
    for level in range(top):
        half, missing = 1 << (top - level - 1), []
        for i in range(half):
            if (i in known) != (i + half in known):
                missing.append(i + half if i in known else i)
        siblings.append(missing)
        opening += b"".join(levels[level][i] for i in missing)
        known = {i % half for i in known}
    return {"kind": kind, "layer": layer, "saltBytes": salt_bytes, "positions": positions,
            "classes": [{"leavesLog2": a, "words": b} for a, b in classes],
            "rows": rows, "siblings": siblings, "opening": opening.hex(), "root": levels[-1][0].hex()}


# ---------------------------------------------------------------- folding

def folding():
    """A fold is checked against its meaning: u is a polynomial on the layer, split by residues of the exponent."""
    cases = []
    for arity_log2, domain_log2, leaf, seed in ((1, 6, 0, 1), (2, 7, 5, 2), (3, 9, 63, 3), (3, 24, 123456, 4)):
        a, n = 1 << arity_log2, 1 << domain_log2
        coefficients = [[(seed * 7919 * (i + 1) ** 3 + k * 104729) % P for k in range(5)] for i in range(3 * a)]
        beta = [(seed * 15485863 + k * 32452843) % P for k in range(5)]

        def at(y):
            value = [0] * 5
            for c in reversed(coefficients):
                value = e_add(e_scale(value, y), c)
            return value

        members = [at(pow(root(domain_log2), leaf + k * n // a, P)) for k in range(a)]
        y = pow(root(domain_log2), leaf * a, P)
        result = [0] * 5
        for m in range(a):                        # sum_m beta^m U_m(y^a), U_m from the exponents m, m + a, ..
            part = [0] * 5
            for c in reversed(coefficients[m::a]):
                part = e_add(e_scale(part, y), c)
            result = e_add(result, e_mul(e_pow(beta, m), part))
        cases.append({"domainLog2": domain_log2, "leaf": leaf, "beta": beta, "members": members, "result": result})
    return {"folds": cases}


def main():
    good = True
    for make in (transcript, key, tree, folding):
        path = HERE / (make.__name__ + ".json")
        text = json.dumps(make(), indent=1) + "\n"
        if "--check" in sys.argv:
            good &= path.read_text() == text
        else:
            path.write_text(text)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
