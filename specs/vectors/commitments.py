#!/usr/bin/env python3
"""Vectors of the commitments, made with plain integers from the text of specs/40-statements.md alone.

An implementation of its own: it shares no code with the C# one. Writes commitments.json beside itself;
`python3 commitments.py --check` compares instead.
"""
import hashlib, hmac, json, pathlib, re, sys

P = 2**31 - 2**24 + 1
HERE = pathlib.Path(__file__).resolve().parent


def constants():
    """The round constants as specs/40-statements.md prints them: 64 initial, 20 internal, 64 final."""
    text = (HERE.parent / "40-statements.md").read_text()
    block = re.search(r"```constants\n(.*?)```", text, re.S).group(1)
    words = [int(word, 16) for word in re.findall(r"\b[0-9a-f]{8}\b", block)]
    assert len(words) == 148
    return words[:64], words[64:84], words[84:]


INITIAL, INTERNAL, FINAL = constants()
HALF = pow(2, -1, P)
DIAGONAL = [-2, 1, 2, HALF, 3, 4, -HALF, -3, -4, HALF**8, HALF**3, HALF**24, -HALF**8, -HALF**3, -HALF**4, -HALF**24]
M4 = [[2, 3, 1, 1], [1, 2, 3, 1], [1, 1, 2, 3], [3, 1, 1, 2]]


def external(s):
    return [sum(M4[r % 4][c % 4] * (2 if r // 4 == c // 4 else 1) * s[c] for c in range(16)) % P for r in range(16)]


def permute(s):
    s = external(s)
    for constants_of_round in (INITIAL[16 * r:16 * r + 16] for r in range(4)):
        s = external([pow(x + c, 3, P) for x, c in zip(s, constants_of_round)])
    for c in INTERNAL:
        s = [pow(s[0] + c, 3, P)] + s[1:]
        total = sum(s)
        s = [(total + v * x) % P for v, x in zip(DIAGONAL, s)]
    for constants_of_round in (FINAL[16 * r:16 * r + 16] for r in range(4)):
        s = external([pow(x + c, 3, P) for x, c in zip(s, constants_of_round)])
    return s


def compress(a, b):
    return [(x + y) % P for x, y in zip(permute(a + b), a + b)][:8]


def hexed(words):
    return b"".join(w.to_bytes(4, "little") for w in words).hex()


def name(letters):
    return int.from_bytes(letters.encode(), "big")


def block(*words):
    return list(words) + [0] * (8 - len(words))


def limbs(value, count=3):
    return [(value >> (30 * i)) & (2**30 - 1) for i in range(count)]


EMPTY = block(name("EMTY"))


def tag(customer, nonce):
    message = len(customer).to_bytes(2, "little") + customer.encode() + nonce
    blocks = -(-len(message) // 24)
    padded = message + bytes(24 * blocks - len(message))
    state = block(name("CTAG"), len(message))
    for k in range(blocks):
        part = padded[24 * k:24 * k + 24]
        state = compress(state, [int.from_bytes(part[3 * i:3 * i + 3], "little") for i in range(8)])
    return compress(state, block(name("CTAG"), blocks))


def leaf(account_tag, entries, salt):
    items = []
    for key, equity, debt in entries:
        if equity or not debt:
            items.append([key] + limbs(equity))
        if debt:
            items.append([key + 2**20] + limbs(debt))
    items[0][0] += 2**21
    if len(items) % 2:
        items.append([name("NONE"), 0, 0, 0])
    state = compress(account_tag, [name("LEAF")] + salt + [0, 0, 0])
    for left, right in zip(items[::2], items[1::2]):
        state = compress(state, left + right)
    return state


def sums(level, accounts, bad_debt, totals, blind):
    state = compress([name("HSUM"), level, accounts, len(totals)] + blind, limbs(bad_debt, 8))
    for i, (equity, debt) in enumerate(totals):
        state = compress(state, [i] + limbs(equity) + limbs(debt) + [0])
    return state


def expand(secret, label, context, length):
    key = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    info, output, last = label.encode() + b"\0" + context, b"", b""
    for i in range(1, -(-length // 32) + 1):
        last = hmac.new(key, last + info + bytes([i]), hashlib.sha256).digest()
        output += last
    return output[:length]


def u64(*values):
    return b"".join(v.to_bytes(8, "little") for v in values)


def elements(stream):
    return [int.from_bytes(stream[16 * i:16 * i + 16], "little") % P for i in range(4)]


def positions(secret, epoch, accounts, count):
    seed, counter, words, order = expand(secret, "zkexchange-v1/positions", u64(epoch), 32), 0, [], list(range(count))
    for i in range(accounts):
        bound = count - i
        while True:
            if not words:
                digest = hashlib.sha256(seed + u64(counter)).digest()
                words, counter = [int.from_bytes(digest[j:j + 4], "little") for j in range(0, 32, 4)], counter + 1
            word = words.pop(0)
            if word < 2**32 // bound * bound:
                break
        j = i + word % bound
        order[i], order[j] = order[j], order[i]
    return order[:accounts]


def vectors():
    published = [894848333, 1437655012, 1200606629, 1690012884, 71131202, 1749206695, 1717947831, 120589055,
                 19776022, 42382981, 1831865506, 724844064, 171220207, 1299207443, 227047920, 1783754913]
    nonce, secret = bytes(range(32)), bytes(range(32))
    entries = [(0, 12345, 1), (65537, 2**90 - 1, 0)]
    totals = [(12345, 1), (2**90 - 1, 0)]
    the_tag = tag("user-00000007", nonce)
    the_leaf = leaf(the_tag, entries, [1, 2, 3, 4])
    plain = [compress(EMPTY, the_leaf), compress(EMPTY, EMPTY)]
    shard_sums = [sums(1, 1, 7, totals, [5, 6, 7, 8]), sums(1, 0, 0, [(0, 0), (0, 0)], [13, 14, 15, 16])]
    nodes = [compress(root, s) for root, s in zip(plain, shard_sums)]
    root_sums = sums(2, 1, 7, totals, [9, 10, 11, 12])
    ids = ["a", "user-00000007", "alice@example.org", "0123456789abcdef" * 4, "x" * 128]
    return {
        "permutation": [{"in": s, "out": permute(s)} for s in (published, [0] * 16, list(range(16)))],
        "compress": compress(list(range(8)), list(range(8, 16))),
        "empty": hexed(EMPTY),
        "tags": [{"customer": i, "nonce": nonce.hex(), "tag": hexed(tag(i, nonce))} for i in ids],
        "book": {
            "leaf": hexed(the_leaf), "plainRoots": [hexed(r) for r in plain],
            "shardSums": [hexed(s) for s in shard_sums], "shardNodes": [hexed(n) for n in nodes],
            "rootSums": hexed(root_sums), "root": hexed(compress(compress(*nodes), root_sums)),
        },
        "secrets": {
            "secret": secret.hex(),
            "nonce": expand(secret, "zkexchange-v1/nonce", (2).to_bytes(2, "little") + b"id", 32).hex(),
            "salt": hexed(elements(expand(secret, "zkexchange-v1/salt", u64(7, 265), 64))),
            "blind": hexed(elements(expand(secret, "zkexchange-v1/blind", u64(7, 3, 1), 64))),
            "positions": positions(secret, 7, 20, 32),
        },
    }


if __name__ == "__main__":
    text = json.dumps(vectors(), indent=1) + "\n"
    target = HERE / "commitments.json"
    if "--check" not in sys.argv:
        target.write_text(text)
    elif target.read_text() != text:
        sys.exit("commitments.json differs")
