"""Dictionaries of other tools: read with their dirt, written, converted to each other, matched."""
import csv, io, itertools, os, re, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import Program, equal, main, need

P = Program(sys.argv[1])

# One dictionary in every format, each with what the format can say and what is found in the wild.
SAMPLES = {
    'framescope': '#lexicon\ttone\n#language\ten\n#version\t2\n#license\tnone\n#dimension\ttone\n#poles\tgood=+ bad=-\n#label\tgood.very-good\tVery good!\t7\t#00AA00\n'
                  'pattern\tcategory\tweight\toptions\tnote\nhap(py|pily)\tgood\t1.5\t\tgrammar\nthank [you]\tgood.very-good\t1\nawful*\tbad\t2\n'
                  'not <0-2> good\tbad\t1\n=US\tbad\t1\nwom?n\tgood\t1\nnuclear\tbad\t1\t!after=family\n\\*sigh\\*\tbad\t1\n',
    'liwc': '%\n1\tfunction (Function Words)\n\t2\tpronoun\n125\taffect\n126\tposemo\n131\tquant\n%\nabandon*\t125\nhappi*\t125\t126\n'
            'i\t2\nkind\t<of>131/125\nlike\t(02 134)125/131\nthank you\t126\nwhat?\t1\n',
    'dicx': 'DicTerm,posemo,neg emo,U.S.\r\nhappy,X,,\r\n"a ""b"", c*",,x,1\r\nsad,,-2.5,\r\nwell-known thing,0.25,,1\r\n',
    'ykd': '<?xml version="1.0" encoding="UTF-8"?>\n<dictionary style="050805" patternengine="substring">\n<cnode name="Law &amp; order" desc="both">\n'
           '<pnode name="police*"/>\n<cnode name="Crime"><pnode name="murder"/><pnode name="grand theft"/></cnode>\n<pnode name="c?urt" desc="of law"/></cnode>\n'
           '<cnode name="Empty"/></dictionary>\n',
    'lcd': '<dictionary style="050805" patternengine="substring"><cnode name="positive"><pnode name="good*"/><pnode name="very good"/></cnode></dictionary>',
    'lc3': '\ufeff+negative#AA0000\nabandon*\na lie\n  betray \n+positive#00AA00\nable\n+neutral\n',
    'cat': 'TONE\n\tGOOD\n\t\tGREAT (2)\n\t\tVERY_HAPPI* (1)\n\tBAD\n\t\tAWFUL (3)\n\t\tW?RSE (1)\n\tNEGATION\n\t\tNOT (1)\n\tFLIPPED\n\t\t@FLIP [#GOOD AFTER #NEGATION /S 3] (1)\n',
    'yaml': '# ours\nEconomy:\n  - "tax*"\n  - interest rate\n  - Sub area:\n      - debt\n      - Deep: [a b, "c?d"]\n"no":\n  word\nempty: []\n',
    'vader': 'abandon\t-1.9\t0.53852\t[-1, -2, -2, -2, -2, -3, -2, -2, -2, -1]\n:)\t2.0\t1.18322\t[2, 2, 1, 1, 1, 1, 4, 3, 4, 1]\n:*\t1.8\nwell\t1.1\t0.9\nplain\t0.0\t0.3\t[0]\n',
    'list': '; a list\n# of words\n\ngood\nvery good\nbett*\n',
    'csv': 'word;category;score;note\nhappy;joy;1.5;"a; note"\nhapp*;joy;;\n"so ""good""";joy;-0.125;\ngrief;U.S. sorrow;2;\n',
}
ENDINGS = {'framescope': 'tsv', 'liwc': 'dic', 'dicx': 'dicx', 'ykd': 'ykd', 'lcd': 'lcd', 'lc3': 'lc3', 'cat': 'cat', 'yaml': 'yml', 'vader': 'vader', 'list': 'lst', 'csv': 'csv'}

# What each format can hold. wild: its wildcards, end: `*` at the end only; weight: decimals or None; the sign in weights or categories.
HOLDS = {
    'framescope': dict(category=True, wild='*?', weight=3, note=True, when=True, literal='*?', rule=True),
    'liwc': dict(category=True, wild='*', end=True, weight=None, note=False, when=True, literal='?'),
    'dicx': dict(category=True, wild='*', weight=9, note=False, when=False, literal='?'),
    'ykd': dict(category=True, wild='*?', weight=None, note=True, when=False, literal=''),
    'lcd': dict(category=True, wild='*?', weight=None, note=True, when=False, literal=''),
    'lc3': dict(category=True, wild='*', weight=None, note=False, when=False, literal='?'),
    'cat': dict(category=True, wild='*?', weight=0, note=False, when=False, literal='', rule=True),
    'yaml': dict(category=True, wild='*?', weight=None, note=False, when=False, literal=''),
    'vader': dict(category=False, wild='', weight=9, note='stats', when=False, literal='*?', sign=True),
    'list': dict(category=False, wild='*', weight=None, note=False, when=False, literal='?'),
    'csv': dict(category=True, wild='*', weight=9, note=True, when=True, literal='?'),
}


def convert(data, a, b, name='tone'):
    src = P.put(f'{name}.{ENDINGS[a]}', data)
    return P.run('lexicon', 'convert', src, '-', '--from', a, '--to', b)


def entries(data, fmt):
    """(term, category, weight, condition, note) of a dictionary, from its lexicon in framescope's form: it holds everything"""
    text = data if fmt == 'framescope' else convert(data, fmt, 'framescope').stdout.decode()
    labels, out, rows, poles = {}, set(), False, {}
    for line in text.splitlines():
        cells = line.split('\t')
        if line.startswith('#label'):
            labels[cells[1]] = cells[2]
        elif line.startswith('#poles'):
            poles = dict(p.rsplit('=', 1) for p in cells[1].split())
        elif line.startswith('pattern\t'):
            rows = True
        elif rows and line and not re.match('#( |$)', line):
            pattern, slug, weight, options, note = (cells + [''] * 5)[:5]
            if 'from=' in options:
                continue
            sign = -1 if 'sign=-' in options or poles.get(slug) == '-' else 1
            if 'sign=-' in options:
                slug = slug.removesuffix('.minus')
            path = '.'.join(labels.get('.'.join(slug.split('.')[:i + 1]), slug.split('.')[i]) for i in range(slug.count('.') + 1))
            when = (re.search(r'when=([^;]*)', options) or [0, ''])[1]
            rule = 'rule=' in options
            for term in [pattern] if rule else expand(pattern):
                if term is not None and not ('after=' in options and not when):
                    out.add((term, path, sign * float(weight), when or (note if rule else ''), '' if rule else note))
    return out


def expand(pattern):
    """the alternatives of the few patterns of the sample; None: no other format can say it"""
    if re.search(r'(?<!\\)[<{]|^=', pattern):
        return [None]
    m = re.search(r'(?<!\\)([(\[])([^)\]]*[^)\]\\])[)\]]', pattern)
    if not m:
        return [re.sub(r'\\([^*?\\])', r'\1', re.sub(' +', ' ', pattern).strip())]
    parts = m[2].split('|') + ([''] if m[1] == '[' else [])
    return list(itertools.chain(*(expand(pattern[:m.start()] + p + pattern[m.end():]) for p in parts)))


def held(entry, fmt):
    """what a format holds of an entry: None, or the entry with other parts blank"""
    term, category, weight, when, note = entry
    h = HOLDS[fmt]
    if term.startswith('@') and when:
        return entry if h.get('rule') else None
    bare = re.sub(r'\\.', '', term)
    if any(c not in h['wild'] for c in re.findall(r'[*?]', bare)) or any(c not in h['literal'] for c in re.findall(r'\\([*?])', term)):
        return None
    if h.get('end') and '*' in bare[:-1]:
        return None
    w = h['weight']
    # whole numbers have no sign: the category's is lost, and said to be
    weight = 1.0 if w is None else weight if w else float(int(abs(weight) + 0.5))
    stats = re.match(r'[\d.]+(; \[|$)', note)
    note = note if h['note'] is True or (h['note'] == 'stats' and stats) else ''
    return (term, category if h['category'] else '', weight, when if h['when'] else '', note)


def formats():
    """every format is read and written as itself without a loss"""
    for fmt, data in SAMPLES.items():
        p = convert(data, fmt, fmt)
        again = convert(p.stdout.decode(), fmt, fmt)
        equal(again.stdout, p.stdout, f'{fmt} written twice')
        equal(entries(p.stdout.decode(), fmt), entries(data, fmt), fmt)
        if fmt not in ('list', 'csv'):
            need(b'cannot hold' not in p.stderr, f'{fmt}: {p.stderr.decode()}')


def pairs():
    """A -> B -> A loses nothing that both hold, for every pair"""
    n = 0
    for a, b in itertools.permutations(SAMPLES, 2):
        there = convert(SAMPLES[a], a, b)
        back = convert(there.stdout.decode(), b, a)
        whole = entries(SAMPLES[a], a)
        if a == 'vader' and HOLDS[b]['weight'] is None:
            # without a weight only the name of a category tells the sign
            whole = {e for e in whole if HOLDS[b]['category'] and e[1] in ('positive', 'negative')}
        want = {w for w in (held(e, b) for e in whole) if w}
        want = {w for w in (held(e, a) for e in want) if w}
        got = {w for w in (held(h, a) for h in (held(e, b) for e in entries(back.stdout.decode(), a)) if h) if w}
        if b == 'vader':
            # one valence a term, and none without sign or weight: what is in the file comes back as it was
            file = {h for h in (held(e, a) for e in entries(there.stdout.decode(), b)) if h}
            need(file or a not in ('framescope', 'dicx', 'csv'), f'{a} -> vader: nothing')
            equal({g[0] for g in got}, {f[0] for f in file}, f'{a} -> vader -> {a}: terms')
            known = {w[0] for w in want}
            want, got = {(g[0], abs(g[2])) for g in got if g[0] in known}, {(w[0], abs(w[2])) for w in want}
        need(want <= got, f'{a} -> {b} -> {a} lost {sorted(want - got)[:4]}, has {sorted(got - want)[:4]}')
        n += 1
    equal(n, 110)


def losses_are_said():
    """what a format cannot hold is said, with the line of the first"""
    said = convert(SAMPLES['framescope'], 'framescope', 'lc3').stderr.decode()
    for text in ('weights are left out', 'patterns of framescope', 'lose their options', 'wildcard', 'levels of categories', 'signs of categories',
                 'notes are left out', 'the first in line'):
        need(text in said, f'{text!r} is not in {said}')
    said = convert(SAMPLES['liwc'], 'liwc', 'yaml').stderr.decode()
    need('4 conditions are left out' in said and 'takes for something else' in said, said)
    said = convert(SAMPLES['cat'], 'cat', 'list').stderr.decode()
    need('1 rules are left out' in said and 'lose the name of their category' in said, said)
    said = convert(SAMPLES['dicx'], 'dicx', 'cat').stderr.decode()
    need('2 weights are rounded; the first in line 5' in said, said)


def dirt():
    """dirt is taken with a warning that names file and line, never dropped in silence"""
    cases = [
        # duplicate ids, an id without name, one that nobody names, blanks for tabs, the same twice, no ids, a zero before, CR LF
        ('d.dic', b'\xef\xbb\xbf%\t\r\n1\tgood\r\n01\tagain\r\n2\r\n\r\n%\r\nfine 1\r\nnice\t1\t 2 \r\nnice\t01\r\nodd\t77\r\nalone\r\n',
         [(3, 'given already'), (4, 'no name'), (7, 'blanks for tabs'), (9, 'already (line 8)'), (10, 'no category'), (11, 'no number')],
         {('fine', 'good'), ('nice', 'good'), ('nice', '2'), ('odd', '77')}),
        ('latin.lc3', '+mots\ncaf\xe9\nna\xefve*\n'.encode('latin-1'), [(1, 'windows-1252')], {('caf\xe9', 'mots'), ('na\xefve*', 'mots')}),
        ('wide.lc3', '+a\nb\n'.encode('utf-16'), [(1, 'UTF-16')], {('b', 'a')}),
        ('t.lc3', b'first\n+a\nb\nb\n', [(1, 'before the first category'), (4, 'already')], {('first', 't'), ('b', 'a')}),
        ('s.cat', b'x (1)\n  A\n\tone (2)\n\tone (2)\n', [(1, 'before the first category'), (2, 'only tabs'), (4, 'already')], {('x', 's'), ('one', 'A')}),
        ('q.ykd', b'<dictionary><pnode name="z"/><cnode name=""><pnode name="a"/>x<b/></cnode>', [(1, 'outside of categories'), (1, 'without a name'), (1, 'stands between'), (1, '<b>')],
         {('z', 'q'), ('a', 'unnamed')}),
        ('n.csv', b'term,category,weight\na,x,heavy\nb,,1\n,x,1\n', [(2, 'no number'), (3, 'no category'), (4, 'without a term')], {('a', 'x'), ('b', 'n')}),
        ('m.yml', b'- loose\n', [(1, 'outside of categories')], {('loose', 'm')}),
        ('v.vader', b'fed up\t-1.8\nword\tmuch\n', [(1, 'two words'), (2, 'no token with a valence')], {('fed up', 'negative')}),
    ]
    for name, data, warnings, want in cases:
        path = P.put(name, data)
        p = P.run('lexicon', 'convert', path, '-', '--to', 'csv')
        said = p.stderr.decode()
        for line, text in warnings:
            need(any(f'{name}:{line}: ' in s and text in s for s in said.splitlines()), f'{name}:{line} {text!r}: {said}')
        rows = list(csv.DictReader(io.StringIO(p.stdout.decode(), newline='')))
        equal({(r['term'], r['category']) for r in rows}, want, name)


def bad():
    """what is no dictionary fails with file, line and column and exit 2, and writes nothing"""
    out = os.path.join(P.dir, 'out.csv')
    cases = [
        ('a.dic', b'abandon*\t1\n', ':1:1: '), ('b.dic', b'%\n1\tx\n', 'no second line'), ('c.ykd', b'<!DOCTYPE dictionary [<!ENTITY a "b">]><dictionary/>', 'DOCTYPE'),
        ('d.ykd', b'plain text', ':1:1: '), ('e.yml', b'a:\n  - *b\n', ':2:5: '), ('f.yml', b'a:\n\t- b\n', ':2:1: '), ('g.yml', b'word', ':1:1: '),
        ('h.dicx', b'word\n', ':1:1: '), ('i.csv', b'', ':1:1: '), ('j.dic', b'\x7fELF\x01\x02\x00\x00' + bytes(400), ':1:1: '),
        ('k.yml', b'[' * 100 + b']' * 100, 'nested too deep'), ('l.tsv', b'#lexicon\tx\nword\n', ':2:1: '),
        ('m.yml', b'a: &x [b]\nc: *x\n', 'alias'), ('o.txt', b'good\n' + b'Crime fell, the mayor said, ' * 5, ':2:1: a line of 2'), ('n.lst', b'good\nb\x00d\n' + b'more\n' * 50, ':2:2: '),
    ]
    for name, data, text in cases:
        p = P.run('lexicon', 'convert', P.put(name, data), out, ok=(2,))
        need(name in p.stderr.decode() and text in p.stderr.decode(), f'{name}: {p.stderr.decode()}')
        need(not os.path.exists(out), f'{name} left a file')
        P.run('score', '--lexicon', os.path.join(P.dir, name), P.put('t.txt', 'A text.'), ok=(2,))
    for args in (['convert', 'a', 'b.xyz'], ['convert', 'a', 'b.dic', '--to', 'zip'], ['convert', 'a', 'b.dic', '--from', 'zip'], ['convert', 'a']):
        P.run('lexicon', *args, ok=(2,))
    P.run('lexicon', 'convert', 'no-such.dic', out, ok=(3,))
    deep = '<dictionary>' + ''.join(f'<cnode name="c{i}">' for i in range(300))
    P.run('lexicon', 'convert', P.put('deep.ykd', deep), out, ok=(2,))


def found(name, data, text, *args):
    P.put('text.txt', text)
    p = P.run('cues', '--lexicon', P.put(name, data), 'text.txt', '--format', 'csv', *args)
    return [(r['text'], r['category'], r['weight']) for r in csv.DictReader(io.StringIO(p.stdout.decode(), newline='')) if r['scored'] == 'true'], p.stderr.decode()


def matching():
    """--lexicon takes every format; a word counts in each of its categories"""
    got, said = found('a.dic', SAMPLES['liwc'], 'I like happiness. A kind of kind man. They like it. What? Thank you.')
    equal(got, [('I', 'function.pronoun', '1'), ('like', 'affect', '1'), ('happiness', 'affect', '1'), ('happiness', 'posemo', '1'), ('kind', 'quant', '1'),
                ('kind', 'affect', '1'), ('like', 'quant', '1'), ('Thank you', 'posemo', '1')], 'liwc')
    need('a.dic:14: "what?" is no word of a text' in said, said)
    got, _ = found('w.cat', SAMPLES['cat'], 'It is not so great. It is great, not that one. Very happiness is awful.')
    equal(got, [('not', 'tone.negation', '1'), ('great', 'tone.good', '2'), ('great', 'tone.flipped', '1'), ('great', 'tone.good', '2'), ('not', 'tone.negation', '1'),
                ('Very happiness', 'tone.good', '1'), ('awful', 'tone.bad', '3')], 'wordstat')
    got, said = found('v.vader', SAMPLES['vader'], 'Well, do not go; abandon it :)')
    equal(got, [('Well', 'positive', '1.1'), ('abandon', 'negative', '1.9')], 'vader')
    need('v.vader:2: ' in said and 'no word of a text' in said, said)
    for fmt, text, want in (('ykd', 'Grand theft, police, courts and court.', ['Grand theft', 'police', 'court']), ('yaml', 'Taxes, interest rate; a b; coda', ['Taxes', 'interest rate', 'a b']),
                            ('lc3', 'A lie, able to abandon', ['A lie', 'able', 'abandon']), ('list', 'A very good and better one', ['very good', 'better']),
                            ('csv', 'Happy, happily, grief', ['Happy', 'happily', 'grief']), ('dicx', 'happy, sad, a well-known thing', ['happy', 'sad', 'well-known thing', 'well-known thing']),
                            ('lcd', 'good, very good, goods', ['good', 'very good', 'goods'])):
        equal([t for t, *_ in found(f'x.{ENDINGS[fmt]}', SAMPLES[fmt], text)[0]], want, fmt)
    # a dictionary serves documents of every language
    P.put('de.jsonl', '{"text": "Sehr gut und gern", "lang": "de"}\n')
    p = P.run('score', '-l', P.put('de.dic', '%\n1\tgut\n%\ngut\t1\ngern*\t1\n'), 'de.jsonl', '--format', 'csv')
    equal(next(csv.DictReader(io.StringIO(p.stdout.decode(), newline='')))['de_n'], '2', 'German')
    # each in the library too: a check says what was read and what cannot match
    p = P.run('lexicon', 'check', P.put('v.txt', SAMPLES['vader']), '--format', 'text')
    need('warning: ":)" is no word' in p.stdout.decode(), p.stdout.decode())


def rules():
    """WordStat's rules as guards: after, before, near, not; what reaches beyond a sentence is said to be left out"""
    base = 'GOOD\n\tGREAT (1)\nNEG\n\tNOT (1)\n\tHARDLY (1)\nRULE\n\t@X [%s] (1)\n'
    texts = {'a': 'hardly a great', 'b': 'great but not', 'c': 'not one two three great', 'd': 'great'}
    for rule, want in (('#GOOD AFTER #NEG /S 3', 'a'), ('#GOOD BEFORE #NEG /S 3', 'b'), ('#GOOD NEAR #NEG /S 3', 'ab'), ('#GOOD NEAR #NEG /S 4', 'abc'),
                       ('#GOOD NOT NEAR #NEG /S 3', 'cd'), ('#GOOD NOT AFTER #NEG /S 3', 'bcd'), ('GREAT AFTER HARDLY /S 2', 'a'), ('#GOOD AFTER #NEG /S', '')):
        got = ''.join(k for k, t in texts.items() if any(c == 'rule' for _, c, _ in found('r.cat', base % rule, t)[0]))
        equal(got, want, rule)
    _, said = found('r.cat', base % '#GOOD AFTER #NEG /P 3', 'great')
    need('r.cat:7: the rule cannot be made of guards' in said, said)


def large():
    """a large dictionary is read in well below a second, a line of many megabytes does not hang"""
    rows = ''.join(f'word{i}*\t{i % 50 + 1}\n' for i in range(50000))
    data = '%\n' + ''.join(f'{i}\tc{i}\n' for i in range(1, 51)) + '%\n' + rows
    got, _ = found('big.dic', data, 'word77 and word4999x')
    equal([t for t, *_ in got], ['word77', 'word77', 'word4999x', 'word4999x'], 'large')
    P.run('lexicon', 'convert', P.put('line.lst', 'ab' * (8 << 20)), '-', '--to', 'csv', '-q')
    P.run('lexicon', 'convert', P.put('words.lst', 'a ' * (8 << 20)), '-', '--to', 'csv', '-q', ok=(2,))
    P.run('score', '-l', P.put('line.tsv', '#lexicon\tx\n' + 'a' * (8 << 20)), P.put('t.txt', 'A text.'), ok=(2,))


main([formats, pairs, losses_are_said, dirt, bad, matching, rules, large])
