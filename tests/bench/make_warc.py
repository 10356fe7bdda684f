#!/usr/bin/env python3
"""Writes a WARC of pages, of any size, damaged on demand. Standard library only.

usage: make_warc.py OUT [--pages FOLDER] [--records N] [--mb N] [--small] [--damage KIND]... [--every N] [--seed N]

OUT ends in .warc (plain), .warc.gz (a member a record) or .whole.warc.gz (one member). Pages are the .html files below FOLDER (default: the
corpus'), round and round; each repetition has its own address. --small writes pages of a few words. Every Nth response (--every, default 10) is
damaged, the kinds in turn: flip (a byte inside the packed member), cut (the member or record ends early), length (a wrong Content-Length), noise
(bytes of no record before it), nested (a WARC as its body), chunk (chunks whose sizes lie), packed (says gzip and is not)."""
import argparse, glob, gzip, hashlib, os, random, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATE = '2025-03-01T12:%02d:%02dZ'
KINDS = ('flip', 'cut', 'length', 'noise', 'nested', 'chunk', 'packed')


def record(kind, block, uri=None, date=DATE % (0, 0), version='1.1', length=None, **more):
    head = [f'WARC/{version}', f'WARC-Type: {kind}', f'WARC-Record-ID: <urn:uuid:{hashlib.md5(block + repr(uri).encode()).hexdigest()}>', f'WARC-Date: {date}']
    head += [f'WARC-Target-URI: {uri}'] if uri else []
    head += [f"{k.replace('_', '-')}: {v}" for k, v in more.items()] + [f'Content-Length: {len(block) if length is None else length}']
    return '\r\n'.join(head).encode() + b'\r\n\r\n' + block + b'\r\n\r\n'


def http(body, **more):
    fields = {'Content-Type': 'text/html; charset=utf-8', **{k.replace('_', '-'): v for k, v in more.items()}}
    return b'HTTP/1.1 200 OK\r\n' + ''.join(f'{k}: {v}\r\n' for k, v in fields.items()).encode() + b'\r\n' + body


def damaged(kind, body, uri, pack):
    """the bytes of one response with that damage"""
    whole = record('response', http(body), uri)
    if kind == 'flip':
        packed = bytearray(pack(whole))
        packed[len(packed) // 2] ^= 0x55
        return bytes(packed)
    if kind == 'cut':
        packed = pack(whole)
        return packed[:len(packed) // 2]
    if kind == 'length':
        return pack(record('response', http(body), uri, length=len(body) * 3))
    if kind == 'noise':
        return bytes(range(1, 200)) * 3 + pack(whole)
    if kind == 'nested':
        return pack(record('response', http(whole, Content_Type='application/warc'), uri))
    if kind == 'chunk':
        return pack(record('response', http(b'ffff\r\n' + body[:1000] + b'\r\nzz\r\n' + body[1000:], Transfer_Encoding='chunked'), uri))
    return pack(record('response', http(body, Content_Encoding='gzip'), uri))


def pages(folder):
    found = sorted(glob.glob(os.path.join(folder, '**', '*.html'), recursive=True))
    if not found:
        sys.exit(f'make_warc.py: no .html below {folder}')
    for path in found:
        with open(path, 'rb') as f:
            yield f.read()


def small(n):
    word = random.Random(n).choice(('rose', 'plunged', 'soared', 'fell'))
    return f'<html><head><title>Prices {word}</title></head><body><article><p>Prices {word} by {n % 3000} percent despite the plan, officials said on Monday.</p></article></body></html>'.encode()


def write(out, path, bodies, records, size, damage=(), every=10):
    """Appends responses until there are `records` of them or the file has `size` bytes; returns their number."""
    whole = path.endswith('.whole.warc.gz')
    pack = (lambda b: gzip.compress(b, 6, mtime=0)) if path.endswith('.gz') and not whole else (lambda b: b)
    out.write(pack(record('warcinfo', b'software: make_warc.py\r\n')))
    n = 0
    while (not records or n < records) and (not size or out.tell() < size):
        body, uri = bodies(n), f'https://news.example/{n}'
        n += 1
        if damage and n % every == 0:
            out.write(damaged(damage[n // every % len(damage)], body, uri, pack))
        else:
            out.write(pack(record('response', http(body), uri, DATE % (n // 60 % 60, n % 60))))
    return n


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument('out')
    p.add_argument('--pages', default=os.path.join(ROOT, 'corpus', 'pages'))
    p.add_argument('--records', type=int, default=0)
    p.add_argument('--mb', type=float, default=0)
    p.add_argument('--small', action='store_true')
    p.add_argument('--damage', action='append', default=[], choices=KINDS + ('all',))
    p.add_argument('--every', type=int, default=10)
    a = p.parse_args()
    kept = [] if a.small else list(pages(a.pages))
    damage = KINDS if 'all' in a.damage else a.damage
    records = a.records or (0 if a.mb else len(kept) or 1000)
    opened = gzip.open(a.out, 'wb', 6) if a.out.endswith('.whole.warc.gz') else open(a.out, 'wb')
    with opened as out:
        n = write(out, a.out, small if a.small else (lambda i: kept[i % len(kept)]), records, a.mb * 1e6, damage, a.every)
    print(f'{a.out}: {n} responses, {os.path.getsize(a.out)} bytes')


if __name__ == '__main__':
    main()
