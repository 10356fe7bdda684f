"""Archives: WARCs of the corpus pages, in every packing and with every damage, give the rows of the pages themselves."""
import csv, glob, gzip, hashlib, io, os, shutil, subprocess, sys, zlib
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'bench'))
import make_warc
from tap import ROOT, Program, Skip, equal, main, need

P = Program(sys.argv[1])
PAGES = sorted(glob.glob(os.path.join(ROOT, 'corpus', 'pages', '*.html')))
DATE = '2025-03-01T12:00:00Z'


def record(kind, block, uri=None, version='1.1', **more):
    head = [f'WARC/{version}', f'WARC-Type: {kind}', f'WARC-Record-ID: <urn:uuid:{hashlib.md5(block).hexdigest()}>', f'WARC-Date: {DATE}']
    head += [f'WARC-Target-URI: {uri}'] if uri else []
    head += [f"{k.replace('_', '-')}: {v}" for k, v in more.items()] + [f'Content-Length: {len(block)}']
    return '\r\n'.join(head).encode() + b'\r\n\r\n' + block + b'\r\n\r\n'


def http(body, status='200 OK', **more):
    fields = {'Content-Type': 'text/html', **{k.replace('_', '-'): v for k, v in more.items()}}
    return f'HTTP/1.1 {status}\r\n'.encode() + ''.join(f'{k}: {v}\r\n' for k, v in fields.items() if v).encode() + b'\r\n' + body


def read(path):
    with open(path, 'rb') as f:
        return f.read()


def uri(path):
    return 'https://news.example/' + os.path.basename(path)


def crawl():
    """the corpus as a crawler would write it: every page between records that hold no document"""
    out = [record('warcinfo', b'software: test\r\n')]
    for i, path in enumerate(PAGES):
        out.append(record('request', b'GET / HTTP/1.1\r\n\r\n', uri(path)))
        out.append(record('response', http(read(path)), uri(path), '1.0' if i % 2 else '1.1'))
        out.append(record('metadata', b'fetchTimeMs: 3\r\n', uri(path)))
    out.append(record('response', http(b'\x89PNG\r\n\x1a\n' + bytes(5000), Content_Type='image/png'), 'https://news.example/a.png'))
    out.append(record('response', http(b'<p>gone', '404 Not Found'), 'https://news.example/404'))
    return out


def rows(*args, ok=(0,), stdin=b''):
    p = P.run('score', '--format', 'csv', *args, ok=ok, stdin=stdin, timeout=20)
    return list(csv.DictReader(io.StringIO(p.stdout.decode()))), p.stderr.decode()


# of the place and of the address a page tells less than its archive
OWN = ('id', 'source', 'url', 'captured', 'site')


def measures(row):
    return {k: v for k, v in row.items() if k not in OWN}


PLAIN = [measures(r) for r in rows(*PAGES)[0]]


def same(name, data, *args, **kw):
    got, stderr = rows(P.put(name, data), *args, **kw)
    equal([measures(r) for r in got], PLAIN, name)
    return got, stderr


def members():
    return b''.join(gzip.compress(r, 6) for r in crawl())


def plain():
    """a plain WARC: rows of the pages, addresses, what was passed over on stderr"""
    data = b''.join(crawl())
    got, stderr = same('a.warc', data)
    for r, path in zip(got, PAGES):
        at = int(r['source'].split('@')[1])
        need(data[at:at + 5] == b'WARC/' and uri(path).encode() in data[at:at + 300], r['source'])
        if 'url' in r:
            equal(r['url'], uri(path))
    need(f'{len(crawl())} WARC records, {len(PAGES)} of them documents' in stderr, stderr)
    need(f'{len(PAGES)} request' in stderr and '1 neither page nor text' in stderr and '1 with an HTTP status' in stderr, stderr)


def gz_members():
    """.warc.gz, a member a record: the address is that of the member"""
    data = members()
    got, _ = same('a.warc.gz', data)
    for r, path in zip(got, PAGES):
        at = int(r['source'].split('@')[1])
        need(uri(path).encode() in zlib.decompressobj(31).decompress(data[at:])[:400], r['source'])


def gz_whole():
    """.warc.gz packed as one member"""
    same('b.warc.gz', gzip.compress(b''.join(crawl())))


def zst():
    """.warc.zst, a frame a record, with and without a dictionary"""
    if not shutil.which('zstd'):
        raise Skip('no zstd here')

    def pack(data, *args):
        return subprocess.run(['zstd', '-q', '-c', *args], input=data, stdout=subprocess.PIPE, check=True).stdout
    same('a.warc.zst', b''.join(pack(r) for r in crawl()))
    same('b.warc.zst', pack(b''.join(crawl())))
    dictionary = os.path.join(P.dir, 'dictionary')
    samples = [P.put(f'sample/{i}-{j}', r[j * 700:j * 700 + 1500]) for i, r in enumerate(crawl()) for j in range(8) if len(r) > j * 700]
    subprocess.run(['zstd', '-q', '--train', *samples, '--maxdict=8192', '-o', dictionary], check=True, stderr=subprocess.DEVNULL)
    frames = b''.join(pack(r, '-D', dictionary) for r in crawl())
    for name, held in (('raw', read(dictionary)), ('packed', pack(read(dictionary)))):
        same(f'{name}.warc.zst', b'\x5d\x2a\x4d\x18' + len(held).to_bytes(4, 'little') + held + frames)
    _, stderr = rows(P.put('none.warc.zst', frames), ok=(0, 1))
    need('dictionary' in stderr.lower(), stderr)


def zst_windows():
    """zstd windows above 8 MiB (--long) are refused with the remedy, and read when allowed"""
    if not shutil.which('zstd'):
        raise Skip('no zstd here')
    data = b''.join(b'{"id":"%d","text":"Crime fell %d percent."}\n' % (i, i % 7) for i in range(400000))
    path = os.path.join(P.dir, 'long.jsonl.zst')
    subprocess.run(['zstd', '-q', '-f', '--long=27', '-1', '-o', path], input=data, check=True)
    got, stderr = rows(path, ok=(1,))
    need([r['status'] for r in got] == ['unreadable'] and '--zstd-window' in stderr, stderr)
    p = P.run('extract', '-f', 'csv', '--zstd-window', '27', path)
    equal(p.stdout.count(b'\n'), 400001)
    need(b'10 to 31' in P.run('score', '--zstd-window', '5', path, ok=(2,)).stderr, 'a window of 32 bytes')


def pipe():
    """an archive on stdin"""
    got, _ = rows('-', stdin=members())
    equal([measures(r) for r in got], PLAIN)


def jobs():
    """any number of workers gives the same bytes"""
    path = P.put('a.warc.gz', members())
    one = P.run('score', '--format', 'csv', '--jobs', 1, path).stdout
    equal(P.run('score', '--format', 'csv', '--jobs', 4, path).stdout, one)


def encodings():
    """chunked, gzip, deflate (both kinds), and headers that claim what is not so"""
    def chunk(b, n=777):
        return b''.join(b'%x;x=1\r\n%s\r\n' % (len(b[i:i + n]), b[i:i + n]) for i in range(0, len(b), n)) + b'0\r\n\r\n'

    def raw(b):
        c = zlib.compressobj(9, zlib.DEFLATED, -15)
        return c.compress(b) + c.flush()
    ways = [lambda b: http(chunk(b), Transfer_Encoding='chunked'), lambda b: http(b, Transfer_Encoding='chunked'),
            lambda b: http(gzip.compress(b), Content_Encoding='gzip'), lambda b: http(b, Content_Encoding='gzip'),
            lambda b: http(zlib.compress(b), Content_Encoding='deflate'), lambda b: http(raw(b), Content_Encoding='deflate'),
            lambda b: http(b, Content_Encoding='deflate'), lambda b: http(chunk(gzip.compress(b)), Content_Encoding='x-gzip', Transfer_Encoding='Chunked'),
            lambda b: b'Content-Type: text/html\r\n\r\n' + b, lambda b: http(b, Content_Type=None), lambda b: b]
    for n, way in enumerate(ways):
        data = b''.join(record('response', way(read(p)), uri(p)) for p in PAGES)
        try:
            same(f'e{n}.warc', data)
        except AssertionError as e:
            raise AssertionError(f'way {n}: {e}') from None
    got, _ = rows(P.put('br.warc', record('response', http(b'\x8b\x02\x80xyz\x03', Content_Encoding='br'), uri('x'))), ok=(0, 1))
    equal([r['status'] for r in got], ['unsupported'])


def wet():
    """WET: conversion records are plain text"""
    texts = ['Despite the rain, prices plunged, officials said.\n', 'Crime fell because of the curfew.\nCritics slammed it.\n']
    data = record('warcinfo', b'x: y\r\n') + b''.join(record('conversion', t.encode(), f'https://e.org/{i}', '1.0', Content_Type='text/plain') for i, t in enumerate(texts))
    plain_rows = [measures(r) for r in rows(*[P.put(f'w{i}.txt', t) for i, t in enumerate(texts)])[0]]
    got, _ = rows(P.put('a.wet.gz', gzip.compress(data)))
    equal([measures(r) for r in got], plain_rows)


def revisits():
    """revisits are resolved by digest or by URI and date, in this run and backwards; else a row says that they are not"""
    a, b = PAGES[:2]
    first = record('response', http(read(a)), uri(a), WARC_Payload_Digest='sha1:AAAA')
    other = record('response', http(read(b)), uri(b))
    same_digest = record('revisit', b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n', 'https://new.example/1', WARC_Payload_Digest='sha1:aaaa')
    by_uri = record('revisit', b'', 'https://new.example/2', WARC_Refers_To_Target_URI=uri(b), WARC_Refers_To_Date=DATE)
    unknown = record('revisit', b'HTTP/1.1 304 Not Modified\r\n\r\n', 'https://new.example/3', WARC_Payload_Digest='sha1:BBBB')
    image = record('revisit', http(b'', Content_Type='image/gif'), 'https://new.example/4', WARC_Payload_Digest='sha1:CCCC')
    records = [first, other, same_digest, by_uri, unknown, image]
    want = [PLAIN[0], PLAIN[1], PLAIN[0], PLAIN[1]]
    for name, data in (('r.warc', b''.join(records)), ('r.warc.gz', b''.join(map(gzip.compress, records)))):
        got, stderr = rows(P.put(name, data), ok=(0, 1))
        equal([measures(r) for r in got[:4]], want, name)
        equal([r['status'] for r in got], ['ok'] * 4 + ['revisit-unresolved'], name)
        need(got[4]['words'] in ('', None), 'a revisit without its target has no scores')
    # the target is in another file of the run
    got, _ = rows(P.put('r1.warc.gz', gzip.compress(first)), P.put('r2.warc.gz', gzip.compress(same_digest)))
    equal([measures(r) for r in got], [PLAIN[0], PLAIN[0]])
    got, _ = rows(P.put('r3.warc.gz', gzip.compress(other + first + same_digest)), ok=(0, 1))
    equal([r['status'] for r in got], ['ok', 'ok', 'revisit-unresolved'])


def statuses(name, data, ok=(0, 1), *args):
    got, _ = rows(P.put(name, data), *args, ok=ok)
    return [r['status'] for r in got], got


def generated_damage():
    """every kind of damage that bench/make_warc.py makes costs its own record at most, packed and plain"""
    kept = [read(p) for p in PAGES]
    for suffix in ('.warc.gz', '.warc'):
        for kind in make_warc.KINDS:
            out, path = io.BytesIO(), f'{kind}{suffix}'
            n = make_warc.write(out, path, lambda i: kept[i % len(kept)], 40, 0, (kind,), 10)
            got, stderr = rows(P.put(path, out.getvalue()), ok=(0, 1))
            urls = {r['url'] for r in got if r['status'] == 'ok'}
            whole = {f'https://news.example/{i}' for i in range(n) if (i + 1) % 10}
            need(whole <= urls, f'{path}: lost {sorted(whole - urls)}')
            lost = sum(r['status'] != 'ok' for r in got)
            need(lost <= 12, f'{path}: {lost} rows for 4 damaged records')


def damage():
    """a damaged or cut member costs its record; the next ones are found"""
    parts = [gzip.compress(record('response', http(read(p)), uri(p))) for p in PAGES]
    broken = bytearray(parts[3])
    broken[len(broken) // 2] ^= 0x55
    for name, middle in (('flip', bytes(broken)), ('cut', parts[3][:len(parts[3]) // 2]), ('head', parts[3][:12]), ('noise', bytes(range(1, 256)) * 9)):
        got, all_rows = statuses(f'{name}.warc.gz', b''.join(parts[:3]) + middle + b''.join(parts[4:]))
        equal(got, ['ok'] * 3 + ['unreadable'] + ['ok'] * (len(PAGES) - 4), name)
        equal(int(all_rows[3]['source'].split('@')[1]), len(b''.join(parts[:3])), name)
        equal([measures(r) for r in all_rows[4:]], PLAIN[4:], name)
    got, _ = statuses('end.warc.gz', b''.join(parts)[:-20])
    equal(got, ['ok'] * (len(PAGES) - 1) + ['unreadable'])


def lengths():
    """a wrong Content-Length costs its record only"""
    good = [record('response', http(read(p)), uri(p)) for p in PAGES]
    length = len(http(read(PAGES[2])))
    for name, wrong in (('short', length - 100), ('long', length + 5000), ('huge', length + 10**7), ('none', None)):
        bad = good[2].replace(b'Content-Length: %d\r\n' % length, b'Content-Length: %d\r\n' % wrong if wrong else b'', 1)
        for pack in (bytes, gzip.compress):
            data = b''.join(map(pack, good[:2] + [bad] + good[3:]))
            got, all_rows = statuses(f'{name}.warc', data)
            equal(got, ['ok', 'ok', 'unreadable'] + ['ok'] * (len(PAGES) - 3), f'{name} {pack.__name__}')
            equal([measures(r) for r in all_rows[3:]], PLAIN[3:], name)
    got, _ = statuses('cut.warc', b''.join(good)[:-1000])
    equal(got, ['ok'] * (len(PAGES) - 1) + ['unreadable'])
    got, _ = statuses('junk.warc', good[0] + b'some junk\r\nthat is no record\r\n\r\n' + good[1])
    equal(got, ['ok', 'unreadable', 'ok'])


def nested():
    """a WARC inside a WARC is one record"""
    inner = record('response', http(read(PAGES[0])), 'https://inner.example/')
    data = record('resource', inner * 3, 'https://e.org/x.warc', Content_Type='application/warc') + record('response', http(read(PAGES[1])), uri(PAGES[1]))
    for pack in (bytes, gzip.compress):
        got, _ = rows(P.put('n.warc', pack(data)))
        equal([measures(r) for r in got], [PLAIN[1]])


def limits():
    """records above --max-record are rows and are not held; bombs are refused"""
    big = record('response', http(b'<p>' + b'word ' * 4000000), 'https://e.org/big')
    data = b''.join(map(gzip.compress, [big, crawl()[2]]))
    got, all_rows = statuses('big.warc.gz', data, (0, 1), '--max-record', '1M')
    equal(got, ['too-large', 'ok'])
    # the digest of the options is another one
    equal([all_rows[1][k] for k in ('title', 'words', 'causality')], [PLAIN[0][k] for k in ('title', 'words', 'causality')])
    bomb = gzip.compress(b'<html><p>' + bytes(50000000))
    got, all_rows = statuses('bomb.warc', record('response', http(bomb, Content_Encoding='gzip'), 'https://e.org/bomb') + crawl()[2])
    equal(got, ['too-large', 'ok'])


def others_packed():
    """pages, JSONL and CSV packed with gzip are read as what they are"""
    got, _ = rows(P.put('p.html.gz', gzip.compress(read(PAGES[0]))))
    equal([measures(r) for r in got], PLAIN[:1])
    text = '{"id":"1","text":"Despite the rain, crime fell."}\n'
    want = [measures(r) for r in rows(P.put('x.jsonl', text * 3))[0]]
    got, _ = rows(P.put('x.jsonl.gz', gzip.compress(text.encode()) * 3))
    equal([measures(r) for r in got], want)
    got, _ = rows(P.put('x.csv.gz', gzip.compress(b'id,text\n1,"Despite the rain, crime fell."\n')))
    equal(len(got), 1)
    got, _ = statuses('cut.jsonl.gz', gzip.compress((text * 3).encode(), 0)[:-20])
    equal(got[-1], 'unreadable')


main([plain, gz_members, gz_whole, zst, zst_windows, pipe, jobs, encodings, wet, revisits, generated_damage, damage, lengths, nested, limits, others_packed])
