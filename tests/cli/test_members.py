"""Zip, tar, WACZ and word files: members give the rows of the files themselves; hostile archives are told, and the rest is read."""
import bz2, csv, glob, gzip, io, json, lzma, os, struct, sys, tarfile, zipfile, zlib
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'bench'))
from make_warc import http, record
from tap import ROOT, Program, equal, main, need

P = Program(sys.argv[1])
PAGES = sorted(glob.glob(os.path.join(ROOT, 'corpus', 'pages', '*.html')))[:5]
OWN = ('id', 'source', 'url', 'captured', 'site')
PNG = b'\x89PNG\r\n\x1a\n' + bytes(300)


def read(path):
    with open(path, 'rb') as f:
        return f.read()


def rows(*args, ok=(0,), stdin=b''):
    p = P.run('score', '--format', 'csv', *args, ok=ok, stdin=stdin, timeout=30)
    return list(csv.DictReader(io.StringIO(p.stdout.decode()))), p.stderr.decode()


def measures(got):
    return [{k: v for k, v in r.items() if k not in OWN} for r in got]


PLAIN = measures(rows(*PAGES)[0])
FILES = [('site/' + os.path.basename(p), read(p)) for p in PAGES]
NOISE = [('site/a.png', PNG), ('site/s.css', b'body { color: red }'), ('site/.hidden.html', b'<p>no'), ('__MACOSX/site/._x.html', b'<p>no')]


def make_zip(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', method) as z:
        for name, data in files:
            z.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def make_tar(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w') as t:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo('site/link.html')
        link.type, link.linkname = tarfile.SYMTYPE, '/etc/passwd'
        t.addfile(link)
    return out.getvalue()


def members_are_files():
    """zip (deflated and stored), tar, and tar packed with gzip, bzip2, xz and zstd by content: source is path!MEMBER, the rest is counted"""
    tar, ways = make_tar(FILES + NOISE), {}
    ways['a.zip'], ways['b.zip'] = make_zip(FILES + NOISE), make_zip(FILES + NOISE, zipfile.ZIP_STORED)
    ways['a.tar'], ways['a.tar.gz'], ways['a.tgz'], ways['a.tar.bz2'], ways['a.tar.xz'] = tar, gzip.compress(tar), gzip.compress(tar), bz2.compress(tar), lzma.compress(tar)
    ways['unnamed'] = ways['a.zip']
    for name, data in ways.items():
        got, stderr = rows(P.put(name, data))
        equal(measures(got), PLAIN, name)
        equal([r['source'].split('!')[1] for r in got], [f for f, _ in FILES], name)
        need(f'{len(FILES)} of them read' in stderr and '2 neither page nor text' in stderr, f'{name}: {stderr}')
    got, _ = rows('-', stdin=ways['a.zip'])
    equal(measures(got), PLAIN, 'a zip in a pipe')
    got, _ = rows('-', stdin=ways['a.tar.xz'])
    equal(measures(got), PLAIN, 'a tar in a pipe')


def members_of_any_kind():
    """tables, JSON, feeds and packed files inside an archive are read as what they are, with the places in them"""
    files = [('t.csv', b'id,text\n1,Prices plunged.\n2,Crime fell.\n'), ('j.jsonl', b'{"id":"3","text":"It soared."}\n'),
             ('d/k.jsonl.gz', gzip.compress(b'{"id":"4","text":"It fell."}\n')), ('f.xml', b'<rss version="2.0"><channel><item><guid>5</guid><title>Up</title></item></channel></rss>'),
             ('w.warc.gz', gzip.compress(record('response', http(FILES[0][1]), 'https://e.org/1')))]
    got, _ = rows(P.put('m.zip', make_zip(files)))
    equal([r['id'] for r in got][:5], ['1', '2', '3', '4', '5'])
    equal([os.path.basename(r['source']) for r in got], ['m.zip!t.csv:2', 'm.zip!t.csv:3', 'm.zip!j.jsonl:1', 'k.jsonl.gz:1', 'm.zip!f.xml:1', 'm.zip!w.warc.gz@0'])


def packed_single_files():
    """a file that bzip2 or xz packed is read as itself"""
    data = b'{"id":"1","text":"Prices plunged."}\n{"id":"2","text":"They rose."}\n'
    for name, packed in (('RC_2015-01.bz2', bz2.compress(data)), ('a.jsonl.xz', lzma.compress(data))):
        got, _ = rows(P.put(name, packed))
        equal([(r['id'], os.path.basename(r['source'])) for r in got], [('1', name + ':1'), ('2', name + ':2')])


def x_archive():
    """the zip that X gives: posts with their author, the rest counted"""
    files = [('Your archive.html', b'<html><body>a program'), ('data/account.js', b'window.YTD.account.part0 = [ { "account" : { "username" : "ledger", "accountDisplayName" : "The Ledger" } } ]'),
             ('data/like.js', b'window.YTD.like.part0 = [ { "like" : { "tweetId" : "9", "fullText" : "Not ours" } } ]'),
             ('data/tweets.js', b'window.YTD.tweets.part0 = [ { "tweet" : { "id_str" : "42", "full_text" : "Prices plunge", "retweet_count" : "0" } } ]'),
             ('data/tweets-part1.js', b'window.YTD.tweets.part1 = [ { "tweet" : { "id_str" : "43", "full_text" : "Prices soar", "retweet_count" : "0" } } ]'),
             ('assets/js/app.js', b'function f() {}'), ('data/tweets_media/a.jpg', b'\xff\xd8\xff\xe0' + bytes(90))]
    got, stderr = rows(P.put('twitter.zip', make_zip(files)))
    equal([(r['id'], r['author'], r['url']) for r in got], [(n, 'The Ledger', f'https://x.com/ledger/status/{n}') for n in ('42', '43')])
    need('passed over 2 files without posts' in stderr and '2 neither page nor text' in stderr, stderr)


def wacz():
    """WACZ: the WARCs alone"""
    warc = b''.join(gzip.compress(record('response', http(read(p)), 'https://e.org/' + os.path.basename(p))) for p in PAGES)
    files = [('datapackage.json', b'{"profile": "data-package", "wacz_version": "1.1.1", "resources": []}'), ('archive/data.warc.gz', warc),
             ('indexes/index.cdx.gz', gzip.compress(b'org,e)/ 20250301120000 {}\n')), ('pages/pages.jsonl', b'{"format": "json-pages-1.0"}\n{"url": "https://e.org/", "text": "again"}\n')]
    for name in ('a.wacz', 'b.zip'):
        got, stderr = rows(P.put(name, make_zip(files, zipfile.ZIP_STORED)))
        equal(measures(got), PLAIN, name)
        need(all('!archive/data.warc.gz@' in r['source'] for r in got) and '3 beside the WARCs' in stderr, stderr)


def names_are_only_shown():
    """.., absolute names and control characters are escaped"""
    got, _ = rows(P.put('n.zip', make_zip([(n, b'Crime fell.') for n in ('../../etc/x.txt', '/abs.txt', 'a\x1b[2Jb.txt', 'ok..txt', 'é.txt')])))
    equal([r['source'].split('!')[1] for r in got], ['%2E%2E/%2E%2E/etc/x.txt', '%2Fabs.txt', 'a%1B[2Jb.txt', 'ok..txt', 'é.txt'])
    need(not os.path.exists(os.path.join(P.dir, 'abs.txt')), 'nothing is written')


def bombs():
    """a member that unpacks to far more than its size costs that member; so does an archive inside an archive"""
    big = b'Crime fell. ' * 6_000_000
    files = [('1.txt', b'It rose.'), ('bomb.csv', b'id,text\n1,"' + big + b'"\n'), ('inner.zip', make_zip([('x.txt', b'x')])), ('2.txt', b'It fell.')]
    got, _ = rows(P.put('bomb.zip', make_zip(files)), ok=(0, 1))
    equal([r['status'] for r in got if r['source'].endswith('.txt')], ['ok', 'ok'])
    need(any('200 times' in r['reason'] for r in got), [r['reason'] for r in got])
    need(any('inside an archive' in r['reason'] for r in got), [r['reason'] for r in got])


def overlapping():
    """members that lie over each other are refused"""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = body.compress(b'Crime fell. ' * 50) + body.flush()
    crc, size = zlib.crc32(b'Crime fell. ' * 50), 600

    def local(name):
        return struct.pack('<4s5H3L2H', b'PK\3\4', 20, 0, 8, 0, 0, crc, len(body), size, len(name), 0) + name

    def central(name, at):
        return struct.pack('<4s6H3L5H2L', b'PK\1\2', 20, 20, 0, 8, 0, 0, crc, len(body), size, len(name), 0, 0, 0, 0, 0, at) + name
    # the first one is stored, and its bytes are the second one, packed
    inner = local(b'b.txt') + body
    crc_in, first = zlib.crc32(inner), b'a.txt'
    outer = struct.pack('<4s5H3L2H', b'PK\3\4', 20, 0, 0, 0, 0, crc_in, len(inner), len(inner), len(first), 0) + first
    data = outer + inner
    directory = struct.pack('<4s6H3L5H2L', b'PK\1\2', 20, 20, 0, 0, 0, 0, crc_in, len(inner), len(inner), len(first), 0, 0, 0, 0, 0, 0) + first
    directory += central(b'b.txt', len(outer))
    whole = data + directory + struct.pack('<4s4H2LH', b'PK\5\6', 0, 0, 2, 2, len(directory), len(data), 0)
    got, _ = rows(P.put('over.zip', whole), ok=(0, 1))
    need(got[-1]['status'] == 'unreadable' and 'over each other' in got[-1]['reason'], got[-1])


def damage():
    """a damaged member is a row; an archive that ends early gives what came before; an empty one is told"""
    data = bytearray(make_zip([('1.txt', b'It rose. ' * 400), ('2.txt', os.urandom(30000).hex().encode()), ('3.txt', b'It fell.')]))
    data[len(data) // 2] ^= 0x55
    got, _ = rows(P.put('d.zip', bytes(data)), ok=(0, 1))
    equal([r['status'] for r in got], ['ok', 'unreadable', 'ok'])
    tar = make_tar([(f'{i}.txt', b'Crime fell. ' * 100) for i in range(9)])
    got, _ = rows(P.put('cut.tar', tar[:6000]), ok=(0, 1))
    need(got[0]['status'] == 'ok' and got[-1]['status'] == 'unreadable' and len(got) >= 3, [r['status'] for r in got])
    got, stderr = rows(P.put('cut.zip', make_zip(FILES)[:-3000]), ok=(0, 1, 3))
    need('unreadable' in [r['status'] for r in got] or 'cut.zip' in stderr, stderr)
    p = P.run('score', P.put('none.zip', make_zip([])), ok=None)
    need(p.returncode in (0, 1), p.stderr)


def docx(paragraphs, extra=''):
    """a word file as Word writes it, as far as it matters"""
    body = ''.join(f'<w:p>{style}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>' for style, text in paragraphs)
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{body}{extra}</w:body></w:document>'
    return make_zip([('[Content_Types].xml', b'<Types/>'), ('_rels/.rels', b'<Relationships/>'), ('word/styles.xml', b'<x/>'), ('word/document.xml', xml.encode())])


def extract(name, data, ok=(0,)):
    p = P.run('extract', '-f', 'csv', P.put(name, data), ok=ok)
    return list(csv.DictReader(io.StringIO(p.stdout.decode()))), p.stderr.decode()


def word_files():
    """a word file is a document: title by its style, paragraphs; deleted text, fallbacks and field codes are not read"""
    title = '<w:pPr><w:pStyle w:val="Title"/></w:pPr>'
    extra = '<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r><mc:AlternateContent><mc:Fallback><w:p><w:r><w:t>twice</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>'
    got, _ = extract('a.docx', docx([(title, 'Prices plunge'), ('', 'They fell &amp; fell.'), ('', 'Again.')], extra))
    equal([(r['title'], r['text'], os.path.basename(r['source'])) for r in got], [('Prices plunge', 'They fell & fell.\n\nAgain.', 'a.docx')])
    got, _ = extract('unnamed', docx([('', 'By content.')]))
    equal([r['text'] for r in got], ['By content.'])
    got, _ = extract('x.zip', make_zip([('d/a.docx', docx([('', 'Inside a zip.')]))]))
    equal([(r['text'], r['source'].split('!')[1]) for r in got], [('Inside a zip.', 'd/a.docx')])


NEXIS = ['User Name: = Somebody', 'Total Documents: 2', '1. Prices plunge', '2. Mayor slams plan',
         'Prices plunge', 'The Guardian', 'January 5, 2010 Tuesday', 'Copyright 2010 Guardian Newspapers All Rights Reserved', 'Section: NEWS; Pg. 4',
         'Length: 12 words', 'Byline: Ann Lee', 'Highlight: In short.', 'Body', 'Prices plunged on Monday.', 'Nobody knows why.', 'Load-Date: January 5, 2010',
         'Classification', 'Language: ENGLISH', 'Publication-Type: Newspaper', 'End of Document',
         'Mayor slams plan', 'The Sun (England)', 'January 6, 2010', 'Length: 3 words', 'Body', 'He slammed it.', 'End of Document']


def nexis_word_files():
    """Nexis Uni: the articles of a word file, by their labels; an unknown layout is told"""
    got, _ = extract('nexis.docx', docx([('', p) for p in NEXIS]))
    keys = ('title', 'site', 'published', 'author', 'section', 'lang', 'text')
    equal([tuple(r[k] for k in keys) for r in got], [
        ('Prices plunge', 'The Guardian', '2010-01-05', 'Ann Lee', 'NEWS', 'en', 'Prices plunged on Monday.\n\nNobody knows why.'),
        ('Mayor slams plan', 'The Sun (England)', '2010-01-06', '', '', '', 'He slammed it.')])
    got, stderr = extract('new.docx', docx([('', p) for p in ['A title', 'Some text', 'End of Document'] + NEXIS[20:]]), ok=(0, 1))
    equal([r['status'] for r in got], ['unsupported', 'ok'])
    need('layout is not known' in stderr, stderr)


def hostile_word_files():
    """a word file that is a bomb, is cut, has a DOCTYPE, or is a spreadsheet: a status and a reason"""
    bomb = docx([('', 'Crime fell. ' * 6_000_000)])
    whole = docx([('', os.urandom(3000).hex())])
    doctype = make_zip([('[Content_Types].xml', b'<Types/>'), ('word/document.xml', b'<!DOCTYPE w [<!ENTITY a "x">]><w>&a;</w>')])
    sheet = make_zip([('[Content_Types].xml', b'<Types/>'), ('xl/workbook.xml', b'<x/>')])
    for name, data, status, why in (('bomb.docx', bomb, 'unreadable', '200 times'), ('cut.docx', whole[:1200], 'unreadable', ''), ('type.docx', doctype, 'unsupported', 'DOCTYPE'),
                                    ('sheet.docx', sheet, 'unsupported', 'word/document.xml')):
        got, _ = extract(name, data, ok=(0, 1))
        equal([r['status'] for r in got], [status], name)
        need(why in got[0]['reason'], got[0]['reason'])


def jobs_and_keep():
    """the same bytes for any number of workers; --keep of a table inside an archive"""
    path = P.put('j.zip', make_zip([(f'{i}/{n}', d) for i in range(8) for n, d in FILES]))
    equal(P.run('score', '-f', 'csv', '-j', 4, path).stdout, P.run('score', '-f', 'csv', '-j', 1, path).stdout)
    got, _ = rows('--keep', P.put('k.zip', make_zip([('t.csv', b'id,text,party\n1,Crime fell.,x\n')])))
    equal(got[0]['in_party'], 'x')


def plans():
    """a plan cuts between archives, never inside one: places in a member are none in the archive"""
    lines = [(f'{n}.jsonl', ''.join(f'{{"id":"{n}{i}","text":"Crime fell again, officials said on Monday."}}\n' for i in range(3000)).encode()) for n in 'ab']
    path, folder = P.put('lines.zip', make_zip(lines, zipfile.ZIP_STORED)), os.path.join(P.dir, 'plan')
    P.run('plan', '-o', folder, '--shards', 4, '--', 'score', path)
    with open(os.path.join(folder, 'plan.jsonl'), encoding='utf-8') as f:
        shards = [json.loads(line) for line in f][1:]
    equal([[r[1:3] for r in s['ranges']] for s in shards], [[[0, None]]])


main([members_are_files, members_of_any_kind, packed_single_files, x_archive, wacz, names_are_only_shown, bombs, overlapping, damage, word_files, nexis_word_files, hostile_word_files,
      jobs_and_keep, plans])
