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


main([byte_order_mark])
