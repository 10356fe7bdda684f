"""Listings of captures: --cdx chooses records of archives by place or by address and time, --filter by what they say."""
import csv, glob, gzip, io, json, os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'bench'))
from make_warc import http, record
from tap import ROOT, Program, equal, main, need

P = Program(sys.argv[1])
PAGES = sorted(glob.glob(os.path.join(ROOT, 'corpus', 'pages', '*.html')))[:6]


def body(path):
    with open(path, 'rb') as f:
        return f.read()


def rows(*args, ok=(0,)):
    p = P.run('score', '--format', 'csv', *args, ok=ok)
    return list(csv.DictReader(io.StringIO(p.stdout.decode()))), p.stderr.decode()


# two archives, and for each record what a listing says of it
CAPTURES = []
for n in range(2):
    at, parts = 0, []
    for i, page in enumerate(PAGES[n * 3:n * 3 + 3]):
        url, second = f'https://news.example/{n}/{i}', n * 3 + i
        packed = gzip.compress(record('response', http(body(page)), url, date=f'2025-03-01T12:00:0{second}Z'))
        CAPTURES.append({'urlkey': f'example,news)/{n}/{i}', 'timestamp': f'2025030112000{second}', 'url': url, 'mime': 'text/html', 'status': '404' if i == 2 else '200',
                         'digest': f'D{second}', 'length': str(len(packed)), 'offset': str(at), 'filename': f'w{n}.warc.gz'})
        at += len(packed)
        parts.append(packed)
    P.put(f'archive/w{n}.warc.gz', b''.join(parts))
FOLDER = os.path.join(P.dir, 'archive')


def cdxj(c):
    return f"{c['urlkey']} {c['timestamp']} " + json.dumps({k: v for k, v in c.items() if k not in ('urlkey', 'timestamp')})


def urls(got):
    return [r['url'] for r in got]


def by_place():
    """CDXJ, CDX and JSON lines with places: records in the order of the listing, with the address that reading them whole gives"""
    whole, _ = rows(FOLDER)
    forms = {'i.cdxj': [cdxj(c) for c in CAPTURES], 'i.json': [json.dumps(c) for c in CAPTURES],
             'i.cdx': [' CDX N b a m s k r M S V g'] + [f"{c['urlkey']} {c['timestamp']} {c['url']} {c['mime']} {c['status']} {c['digest']} - - {c['length']} {c['offset']} {c['filename']}" for c in CAPTURES]}
    for name, lines in forms.items():
        path = P.put(name, '\n'.join(lines) + '\n')
        got, stderr = rows('--cdx', path, FOLDER)
        for g, w in zip(got, whole):
            equal({k: v for k, v in g.items() if w[k] != v}, {k: v for k, v in w.items() if g[k] != v}, name)
        equal(len(got), len(whole), name)
        need('6 captures, 6 of them chosen' in stderr and '6 of them documents' in stderr, stderr)
    turned = P.put('turned.cdxj.gz', gzip.compress('\n'.join(cdxj(c) for c in reversed(CAPTURES)).encode()))
    got, _ = rows('--cdx', turned, os.path.join(FOLDER, 'w0.warc.gz'), os.path.join(FOLDER, 'w1.warc.gz'))
    equal(urls(got), urls(whole)[::-1])
    # without inputs the archives are looked for around the listing
    P.put('indexes/index.cdxj', cdxj(CAPTURES[1]) + '\n')
    got, _ = rows('--cdx', os.path.join(P.dir, 'indexes', 'index.cdxj'))
    equal(urls(got), [CAPTURES[1]['url']])


def filters():
    """--filter: values, alternatives, stars, negation; all must hold"""
    path = P.put('f.cdxj', '\n'.join(map(cdxj, CAPTURES)) + '\n')
    for text, want in (('status=200', [0, 1, 3, 4]), ('status=200,url=https://news.example/0*', [0, 1]), ('status!=200', [2, 5]), ('digest=D0|D5', [0, 5]), ('mime=text/*,timestamp=20250301120004', [4])):
        got, stderr = rows('--cdx', path, '--filter', text, FOLDER)
        equal(urls(got), [CAPTURES[i]['url'] for i in want], text)
        need(f'6 captures, {len(want)} of them chosen' in stderr, stderr)
    p = P.run('score', '--cdx', path, '--filter', 'colour=red', FOLDER, ok=(2,))
    need(b'colour' in p.stderr and b'mime-detected' in p.stderr, p.stderr)
    need(b'--cdx' in P.run('score', '--filter', 'status=200', FOLDER, ok=(2,)).stderr, 'a filter needs a listing')


def by_address():
    """what the Wayback machine lists (no places) chooses by address and time among the archives"""
    fields = ['urlkey', 'timestamp', 'original', 'mimetype', 'statuscode', 'digest', 'length']
    table = [fields] + [[c['urlkey'], c['timestamp'], c['url'].replace('https://news.example/', 'http://news.example:80/'), c['mime'], c['status'], c['digest'], c['length']] for c in CAPTURES[::2]]
    text = '[' + ',\n'.join(json.dumps(r) for r in table) + ']\n'
    want = [c['url'] for c in CAPTURES[::2]]
    for name, listing in (('w.json', text), ('w.cdx', '\n'.join(' '.join(r) for r in table[1:]) + '\n')):
        got, stderr = rows('--cdx', P.put(name, listing), FOLDER)
        equal(urls(got), want, name)
        need('not in the listing' in stderr, stderr)
    got, _ = rows('--cdx', P.put('w.json', text), '--filter', 'status=404', FOLDER)
    equal(urls(got), [CAPTURES[2]['url']])
    got, _ = rows('--cdx', P.put('archive/w.json', text))
    equal(urls(got), want, 'a listing beside its archives')
    os.remove(os.path.join(FOLDER, 'w.json'))


def faults():
    """wrong places, absent archives, lines that are no captures: rows; a listing among the inputs is told what it is"""
    wrong = dict(CAPTURES[0], offset='7')
    absent = dict(CAPTURES[0], filename='none.warc.gz')
    up = dict(CAPTURES[0], filename='../archive/w0.warc.gz')
    lines = [cdxj(wrong), cdxj(absent), 'not a capture', cdxj(CAPTURES[3]), cdxj(dict(CAPTURES[0], offset='99999999'))]
    got, _ = rows('--cdx', P.put('bad.cdxj', '\n'.join([cdxj(CAPTURES[1])] + lines)), FOLDER, ok=(0, 1))
    equal([r['status'] for r in got], ['ok', 'unreadable', 'unreadable', 'unsupported', 'ok', 'unreadable'])
    need('none.warc.gz' in got[2]['reason'] and 'line 4' in got[3]['reason'], [r['reason'] for r in got])
    got, _ = rows('--cdx', P.put('up.cdxj', cdxj(up)), os.path.join(P.dir, 'indexes'), ok=(0, 1))
    equal([r['status'] for r in got], ['ok'])  # its last part is in `archive` beside the folder
    got, _ = rows(P.put('alone.cdxj', cdxj(CAPTURES[0])), ok=(0, 1))
    need(got[0]['status'] == 'unsupported' and '--cdx' in got[0]['reason'], got[0])
    P.run('score', '--cdx', FOLDER, FOLDER, ok=(2,))
    P.run('score', '--cdx', os.path.join(P.dir, 'absent'), FOLDER, ok=(3,))


def versions():
    """a chain of versions from a listing and its archives"""
    page = b'<html><head><title>Prices %s</title></head><body><article><p>Prices %s on Monday, officials said, despite the plan that the mayor had put forward.</p></article></body></html>'
    records = [gzip.compress(record('response', http(page % (w, w)), 'https://v.example/p', date=f'2025-03-0{i + 1}T12:00:00Z')) for i, w in enumerate((b'plunged', b'dropped', b'fell'))]
    P.put('v/v.warc.gz', b''.join(records))
    lines = [f'example,v)/p 2025030{i + 1}120000 ' + json.dumps({'url': 'https://v.example/p', 'status': '200', 'offset': str(sum(map(len, records[:i]))), 'filename': 'v.warc.gz'}) for i in (0, 2)]
    p = P.run('revisions', '--cdx', P.put('v.cdxj', '\n'.join(lines)), os.path.join(P.dir, 'v'))
    chains = [json.loads(line) for line in p.stdout.decode().splitlines()]
    equal([(c['by'], len(c['versions']), c['versions'][1]['captured']) for c in chains], [('url', 2, '2025-03-03T12:00:00Z')])


main([by_place, filters, by_address, faults, versions])
