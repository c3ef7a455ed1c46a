"""A second verifier of transparency logs, written from RFC 9162, RFC 8032 and the C2SP specifications alone, with Python's standard library alone.

Reads a JSON list of tasks from its input and writes the list of verdicts: true, or a sentence that says what does not hold.
  {"kind": "proof", "file": …, "entry": base64, "log": key, "witnesses": [key …], "quorum": n}
  {"kind": "consistency", "old": [size, base64], "new": [size, base64], "hashes": [base64 …]}
"""
import base64, hashlib, json, sys

# --- Ed25519 (RFC 8032, 5.1, after its section 6) ---
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def add(a, b):
    A, B = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    C, E = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = B - A, E - C, E + C, B + A
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def mul(s, point):
    result = (0, 1, 1, 0)
    while s > 0:
        if s & 1:
            result = add(result, point)
        point = add(point, point)
        s >>= 1
    return result


def recover_x(y, sign):
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P)
    if x2 % P == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * SQRT_M1 % P
    if (x * x - x2) % P != 0:
        return None
    return P - x if (x & 1) != sign else x


def decompress(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


GY = 4 * pow(5, P - 2, P) % P
GX = recover_x(GY, 0)
G = (GX, GY, 1, GX * GY % P)


def ed25519(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = decompress(public), decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    p, q = mul(s, G), add(r, mul(h, a))
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


# --- RFC 9162 ---
def sha(data):
    return hashlib.sha256(data).digest()


def leaf(entry):
    return sha(b"\0" + entry)


def node(left, right):
    return sha(b"\1" + left + right)


def included(index, size, hashes, entry_hash):
    """2.1.3.2; the root, or None."""
    if index >= size:
        return None
    fn, sn, r = index, size - 1, entry_hash
    for p in hashes:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            r = node(p, r)
            if not fn & 1:
                while not (fn & 1 or fn == 0):
                    fn, sn = fn >> 1, sn >> 1
        else:
            r = node(r, p)
        fn, sn = fn >> 1, sn >> 1
    return r if sn == 0 else None


def consistent(first, first_hash, second, second_hash, path):
    """2.1.4.2, and the two cases without a proof."""
    if first == 0:
        return first_hash == sha(b"") and path == []
    if first == second:
        return path == [] and first_hash == second_hash
    if first > second or not path:
        return False
    if first & (first - 1) == 0:
        path = [first_hash] + path
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            if not fn & 1:
                while not (fn & 1 or fn == 0):
                    fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return fr == first_hash and sr == second_hash and sn == 0


# --- C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof ---
def key(text):
    name, ident, encoded = text.split("+", 2)
    data = base64.b64decode(encoded, validate=True)
    if sha(name.encode() + b"\n" + data)[:4].hex() != ident:
        raise ValueError("key id")
    return {"name": name, "id": bytes.fromhex(ident), "kind": data[0], "public": data[1:]}


def signed_by(known, text, lines):
    found = False
    for line in lines:
        dash, name, encoded = line.split(" ")
        data = base64.b64decode(encoded, validate=True)
        if dash != "\u2014" or name != known["name"] or data[:4] != known["id"]:
            continue
        message, signature = text.encode(), data[4:]
        if known["kind"] == 4:
            message, signature = b"cosignature/v1\ntime %d\n" % int.from_bytes(signature[:8], "big") + message, signature[8:]
        if not ed25519(known["public"], message, signature):
            raise ValueError("signature of " + name)
        found = True
    return found


def proof(task):
    head, checkpoint = task["file"].split("\n\n", 1)
    lines = head.split("\n")
    if lines.pop(0) != "c2sp.org/tlog-proof@v1":
        raise ValueError("first line")
    if lines[0].startswith("extra "):
        lines.pop(0)
    word, index = lines.pop(0).split(" ")
    if word != "index" or str(int(index)) != index:
        raise ValueError("index")
    text, signatures = checkpoint.rsplit("\n\n", 1)
    text += "\n"
    signatures = signatures.rstrip("\n").split("\n")
    origin, size, root = text.split("\n")[:3]
    log = key(task["log"])
    if origin != log["name"] or not signed_by(log, text, signatures):
        raise ValueError("log")
    if sum(signed_by(key(w), text, signatures) for w in task["witnesses"]) < task["quorum"]:
        raise ValueError("quorum")
    hashes = [base64.b64decode(line, validate=True) for line in lines]
    if included(int(index), int(size), hashes, leaf(base64.b64decode(task["entry"]))) != base64.b64decode(root, validate=True):
        raise ValueError("inclusion")
    return True


def consistency(task):
    (a, first), (b, second) = task["old"], task["new"]
    if not consistent(a, base64.b64decode(first), b, base64.b64decode(second), [base64.b64decode(h) for h in task["hashes"]]):
        raise ValueError("consistency")
    return True


def verdict(task):
    try:
        return proof(task) if task["kind"] == "proof" else consistency(task)
    except ValueError as error:
        return str(error)


print(json.dumps([verdict(task) for task in json.load(sys.stdin)]))
