"""diff: scripts that rebuild the files byte for byte, sides that need care."""
import json, os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import Program, equal, main, need

P = Program(sys.argv[1])
MARK = b'\xef\xbb\xbf'


def rebuild(a, b, ops):
    """A and B from the script, each by its own ranges"""
    old = b''.join(a[slice(*o['a'])] for o in sorted((o for o in ops if o['op'] != 'insert'), key=lambda o: o['a']))
    new = b''.join(a[slice(*o['a'])] if o['op'] in ('equal', 'move') else b[slice(*o['b'])] for o in ops if o['op'] != 'delete')
    return old, new


def delta(a, b):
    return json.loads(P.run('diff', '--json', P.put('a.txt', a), P.put('b.txt', b)).stdout)


def byte_order_mark():
    """U+FEFF before a text is part of the file that the script rebuilds"""
    text = 'Prices fell — slightly.'.encode()
    for a, b in ((MARK + text, text), (text, MARK + text), (MARK + text, MARK + text.replace(b'fell', b'rose')), (MARK, b''), (MARK, MARK)):
        d = delta(a, b)
        equal(rebuild(a, b, d['ops']), (a, b), 'rebuilt')
        equal([d[k]['text'].encode() for k in 'ab'], [a, b], 'texts')
    equal(delta(MARK + text, text)['types'], ['typography'], 'types')
    equal(delta(text.decode().encode('utf-16'), text)['ops'][0]['a'], [0, len(text)], 'UTF-16 has no such mark')


def ignored(a, b, what):
    d = json.loads(P.run('diff', '--json', '--ignore', what, P.put('a.txt', a), P.put('b.txt', b)).stdout)
    equal(rebuild(a.encode(), b.encode(), d['ops']), (a.encode(), b.encode()), 'rebuilt')
    return d, [o for o in d['ops'] if o['op'] != 'equal' and not o.get('ignored')]


def ignore():
    """--ignore: differences of case, space, punctuation, quote marks are marked, and tell nothing"""
    for a, b, what in (('Crime fell in Town.', 'crime fell in town.', 'case'), ('It rained.  It poured.', 'It rained.\nIt poured.', 'space'),
                       ('Well, he left.', 'Well he left', 'punct'), ('He “left” early.', "He 'left' early.", 'quotes'),
                       ('“No,” he said.', 'no he said', 'case,punct,quotes')):
        d, left = ignored(a, b, what)
        equal((left, d['types'], [s['kind'] for s in d['sentences']][:1]), ([], [], ['same']), f'{what}: {a}')
        equal(P.run('diff', '--exit-code', '--ignore', what, P.put('a.txt', a), P.put('b.txt', b)).returncode, 0, 'exit code')
        need(ignored(a, b, 'space' if what != 'space' else 'case')[1], f'{what} is no other kind')
    d, left = ignored('He “left” Town.', 'He stayed in town.', 'case,quotes')
    equal([o['op'] for o in left], ['replace'], 'what is left')
    need(b'--ignore takes case' in P.run('diff', '--ignore', 'colour', P.put('a.txt', 'x'), P.put('b.txt', 'y'), ok=(2,)).stderr, 'message')


def min_change():
    """--min-change: smaller edits are left out and counted"""
    path = P.put('pairs.jsonl', ''.join(json.dumps({'id': i, 'a': a, 'b': b}) + '\n' for i, a, b in (
        ('small', 'The mayor of the old town on the hill said no', 'The mayor of the old town on the hill said yes'),
        ('large', 'The mayor said no', 'A council of five agreed'))))
    p = P.run('diff', '--pairs', path, '--min-change', '25', '--json')
    equal([json.loads(line)['id'] for line in p.stdout.decode().splitlines()], ['large'], 'pairs')
    need(b'1 of 2 pairs' in p.stderr, p.stderr)
    a, b = P.put('a.txt', 'One two three four five six.'), P.put('b.txt', 'One two three four five seven.')
    equal(P.run('diff', '--exit-code', a, b, ok=(1,)).returncode, 1)
    equal(P.run('diff', '--exit-code', '--min-change', '20', a, b).returncode, 0)


def page(title, author, text, modified):
    return (f'<html><head><title>{title}</title><meta name="author" content="{author}"><meta property="article:modified_time" content="{modified}">'
            f'</head><body><article><h1>{title}</h1>' + ''.join(f'<p>{p}</p>' for p in text) + '</article></body></html>')


TEXT = ('The council closed the old bridge on Monday after engineers found cracks in two of its piers.',
        'Traffic will be sent along the river road until the end of the month, the council said in a note to residents.')


def parts_and_metadata():
    """--parts compares the parts named; changes of title, author and dates are listed"""
    a = P.put('a.html', page('Bridge closed after inspection', 'Ida Holm', TEXT, '2025-03-01T10:00:00Z'))
    b = P.put('b.html', page('Bridge shut over cracks', 'Tor Berg', (TEXT[0].replace('two', 'three'), TEXT[1]), '2025-03-01T12:00:00Z'))
    d = json.loads(P.run('diff', '--json', a, b).stdout)
    equal({m['field']: (m['a'], m['b']) for m in d['metadata'] if m['field'] in ('title', 'author')},
          {'title': ('Bridge closed after inspection', 'Bridge shut over cracks'), 'author': ('Ida Holm', 'Tor Berg')}, 'metadata')
    need(any(m['field'] == 'modified' for m in d['metadata']), d['metadata'])
    d = json.loads(P.run('diff', '--json', '--parts', 'headline', a, b).stdout)
    equal([d['a']['text'], d['b']['text']], ['Bridge closed after inspection', 'Bridge shut over cracks'], 'texts')
    d = json.loads(P.run('diff', '--json', '--parts', 'body', a, b).stdout)
    equal(d['types'], ['quantity-changed'], 'types of the body')


def views():
    """--view: sentence under sentence, side by side, or in one text"""
    old = ['It rained in the north all day.', 'Two people were hurt near the old bridge.', 'The mayor asked for help.', 'Schools stay closed.', 'Roads are open.']
    new = [old[0], old[1].replace('Two', 'Three'), *old[2:], 'Trains run late.']
    a, b = P.put('a.txt', ' '.join(old)), P.put('b.txt', ' '.join(new))
    out = P.run('diff', a, b).stdout.decode().split('\n\n')[0].splitlines()
    equal(out, ['--- ' + a, '+++ ' + b, ' ' + old[0], '-' + old[1], '+' + new[1], ' ' + old[2], '@@ 1 the same @@', ' ' + old[4], '+' + new[5]], 'unified')
    side = P.run('diff', '--view', 'side', a, b).stdout.decode().split('\n\n')[0].splitlines()
    need(all(len(line) <= 100 for line in side), side)
    need(f'{old[1]:48} | {new[1]}' in side and ' ' * 48 + ' > ' + new[5] in side, side)
    inline = P.run('diff', '--view', 'inline', a, b).stdout.decode()
    need('[-Two-]{+Three+} people' in inline and '{+ Trains run late.+}' in inline, inline[:400])
    P.run('diff', '--view', 'upside-down', a, b, ok=(2,))


main([views, byte_order_mark, ignore, min_change, parts_and_metadata])
