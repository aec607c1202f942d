#!/usr/bin/env python3
"""A second verifier, written from specs/20-transcript.md and specs/30-proof-system.md alone.

It knows no circuit: it reads the bytes of a verifying key, refuses any other form of them, and evaluates the key's graph.
Slow and plain; preconditions on the security level are the first verifier's (section 3.3 needs a target, which a record
does not name).

  python3 verifier.py              verdict on proof.json, then on altered copies of it
"""
import hashlib, json, pathlib, random, struct, sys

from protocol import P, Transcript, e_add, e_mul, e_scale, element, point, root, sha

FINAL_LOG2 = 5
ZERO, ONE, X = [0] * 5, [1, 0, 0, 0, 0], [0, 1, 0, 0, 0]


class Refused(Exception):
    pass


def demand(holds, reason):
    if not holds:
        raise Refused(reason)


# ---------------------------------------------------------------- arithmetic

def e_sub(a, b):
    return [(x - y) % P for x, y in zip(a, b)]


def e_pow(a, n):
    r = ONE
    while n:
        if n & 1:
            r = e_mul(r, a)
        a, n = e_mul(a, a), n >> 1
    return r


def e_inv(a):
    demand(any(a), "a division by zero")
    return e_pow(a, P ** 5 - 2)


def e_dot(pairs):
    total = ZERO
    for a, b in pairs:
        total = e_add(total, e_mul(a, b))
    return total


def base(x):
    return [x % P, 0, 0, 0, 0]


def compose(columns):
    value = ZERO
    for c in reversed(columns):
        value = e_add(e_mul(value, X), c)
    return value


# ---------------------------------------------------------------- bytes

class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, n):
        demand(self.at + n <= len(self.data), "BadLength")
        self.at += n
        return self.data[self.at - n:self.at]

    def number(self, n):
        return int.from_bytes(self.take(n), "little")

    def elements(self, count):
        words = struct.unpack("<%dI" % (5 * count), self.take(20 * count))
        demand(all(w < P for w in words), "BadEncoding")
        return [list(words[5 * i:5 * i + 5]) for i in range(count)]

    def end(self, reason):
        demand(self.at == len(self.data), reason)


def read_profile(data):
    r = Reader(data)
    name = r.take(r.number(1)).decode("ascii")
    keys = "version:2 degree:1 blowup:1 slack:1 t:2 lookup:1 ali:1 deep:1 batch:1 fold:1 query:1 arity:1 hash:1 salt:1 p2:1 digest:1"
    profile = {k: r.number(int(n)) for k, n in (item.split(":") for item in keys.split())}
    r.end("profile")
    fixed = {"version": 1, "degree": 5, "slack": 5, "arity": 3, "hash": 1, "p2": 1, "digest": 8}
    demand(all(profile[k] == v for k, v in fixed.items()), "profile")
    return dict(profile, name=name, record=data)


def read_key(data):
    """The key, in the one form it has; degrees and everything derived along the way."""
    r = Reader(data)
    demand(r.take(23) == b"zkexchange-stark-v1/key", "key: name")
    buses = {}
    order = []
    for _ in range(r.number(2)):
        ident, kind, width, weights = r.number(2), r.number(1), r.number(2), r.number(2)
        demand(ident not in buses and kind < 3 and width and weights and (kind == 2 or weights == 1), "key: bus")
        buses[ident] = (kind, width, weights)
        order.append(ident)
    inputs = r.number(2)
    messages = [(r.number(2), r.number(1)) for _ in range(r.number(1))]
    demand(all(b in buses and buses[b][0] == 0 and d < 2 for b, d in messages), "key: public messages")
    tables = [read_table(r, buses, inputs) for _ in range(r.number(1))]
    r.end("key: trailing bytes")
    for ident in order:
        receivers = [t for t in tables if any(i["bus"] == ident and i["receive"] for i in t["interactions"])]
        demand(buses[ident][0] != 1 or len(receivers) == 1, "key: lookup receivers")
    blinds = sum(1 for t in tables if t["interactions"]) >= 2
    for t in tables:
        t["blind"] = blinds and bool(t["interactions"])
        t["main"] = t["width"] + (5 if t["blind"] else 0)
        t["groups"] = (len(t["interactions"]) + 1) // 2
        t["aux"] = 5 * (t["groups"] + 1) if t["interactions"] else 0
        t["lambdas"] = len(t["constraints"]) + (t["groups"] + 3 if t["interactions"] else 0)
    return {"hash": sha(data), "buses": buses, "inputs": inputs, "messages": messages, "tables": tables,
            "talks": any(t["interactions"] for t in tables), "W": max([b[1] for b in buses.values()] or [0]),
            "V": max([b[2] for b in buses.values()] or [1])}


def read_table(r, buses, inputs):
    t = {"name": r.take(r.number(1)).decode("ascii"), "width": r.number(2), "min": r.number(1), "max": r.number(1),
         "optional": r.number(1), "nodes": [], "constraints": [], "interactions": []}
    demand(t["width"] and 5 <= t["min"] <= t["max"] <= 24 and t["optional"] < 2, "key: table")
    degrees, seen = [], set()
    for n in range(r.number(4)):
        op = r.number(1)
        args = {1: (4,), 2: (2, 1), 3: (2,), 4: (4, 4), 5: (4, 4), 6: (4, 4), 7: (4,)}.get(op)
        demand(args, "key: opcode")
        node = (op,) + tuple(r.number(size) for size in args)
        demand(node not in seen, "key: a node twice")
        demand(op < 4 or all(a < n for a in node[1:]), "key: a node ahead")
        demand(op != 1 or node[1] < P, "key: constant")
        demand(op != 2 or (node[1] < t["width"] and node[2] < 2), "key: column")
        demand(op != 3 or node[1] < inputs, "key: public input")
        seen.add(node)
        t["nodes"].append(node)
        degrees.append({1: 0, 2: 1, 3: 0}[op] if op < 4 else sum(degrees[a] for a in node[1:]) if op == 6
                       else max(degrees[a] for a in node[1:]))
    for _ in range(r.number(4)):
        rows, node = r.number(1), r.number(4)
        demand(rows < 4 and node < len(degrees) and degrees[node] <= (3 if rows in (0, 2) else 2), "key: constraint")
        t["constraints"].append((rows, node))
    for _ in range(r.number(4)):
        bus, receive, bound = r.number(2), r.number(1), r.number(4)
        demand(bus in buses and receive < 2, "key: interaction")
        kind, width, most = buses[bus]
        weights = [r.number(4) for _ in range(r.number(2))]
        words = [r.number(4) for _ in range(width)]
        demand(1 <= len(weights) <= most and all(w < len(degrees) for w in weights + words), "key: interaction")
        demand(all(degrees[w] <= 2 for w in weights) and all(degrees[w] <= 1 for w in words), "key: degree")
        demand((kind == 0 or (kind == 1 and not receive)) == (bound > 0) and (kind or bound == 1), "key: bound")
        t["interactions"].append({"bus": bus, "receive": receive, "bound": bound, "weights": weights, "words": words})
    t["next"] = sorted({n[1] for n in t["nodes"] if n[0] == 2 and n[2] == 1})
    return t


# ---------------------------------------------------------------- shape

def read_shape(key, profile, heights):
    present = []
    for table, height in zip(key["tables"], heights):
        demand(height != 0xFF or table["optional"], "BadShape")
        demand(height == 0xFF or table["min"] <= height <= table["max"], "BadHeight")
        if height != 0xFF:
            present.append(dict(table, height=height))
    demand(present, "BadShape")
    lam = 0
    for t in present:
        t["lambda"] = lam
        lam += t["lambdas"]
    bound = sum(i["bound"] << t["height"] for t in present for i in t["interactions"])
    classes = []
    for height in sorted({t["height"] for t in present}, reverse=True):
        tables = [t for t in present if t["height"] == height]
        c = {"height": height, "lgN": height + profile["blowup"], "tables": tables, "main": 0, "aux": 0}
        check_room(profile, height)
        for t in tables:
            t["m"], t["a"] = c["main"], c["aux"]
            c["main"] += t["main"]
            c["aux"] += t["aux"]
        c["next"] = [("main", t["m"] + i) for t in tables for i in t["next"]]
        c["next"] += [("aux", t["a"] + 5 * t["groups"] + k) for t in tables if t["aux"] for k in range(5)]
        c["quotient"] = 15 if classes else 20
        c["points"] = c["main"] + c["aux"] + 15
        c["openings"] = c["points"] + len(c["next"])
        classes.append(c)
    return present, classes, lam, bound


def check_room(profile, height):
    n, t = 1 << height, profile["t"]
    k = n + n // 32
    demand(height + profile["blowup"] <= 24 and 2 * (t + 5) <= n // 32 and n >= 3 * (t + 5) and 8 * t <= k, "BadHeight")


def schedule(classes, blowup):
    layers, current, entering = [], classes[0]["height"], 1
    while current > FINAL_LOG2:
        nxt = classes[entering]["height"] if entering < len(classes) else FINAL_LOG2
        a = min(3, current - nxt)
        current -= a
        enters = entering if entering < len(classes) and classes[entering]["height"] == current else None
        entering += enters is not None
        layers.append({"lgN": current + a + blowup, "a": a, "enters": enters})
    return layers


# ---------------------------------------------------------------- trees

def open_tree(r, kind, layer, salt, parts, positions, tree_root):
    """parts: [(lg rows, words)]; returns for each part {index: words}."""
    rows, leaves = [], []
    for log2, words in parts:
        header = b"zkexchange-stark-v1/leaf".ljust(32, b"\0") + bytes([kind, layer, log2, salt]) + struct.pack("<I", words)
        rows.append({})
        leaves.append({})
        for i in sorted({p % (1 << log2) for p in positions}):
            data = r.take(4 * words)
            row = struct.unpack("<%dI" % words, data)
            demand(all(w < P for w in row), "BadEncoding")
            rows[-1][i] = row
            leaves[-1][i] = sha(header.ljust(64, b"\0") + data + r.take(salt))
    known, top = leaves[0], parts[0][0]
    for level in range(top):
        half, above = 1 << (top - level - 1), {}
        for i in sorted({i % half for i in known}):
            left = known[i] if i in known else r.take(32)
            right = known[i + half] if i + half in known else r.take(32)
            entering = [leaves[c][i] for c in range(1, len(parts)) if parts[c][0] == top - level - 1]
            above[i] = sha(left + right + b"".join(entering))
        known = above
    demand(known[0] == tree_root, "MerkleMismatch")
    return rows


# ---------------------------------------------------------------- the identity at zeta

def nodes_at(table, here, nxt, inputs):
    values = []
    for node in table["nodes"]:
        op, args = node[0], node[1:]
        if op == 1: values.append(base(args[0]))
        elif op == 2: values.append((nxt if args[1] else here)[args[0]])
        elif op == 3: values.append(base(inputs[args[0]]))
        elif op == 4: values.append(e_add(values[args[0]], values[args[1]]))
        elif op == 5: values.append(e_sub(values[args[0]], values[args[1]]))
        elif op == 6: values.append(e_mul(values[args[0]], values[args[1]]))
        else: values.append(e_sub(ZERO, values[args[0]]))
    return values


def fingerprint(challenges, bus, words):
    alpha, betas, _ = challenges
    return e_add(e_add(alpha, e_scale(betas[0], bus + 1)), e_dot(zip(betas[1:], words)))


def check_identity(c, opened, claim, challenges, terminals, lambdas, zeta, stride):
    main, aux = opened[:c["main"]], opened[c["main"]:c["main"] + c["aux"]]
    chunks = opened[c["main"] + c["aux"]:c["points"]]
    nxt = {place: value for place, value in zip(c["next"], opened[c["points"]:])}
    n, g_inv = 1 << c["height"], pow(root(c["height"]), P - 2, P)
    z_h = e_sub(e_pow(zeta, n), ONE)
    last = e_sub(zeta, base(g_inv))
    factor = [ONE, e_mul(z_h, e_inv(e_sub(zeta, ONE))), last, e_mul(z_h, e_inv(last))]
    total = ZERO
    for t in c["tables"]:
        here = main[t["m"]:t["m"] + t["main"]]
        ahead = [nxt.get(("main", t["m"] + i), ZERO) for i in range(t["width"])]
        values = nodes_at(t, here, ahead, claim["publicInputs"])
        laws = [(rows, values[node]) for rows, node in t["constraints"]]
        if t["interactions"]:
            laws += bus_laws(t, values, here, aux[t["a"]:t["a"] + t["aux"]],
                             [nxt[("aux", t["a"] + 5 * t["groups"] + k)] for k in range(5)], challenges, terminals)
        for i, (rows, value) in enumerate(laws):
            total = e_add(total, e_mul(e_mul(lambdas[t["lambda"] + i], factor[rows]), value))
    step, q = e_pow(zeta, stride), ZERO
    for k in (2, 1, 0):
        q = e_add(e_mul(q, step), compose(chunks[5 * k:5 * k + 5]))
    demand(total == e_mul(z_h, q), "ConstraintMismatch")


def bus_laws(t, values, main, aux, acc_next, challenges, terminals):
    fractions, laws, total = [], [], ZERO
    for i in t["interactions"]:
        numerator = e_dot((challenges[2][j], values[w]) for j, w in enumerate(i["weights"]))
        fractions.append((e_sub(ZERO, numerator) if i["receive"] else numerator,
                          fingerprint(challenges, i["bus"], [values[w] for w in i["words"]])))
    for g in range(t["groups"]):
        phi = compose(aux[5 * g:5 * g + 5])
        (m, d), rest = fractions[2 * g], fractions[2 * g + 1:2 * g + 2]
        for m1, d1 in rest:
            m, d = e_add(e_mul(m, d1), e_mul(m1, d)), e_mul(d, d1)
        laws.append((0, e_sub(e_mul(phi, d), m)))
        total = e_add(total, phi)
    acc, after = compose(aux[5 * t["groups"]:]), compose(acc_next)
    blind = compose(main[t["width"]:]) if t["blind"] else ZERO
    return laws + [(1, e_sub(acc, blind)), (2, e_sub(e_sub(after, acc), total)),
                   (3, e_sub(e_add(acc, total), terminals[t["name"]]))]


# ---------------------------------------------------------------- the protocol

def verify(key, profile, claim, proof):
    r, t = Reader(proof), Transcript()
    heights = list(r.take(len(key["tables"])))
    present, classes, lambda_count, bound = read_shape(key, profile, heights)
    words = claim["publicInputs"] + [w for m in claim["publicMessages"] for w in m]
    widths = [key["buses"][b][1] for b, _ in key["messages"]]
    demand(len(claim["publicInputs"]) == key["inputs"] and all(w < P for w in words)
           and len(widths) == len(claim["publicMessages"])
           and all(len(m) % w == 0 for m, w in zip(claim["publicMessages"], widths)), "PublicValueMismatch")
    demand(bound + sum(len(m) // w for m, w in zip(claim["publicMessages"], widths)) < P, "MultiplicityBound")

    t.absorb(0x01, claim["statement"])
    t.absorb(0x02, profile["record"])
    t.absorb(0x03, key["hash"])
    t.absorb(0x04, bytes(heights))
    t.absorb(0x05, struct.pack("<%dI" % key["inputs"], *claim["publicInputs"]))
    if key["messages"]:
        t.absorb(0x06, b"".join(struct.pack("<I", len(m) // w) + struct.pack("<%dI" % len(m), *m)
                                for m, w in zip(claim["publicMessages"], widths)))

    def say(label, data):
        t.absorb(label, data)
        return data

    def grind(label, bits):
        if not bits:
            return
        digest = sha(t.state + bytes([4, label]) + r.take(8))
        demand(int.from_bytes(digest, "big") >> (256 - bits) == 0, "GrindFailed")
        t.state = digest

    def elements(label, count):
        return t.squeeze(label, lambda stream: [element(stream) for _ in range(count)])

    def said(label, count):
        start = r.at
        values = r.elements(count)
        say(label, proof[start:r.at])
        return values

    roots, challenges, terminals = [say(0x10, r.take(32))], None, {}
    if key["talks"]:
        grind(0x30, profile["lookup"])
        drawn = elements(0x20, 1 + key["W"] + key["V"])
        challenges = (drawn[0], drawn[1:2 + key["W"]], [ONE] + drawn[2 + key["W"]:])
        roots.append(say(0x11, r.take(32)))
        names = [table["name"] for table in present if table["interactions"]]
        terminals = dict(zip(names, said(0x16, len(names))))
        check_balance(key, claim, widths, challenges, terminals)
    grind(0x31, profile["ali"])
    lambdas = elements(0x21, lambda_count)
    roots.append(say(0x12, r.take(32)))
    grind(0x32, profile["deep"])
    zeta = t.squeeze(0x22, point)

    openings = said(0x13, sum(c["openings"] for c in classes))
    at = 0
    for c in classes:
        c["at"] = at
        at += c["openings"]
        stride = (1 << c["height"]) + (1 << c["height"] - 5) - (profile["t"] + 5)
        check_identity(c, openings[c["at"]:at], claim, challenges, terminals, lambdas, zeta, stride)
    grind(0x33, profile["batch"])
    gammas = elements(0x23, len(openings))

    layers, folds = schedule(classes, profile["blowup"]), []
    for _ in layers:
        roots.append(say(0x14, r.take(32)))
        grind(0x34, profile["fold"])
        folds.append(elements(0x24, 1)[0])
    final = said(0x15, 33)
    grind(0x35, profile["query"])
    top = classes[0]["lgN"]
    positions = t.squeeze(0x25, lambda stream: [next(stream) % (1 << top) for _ in range(profile["t"])])
    check_queries(r, key, profile, classes, layers, roots, positions, zeta, openings, gammas, folds, final)


def check_balance(key, claim, widths, challenges, terminals):
    total = ZERO
    for value in terminals.values():
        total = e_add(total, value)
    for (bus, direction), width, message in zip(key["messages"], widths, claim["publicMessages"]):
        for i in range(0, len(message), width):
            inverse = e_inv(fingerprint(challenges, bus, [base(w) for w in message[i:i + width]]))
            total = e_sub(total, inverse) if direction else e_add(total, inverse)
    demand(total == ZERO, "BusUnbalanced")


def check_queries(r, key, profile, classes, layers, roots, positions, zeta, openings, gammas, folds, final):
    rows, roots = {}, iter(roots)
    for name, kind in (("main", 2), ("aux", 3), ("quotient", 4)):
        held = [c for c in classes if c[name]]
        if name == "aux" and not key["talks"]:
            continue
        opened = open_tree(r, kind, 0, profile["salt"], [(c["lgN"], c[name]) for c in held], positions, next(roots))
        for c, part in zip(held, opened):
            rows[name, c["height"]] = part
    members = [open_tree(r, 5, i, 0, [(layer["lgN"] - layer["a"], 5 << layer["a"])], positions, next(roots))[0]
               for i, layer in enumerate(layers)]
    r.end("TrailingBytes")

    def codeword(c, j):
        j %= 1 << c["lgN"]
        x = 3 * pow(root(c["lgN"]), j, P) % P
        row = {name: rows[name, c["height"]][j] for name in ("main", "aux", "quotient") if (name, c["height"]) in rows}
        words = [w for name in ("main", "aux") for w in row.get(name, ())] + list(row["quotient"][:15])
        words += [row[name][i] for name, i in c["next"]]
        value = ZERO
        for part, z in ((range(c["points"]), zeta),
                        (range(c["points"], c["openings"]), e_scale(zeta, root(c["height"])))):
            total = e_dot((gammas[c["at"] + i], e_sub(base(words[i]), openings[c["at"] + i])) for i in part)
            value = e_add(value, e_mul(total, e_inv(e_sub(base(x), z))))
        return value, row["quotient"]

    for j in positions:
        expected, quotient = codeword(classes[0], j)
        expected = e_add(expected, list(quotient[15:20]))
        for i, layer in enumerate(layers):
            a, leaves = 1 << layer["a"], 1 << (layer["lgN"] - layer["a"])
            leaf, member = j % leaves, j % (1 << layer["lgN"]) // leaves
            u = [list(members[i][leaf][5 * k:5 * k + 5]) for k in range(a)]
            demand(u[member] == expected, "FriMismatch" if i else "QueryMismatch")
            ratio, w = e_scale(folds[i], pow(root(layer["lgN"]), -leaf, P)), root(layer["a"])
            expected = ZERO
            for m in range(a):
                part = ZERO
                for k in range(a):
                    part = e_add(part, e_scale(u[k], pow(w, -m * k, P)))
                expected = e_add(expected, e_mul(e_pow(ratio, m), e_scale(part, pow(a, P - 2, P))))
            if layer["enters"] is not None:
                entering, _ = codeword(classes[layer["enters"]], j)
                expected = e_add(expected, e_mul(e_pow(folds[i], a), entering))
        log2 = FINAL_LOG2 + profile["blowup"]
        y, value = pow(root(log2), j % (1 << log2), P), ZERO
        for coefficient in reversed(final):
            value = e_add(e_scale(value, y), coefficient)
        demand(value == expected, "DegreeBound")


def verdict(key, profile, claim, proof):
    try:
        verify(key, profile, claim, proof)
        return "Accepted"
    except Refused as refusal:
        return str(refusal)


def main():
    vector = json.loads((pathlib.Path(__file__).parent / "proof.json").read_text())
    key, profile = read_key(bytes.fromhex(vector["key"])), read_profile(bytes.fromhex(vector["profile"]))
    claim = {"statement": bytes.fromhex(vector["statement"]), "publicInputs": vector["publicInputs"],
             "publicMessages": vector["publicMessages"]}
    proof = bytes.fromhex(vector["proof"])
    good = verdict(key, profile, claim, proof)
    print("stored proof:", good)
    source, reasons = random.Random(1), {}
    for _ in range(40):
        altered = bytearray(proof)
        altered[source.randrange(len(proof))] ^= 1 << source.randrange(8)
        reason = verdict(key, profile, claim, bytes(altered))
        reasons[reason] = reasons.get(reason, 0) + 1
    print("altered copies:", reasons)
    sys.exit(0 if good == "Accepted" and "Accepted" not in reasons else 1)


if __name__ == "__main__":
    main()
