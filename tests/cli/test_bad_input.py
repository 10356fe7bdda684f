"""Bad input: a row with a status or a clear error; nothing lost, nothing hung."""
import csv, io, json, os, sys, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import Program, Skip, equal, main, need

P = Program(sys.argv[1])
csv.field_size_limit(1 << 28)


def table(p):
    return list(csv.DictReader(io.StringIO(p.stdout.decode(), newline='')))


def row(name, data, *args, ok=(0,)):
    rows = table(P.run('score', '--format', 'csv', *args, P.put(name, data), ok=ok))
    equal(len(rows), 1, name)
    return rows[0]


def empty():
    """empty files are rows `empty`, and no failure"""
    for name in ('e.html', 'e.txt', 'e.json', 'f'):
        equal(row(name, '')['status'], 'empty', name)
    equal(row('blank.txt', ' \n\t\n')['status'], 'empty')
    equal(row('only.html', '<html><body></body></html>')['status'], 'empty')
    equal(P.run('score', '--format', 'csv', P.put('e.jsonl', '')).stdout.count(b'\n') in (1, 2), True)


def odd_table():
    """a table without a text column: an error when named, a row when found in a folder; --map that finds nothing says so"""
    P.put('mixed/a.csv', 'id,foo\n1,x\n')
    P.put('mixed/b.jsonl', '{"id": "b", "text": "Despite it, crime fell."}\n')
    folder = os.path.join(P.dir, 'mixed')
    equal([(r['id'] if r['status'] == 'ok' else r['reason'][:26], r['status']) for r in table(P.run('score', folder))],
          [('no column for the text: na', 'unsupported'), ('b', 'ok')])
    P.run('score', os.path.join(folder, 'a.csv'), ok=(2,))
    p = P.run('score', '--map', 'text=body', os.path.join(folder, 'b.jsonl'), ok=(1,))
    need('no "body"' in table(p)[0]['reason'], table(p)[0]['reason'])


def binary():
    """pictures are rows `binary`; what begins like an archive and is none is told"""
    for name, data in (('p.png', b'\x89PNG\r\n\x1a\n' + bytes(range(256)) * 20), ('x', bytes(5000))):
        equal(row(name, data, ok=(1,))['status'], 'binary', name)
    p = P.run('score', '--format', 'csv', P.put('z.html', b'PK\x03\x04' + bytes(2000)), ok=(0, 1))
    need(b'z.html: unreadable' in p.stderr, p.stderr)


def invalid_utf8():
    """invalid UTF-8 and NUL bytes: repaired, counted, scored"""
    data = b'despite \xc3\x28 the facts\xff, crime fell \xe2\x82\x00 again'
    equal(row('u.txt', data, '--from', 'text')['status'], 'ok')
    d = P.jsonl('annotate', '--from', 'text', '--format', 'jsonl', P.put('u.txt', data))[0]
    need(d['repaired'] == 3 and d['cues'] and d['cues'][0]['text'] == 'despite', f"repaired {d['repaired']}")
    d = P.jsonl('annotate', '--from', 'jsonl', '-', stdin=b'{"id":"s","text":"Despite \\ud800 it, crime fell."}\n')[0]
    equal((d['status'], d['text']), ('ok', 'Despite \ufffd it, crime fell.'))


def utf16():
    """a text in UTF-16 with BOM is read"""
    d = P.jsonl('annotate', '--format', 'jsonl', P.put('w.txt', '\ufeffDespite it, crime fell.'.encode('utf-16-le')))[0]
    equal(d['text'], 'Despite it, crime fell.')


def deep_html():
    """HTML nested 100,000 deep: text kept, in about linear time"""
    for tag in ('div', 'span', 'b', 'ul><li', 'table><tr><td', 'blockquote'):
        name = tag.split('>')[0]
        page = '<html><body>' + f'<{tag}>' * 100000 + 'Despite the storm the harbour stayed open all day, the council said on Tuesday evening in a statement to the press.' + f'</{name}>' * 100000
        start = time.time()
        r = row('deep.html', page, '--tables')
        need(time.time() - start < 5 * P.slow, f'{tag}: {time.time() - start:.1f} s')
        equal((r['status'], r['causality_n']), ('ok', '1'), tag)


def long_line():
    """a 50 MB line is one record; a smaller --max-record makes it too-large without holding it"""
    if P.slow > 1:
        raise Skip('50 MB under a sanitizer takes minutes')
    text = 'Crime fell despite all the claims they made . ' * (50_000_000 // 46)
    path = P.put('long.jsonl', json.dumps({'id': 'big', 'text': text}) + '\n' + json.dumps({'id': 'next', 'text': 'Despite it.'}) + '\n')
    rows = table(P.run('score', path, timeout=60))
    equal([(r['id'], r['status']) for r in rows], [('big', 'ok'), ('next', 'ok')])
    rows = table(P.run('score', '--max-record', '1M', path))
    equal([r['status'] for r in rows], ['too-large', 'ok'])
    equal(row('long.txt', text)['status'], 'ok')
    rows = table(P.run('score', '--max-record', '1M', os.path.join(P.dir, 'long.txt'), ok=(1,)))
    equal(rows[0]['status'], 'too-large')
    os.remove(path)


def truncated_jsonl():
    """a JSONL file that ends within a record: the rest is scored"""
    data = json.dumps({'id': 'a', 'text': 'Despite it.'}) + '\n' + json.dumps({'id': 'b', 'text': 'Crime fell.'})[:-9]
    p = P.run('score', P.put('cut.jsonl', data))
    equal([r['status'] for r in table(p)], ['ok', 'bad-json'])
    need(b'cut.jsonl:2' in p.stderr, p.stderr)


def deep_json():
    """JSON 100,000 deep is a bad record, not a crash"""
    rows = table(P.run('score', P.put('deep.jsonl', '{"text": ' + '[' * 100000 + '\n' + '{"text": "Despite it."}\n')))
    equal([r['status'] for r in rows], ['bad-json', 'ok'])


def open_quote():
    """a CSV with an open quote: said with its line, the records before are scored"""
    p = P.run('score', P.put('q.csv', 'id,text\n1,fine despite\n2,"open and never closed\n3,swallowed\n'), ok=(0, 1))
    rows = table(p)
    equal((rows[0]['id'], rows[0]['status']), ('1', 'ok'))
    need(len(rows) >= 2 and rows[1]['status'] not in ('ok', 'empty'), f'{rows[1:]}')
    need(b'q.csv:3' in p.stderr and b'quot' in p.stderr, f'{p.stderr}')


def unreadable():
    """an unreadable file in a folder is a row; the rest is scored"""
    folder = os.path.dirname(P.put('folder/a.txt', 'Despite it.'))
    P.put('folder/c.txt', 'Because of it.')
    os.symlink('/absent-target', os.path.join(folder, 'b.txt'))
    p = P.run('score', folder)
    equal([r['status'] for r in table(p)], ['ok', 'unreadable', 'ok'])
    need(b'b.txt' in p.stderr, p.stderr)


def bad_lexicons():
    """a lexicon fault names file, line and column"""
    head = '#lexicon\tx\n#language\ten\n#version\t1\n#license\tx\n#dimension\td\npattern\tcategory\tweight\toptions\tnote\n'
    text = P.put('t.txt', 'Text.')
    for name, data in (('weight', head + 'word\tc\tmuch\n'), ('negative', head + 'word\tc\t-1\n'), ('open', head + '(a|b\tc\t1\n'), ('gap', head + 'a <9-2> b\tc\t1\n'),
                       ('regex', head + '/(/\tc\t1\tneed=x\n'), ('twice', head + 'w\tc\t1\nw\tc\t1\n')):
        p = P.run('score', '--lexicon', P.put(name + '.tsv', data), text, ok=(2,))
        need(f'{name}.tsv:'.encode() in p.stderr and p.stderr.split(b'.tsv:')[1][:1].isdigit(), f'{name}: {p.stderr}')
    for name, data in (('utf16', head.encode('utf-16')), ('binary', bytes(1000)), ('headless', 'word\tc\t1\n'), ('nothing', '')):
        p = P.run('score', '--lexicon', P.put(name + '.tsv', data), text, ok=(2,))
        need(name.encode() in p.stderr, f'{name}: {p.stderr}')


def quote_marks():
    """a million quote marks, emoji, one-word lines: linear"""
    for text in ('"' * 1000000, '“' * 300000, '👍🏽' * 200000, "' " * 500000, '(' * 1000000, 'a\n' * 500000, '.' * 1000000, '\u0301' * 500000):
        start = time.time()
        P.run('annotate', P.put('m.txt', text), timeout=60)
        need(time.time() - start < 10 * P.slow, f'{text[:4]!r}: {time.time() - start:.1f} s')


def nested_speech():
    """speech in speech, marks of mixed kinds, endless attributions: linear, and spans that hold"""
    shapes = ('He said, “a ', 'He said, “a she said, ‘b ', 'he said that ', 'he said, ', 'people who said men who ', 'saying adding claiming ', 'A — ', '“a” and ',
              'said although if, because ', '“ ‘ « „ " \' » ” ’ ', 'from 3 to 4 than the 5, ', 'They said. ')
    for shape in shapes:
        path = P.put('n.txt', shape * 100000)
        start = time.time()
        P.run('score', path, timeout=60)
        need(time.time() - start < 8 * P.slow, f'{shape!r}: {time.time() - start:.1f} s')
        d = P.jsonl('annotate', '--from', 'text', '--format', 'jsonl', P.put('s.txt', shape * 1000 + '” said Ann Poe.'))[0]
        size = len(d['text'].encode())
        for s in d['speech']:
            need(0 <= s['start'] < s['end'] <= size and (not s['cue'] or s['cue']['start'] < s['cue']['end'] <= size), f'{shape!r}: {s}')


def diff_sides():
    """diff: equal files, an empty side, binary, missing"""
    a, e = P.put('a.txt', 'Crime fell.\r\nSharply.'), P.put('empty.txt', '')
    equal(json.loads(P.run('diff', '--json', a, a).stdout)['types'], [])
    for x, y in ((a, e), (e, a), (e, e)):
        d = json.loads(P.run('diff', '--json', '--from', 'text', x, y).stdout)
        equal(''.join(d['b']['text'].encode()[o['b'][0]:o['b'][1]].decode() for o in d['ops'] if o['op'] != 'delete'), d['b']['text'])
    P.run('diff', a, P.put('p.png', b'\x89PNG\r\n\x1a\n' + bytes(100)), ok=(3,))
    P.run('diff', a, '/absent', ok=(3,))
    d = json.loads(P.run('diff', '--json', a, P.put('b.txt', 'Crime fell.\nSharply.')).stdout)
    need(d['types'] in ([], ['typography']), f"CRLF: {d['types']}")


main([empty, odd_table, binary, invalid_utf8, utf16, deep_html, long_line, truncated_jsonl, deep_json, open_quote, unreadable, bad_lexicons, quote_marks, nested_speech, diff_sides])
