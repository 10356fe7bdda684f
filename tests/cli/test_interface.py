"""The interfaces: fields of the analysis, scores recomputable from cues, formats, ids, exit codes."""
import csv, io, json, os, re, subprocess, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import Program, equal, main, need

P = Program(sys.argv[1])
TEXT = ('Burglaries fell in the spring, the mayor said on Monday.\n\n“Despite every prediction, our officers keep catching the worst of the '
        'worst,” Elena Marsh said. Marsh claims the city is safe. Thefts were only down 4%, she told the council.\n\n'
        'The council credited new street lights for the decline. Analysts aren’t sure why thefts fell. Naïve café owners 北京 agree 👍🏽.\n')


def table(data):
    return list(csv.DictReader(io.StringIO(data.decode(), newline='')))


def offsets_hold():
    """plain text comes back byte for byte, every span lies on character borders"""
    d = P.jsonl('annotate', '--from', 'text', '--format', 'jsonl', P.put('t.txt', TEXT))[0]
    equal(d['text'], TEXT, 'text')
    raw = d['text'].encode()
    spans = d['parts'] + d['sentences'] + d['speech'] + d['cues'] + d['relations'] + d['quantities'] + [m for a in d['actors'] for m in a['mentions']]
    need(len(spans) > 20, 'few spans')
    for s in spans:
        raw[s['start']:s['end']].decode()
        need(0 <= s['start'] <= s['end'] <= len(raw), f'outside: {s}')
    for c in d['cues']:
        equal(raw[c['start']:c['end']].decode(), c['text'], 'cue text')
    need(all(a['end'] <= b['start'] for a, b in zip(d['sentences'], d['sentences'][1:])), 'sentences overlap')


def scores_recomputable():
    """each score is the sum of its scored cues"""
    d = P.jsonl('annotate', '--from', 'text', '--format', 'jsonl', P.put('t.txt', TEXT))[0]
    for dim, s in d['scores'].items():
        mine = [c for c in d['cues'] if c['dimension'] == dim and c['scored']]
        own = [c for c in mine if c['voice'] == 'own']
        equal((s['n'], s['own_n']), (len(mine), len(own)), dim)
        equal(round(s['weight'], 3), round(sum(c['weight'] for c in mine), 3), dim)
        equal(round(s['rate'], 3), round(1000 * sum(c['weight'] for c in mine) / d['words'], 3), dim)
        equal(round(s['own_rate'], 3), round(1000 * sum(c['weight'] for c in own) / d['own_words'], 3), dim)
    for c in d['cues']:
        need(c['scored'] == (c['why'] is None), f'scored and why disagree: {c}')
        need(not (c['scored'] and (c['negated'] or not c['weight'])), f'{c}')


def voices():
    """who says it: quote with speaker, indirect, own"""
    d = P.jsonl('annotate', '--from', 'text', '--format', 'jsonl', P.put('t.txt', TEXT))[0]
    cue = {c['text'].lower(): c for c in d['cues']}
    equal((cue['despite']['voice'], cue['despite']['dimension']), ('quote', 'causality'))
    need('Marsh' in (cue['worst of the worst']['speaker'] or ''), 'speaker of the quotation')
    equal(cue['claims']['voice'], 'own')
    equal((cue['credited']['voice'], cue['credited']['category']), ('indirect', 'cause'))
    need(any(c['category'] == 'doubt' for c in d['cues']), 'no doubt found')
    need(any(c['dimension'] == 'quantity' and c['category'] == 'minimizer' for c in d['cues']), 'no minimizer found')


def offset_units():
    """--offsets chars and utf16 point at the same words"""
    path = P.put('t.txt', 'é👍 北京 Despite this, crime fell 👍 because of police.')
    base = P.jsonl('annotate', '--format', 'jsonl', path)[0]
    for unit, codec, size in (('chars', 'utf-32-le', 4), ('utf16', 'utf-16-le', 2)):
        d = P.jsonl('annotate', '--format', 'jsonl', '--offsets', unit, path)[0]
        raw = d['text'].encode(codec)
        equal([raw[c['start'] * size:c['end'] * size].decode(codec) for c in d['cues']], [c['text'] for c in base['cues']], unit)


def jsonl_in():
    """JSONL: one line in, one out; title is the headline; own values win; a bad line is a result"""
    rows = [{'id': 'a', 'text': TEXT}, {'id': 'b', 'title': 'Head line', 'text': 'Body here.', 'url': 'https://x.example/1', 'site': 'X', 'author': 'A. B.'}]
    data = json.dumps(rows[0]) + '\n{broken\n\n' + json.dumps(rows[1]) + '\r\n' + '[1]\n' + '{"id": "e", "text": ""}\n'
    p = P.run('annotate', '--from', 'jsonl', '--format', 'jsonl', '-', stdin=data.encode())
    docs = [json.loads(x) for x in p.stdout.decode().splitlines()]
    equal([d['status'] for d in docs], ['ok', 'bad-json', 'ok', 'bad-json', 'empty'], 'statuses')
    equal([d['source'] for d in docs], ['-:1', '-:2', '-:4', '-:5', '-:6'], 'sources')
    need(b'-:2' in p.stderr and b'-:5' in p.stderr, 'bad lines are not named')
    b = docs[2]
    equal(b['text'], 'Head line\n\nBody here.', 'text with headline')
    equal((b['parts'][0]['part'], b['text_start'], b['site'], b['author']), ('headline', 11, 'X', 'A. B.'))
    equal(b['from'].get('title'), 'record', 'from')
    P.run('annotate', '--from', 'jsonl', '--strict', '-', stdin=data.encode(), ok=(1,))
    only = P.jsonl('annotate', '--from', 'jsonl', '--text-only', '-', stdin=json.dumps(rows[1]).encode())[0]
    equal((only['text'], only['text_start']), ('Body here.', 0))


def csv_in():
    """CSV and TSV: columns guessed or mapped, kept columns come back"""
    rows = 'id;content\n'
    path = P.put('a.csv', 'id,headline,content,url,extra\r\n1,"Head, line","Body ""quoted""\nsecond despite",https://x.example/,keep me\r\n2,,Text,,\r\n')
    t = table(P.run('score', '--format', 'csv', '--keep', path).stdout)
    equal([r['id'] for r in t], ['1', '2'])
    equal((t[0]['title'], t[0]['in_extra'], t[0]['in_content'], t[0]['url']), ('Head, line', 'keep me', 'Body "quoted"\nsecond despite', 'https://x.example/'))
    t = table(P.run('score', '--map', 'text=extra,id=headline', path).stdout)
    equal(t[0]['id'], 'Head, line')
    t = table(P.run('score', P.put('b.tsv', 'id\ttext\nx\tDespite it, crime fell.\n')).stdout)
    equal((t[0]['id'], t[0]['causality_n']), ('x', '1'))
    p = P.run('score', P.put('c.csv', 'foo,bar\n1,2\n'), ok=(2,))
    need(b'--map' in p.stderr and b'foo' in p.stderr, f'remedy is missing: {p.stderr}')
    P.run('score', P.put('d.csv', rows), ok=(0, 2))


def formats():
    """csv, tsv, jsonl hold the same table; TSV has no stray tabs; table is readable"""
    path = P.put('two.jsonl', json.dumps({'id': 'a', 'title': 'T, "q"\nline\ttab', 'text': TEXT}) + '\n' + json.dumps({'id': 'b', 'text': ''}) + '\n')
    c = table(P.run('score', '--format', 'csv', path).stdout)
    t = list(csv.DictReader(io.StringIO(P.run('score', '--format', 'tsv', path).stdout.decode(), newline=''), dialect='excel-tab'))
    j = P.jsonl('score', '--format', 'jsonl', path)
    equal([r['title'] for r in c], [r['title'] for r in t], 'tsv')
    equal([{k: '' if v is None else str(v).lower() if isinstance(v, bool) else v if isinstance(v, str) else float(v) for k, v in r.items()} for r in j],
          [{k: float(v) if isinstance(j[i][k], (int, float)) else v for k, v in r.items()} for i, r in enumerate(c)], 'jsonl')
    equal((c[1]['status'], c[1]['words'], c[1]['causality']), ('empty', '', ''), 'an empty text has no scores')
    need('words' in P.run('score', '--format', 'table', path).stdout.decode()[:200], 'table')
    for verb in ('cues', 'annotate', 'extract'):
        need(P.run(verb, '--format', 'text', path).stdout, verb)


def score_options():
    """--categories, --voices, --long add what they say"""
    path = P.put('t.txt', TEXT)
    head = lambda *a: P.run('score', *a, path).stdout.decode().splitlines()[0].split(',')
    base = head()
    need('causality.concession_n' in head('--categories') and 'causality.concession_n' not in base, '--categories')
    need('causality_quote_n' in head('--voices'), '--voices')
    need({'agency.agentless-passive_n', 'stance.scare-quote_n'} <= set(base) and 'agency_n' not in base, 'rule dimensions have no sum')
    rows = table(P.run('score', '--long', path).stdout)
    equal(list(rows[0]), ['id', 'dimension', 'category', 'voice', 'n', 'weight', 'rate'])
    every = sum(int(r['n']) for r in rows if r['voice'] == 'all')
    equal(every, sum(int(r['n']) for r in rows if r['voice'] != 'all'), 'voices add up')


def cues_filter():
    """cues --dimension and --voice choose"""
    path = P.put('t.txt', TEXT)
    rows = table(P.run('cues', path).stdout)
    some = table(P.run('cues', '--dimension', 'causality', '--voice', 'quote', path).stdout)
    equal([r['text'] for r in some], [r['text'] for r in rows if r['dimension'] == 'causality' and r['voice'] == 'quote'])
    need(some, 'none left')
    for r in rows:
        need(r['text'] in r['sentence_text'], f'{r}')


def languages():
    """a language without lexicon gives empty cells, never 0"""
    path = P.put('de.jsonl', json.dumps({'id': 'x', 'lang': 'de', 'text': 'Trotz allem sank die Zahl.'}) + '\n' + json.dumps({'id': 'y', 'lang': 'en-US', 'text': 'Despite all, it fell.'}))
    rows = table(P.run('score', path).stdout)
    equal((rows[0]['status'], rows[0]['causality_n'], rows[0]['words']), ('ok', '', '5'))
    equal(rows[1]['causality_n'], '1')


def lexicons():
    """--lexicon FILE tries a lexicon without a rebuild; list and show"""
    path = P.put('mine.tsv', '#lexicon\tmine\n#language\ten\n#version\t1\n#license\tCC0\n#dimension\tcolours\n#poles\twarm=+ cold=-\n'
                 'pattern\tcategory\tweight\toptions\tnote\nred\twarm\t2\t\t\nblue\tcold\t1.5\t\t\n')
    row = table(P.run('score', '--lexicon', path, P.put('c.txt', 'The red house, the blue car, the red sea.')).stdout)[0]
    equal((row['colours_n'], row['colours_pos'], row['colours_neg']), ('3', '4', '1.5'))
    need('causality_n' not in row, 'shipped lexicons are scored too')
    row = table(P.run('score', '--lexicon', 'causality', P.put('c.txt', 'It fell despite the red house.')).stdout)[0]
    equal((row['causality_n'], 'intensity_n' in row), ('1', False))
    names = P.run('lexicon', 'list').stdout.decode()
    need(all(n in names for n in ('causality', 'intensity', 'labeling', 'certainty', 'attribution', 'quantity', 'threat', 'conflict', 'harm', 'moral',
                                  'issue', 'agency', 'stance')), names)
    need(b'despite' in P.run('lexicon', 'show', 'causality').stdout, 'show')
    bad = P.put('bad.tsv', '#lexicon\tbad\n#language\ten\n#version\t1\n#license\tx\n#dimension\td\npattern\tcategory\tweight\n(open\tc\t1\n')
    p = P.run('score', '--lexicon', bad, path, ok=(2,))
    need(b'bad.tsv:7:' in p.stderr, f'place is missing: {p.stderr}')
    P.run('score', '--lexicon', 'no-such', path, ok=(2,))


def outputs():
    """-o writes a file that appears when complete; a bad target is exit 3"""
    path, out = P.put('t.txt', TEXT), os.path.join(P.dir, 'out.csv')
    p = P.run('score', '-o', out, path)
    equal(p.stdout, b'')
    equal(open(out, 'rb').read(), P.run('score', '--format', 'csv', path).stdout)
    P.run('score', '-o', '/absent/x.csv', path, ok=(3,))
    need(not [f for f in os.listdir(P.dir) if f.endswith('.part')], 'a part file was left')
    if os.path.exists('/dev/full'):
        with open('/dev/full', 'wb') as full:
            p = subprocess.run([P.path, 'score', path], stdout=full, stderr=subprocess.PIPE)
        equal(p.returncode, 3, 'full disk')
        need(b'write' in p.stderr, p.stderr)


def exits():
    """exit codes and where messages go"""
    equal(P.run(ok=None).returncode, 2)
    for args in (('score',), ('score', '--no-such', 'x'), ('nonsense',), ('score', '--format', 'png', 'x'), ('score', '-j', '0', 'x'), ('diff', 'one'),
                 ('score', '--from', 'nonsense', 'x'), ('score', '--max-record', 'big', 'x'), ('lexicon', 'show', 'nonsense'), ('annotate', '--offsets', 'miles', 'x')):
        p = P.run(*args, ok=(2,))
        need(p.stderr.startswith(b'framescope: ') and not p.stdout, f'{args}: {p.stderr}')
    p = P.run('score', '/absent.html', ok=(3,))
    need(b'absent.html' in p.stderr, 'the file is not named')
    need(P.run('--version').stdout and P.run('--help').stdout and P.run('score', '--help').stdout and P.run('--man').stdout, 'texts')
    for shell in ('bash', 'zsh'):
        need(b'--categories' in P.run('--completion', shell).stdout, shell)
    folder = os.path.dirname(P.put('in/a.txt', TEXT))
    equal(len(P.run('score', '--format', 'csv', folder, '/absent.html', ok=(3,)).stdout.splitlines()), 2)
    p = P.run('score', '--strict', P.put('in2/x.jsonl', '{"id": 1'), ok=(1,))
    p = P.run('score', P.put('in2/x.jsonl', '{"id": 1'), ok=(1,))
    need(b'1 of 1 records failed' in p.stderr, p.stderr)
    equal(P.run('diff', '--exit-code', P.put('x', 'Same text.'), P.put('y', 'Same text.')).returncode, 0)
    equal(P.run('diff', '--exit-code', P.put('x', 'Same text.'), P.put('y', 'Other text.'), ok=(1,)).returncode, 1)


def run_digest():
    """run depends on options and lexicons that decide, not on workers and outputs"""
    path = P.put('t.txt', TEXT)
    run = lambda *a: table(P.run('score', *a, path).stdout)[0]['run']
    equal(run(), run('-j', '2', '--quiet'))
    need(run() != run('--text-only') and run() != run('--lexicon', 'causality'), 'run does not tell runs apart')
    need(run().encode() in P.run('score', '--run-info', path).stdout, '--run-info')


def groups():
    """score --by adds up to the documents; speakers' words add up to all words"""
    rows = [{'id': str(k), 'site': 'AB'[k % 2], 'published': f'2026-0{1 + k % 3}-05', 'text': TEXT + 'Despite it all. ' * (k % 4)} for k in range(30)]
    path = P.put('many.jsonl', ''.join(json.dumps(r) + '\n' for r in rows))
    docs = table(P.run('score', path).stdout)
    by = table(P.run('score', '--by', 'site', path).stdout)
    equal([(r['site'], r['documents']) for r in by], [('A', '15'), ('B', '15')])
    for r in by:
        mine = [d for d in docs if d['site'] == r['site']]
        equal((int(r['words']), int(r['causality_n'])), (sum(int(d['words']) for d in mine), sum(int(d['causality_n']) for d in mine)))
        equal(round(float(r['causality_neg']), 3), round(sum(float(d['causality_neg']) for d in mine), 3))
    equal(len(table(P.run('score', '--by', 'month', path).stdout)), 3)
    speakers = table(P.run('score', '--by', 'speaker', path).stdout)
    equal(sum(int(r['words']) for r in speakers), sum(int(d['words']) for d in docs))
    need(any('Marsh' in r['speaker'] and int(r['intensity_n']) for r in speakers), 'no speaker')
    shuffled = P.put('shuffled.jsonl', ''.join(json.dumps(r) + '\n' for r in reversed(rows)))
    equal(P.run('score', '--by', 'site', path).stdout, P.run('score', '--by', 'site', shuffled).stdout, 'order of documents')


def mistakes():
    """what a user gets wrong: the message names it and what would be right"""
    path = P.put('mistake.txt', TEXT)
    for args, want in ((('score', '--about', '', path), 'no pattern'), (('score', '--about', P.put('none.txt', '# nothing\n\n'), path), 'no pattern'),
                       (('score', '--format', 'brat', path), 'score has csv'), (('extract', '--format', 'pdf', path), 'extract has csv'),
                       (('scroe', path), 'did you mean score?'), (('cues', '--dimention', 'causality', path), 'did you mean --dimension?')):
        need(want in P.run(*args, ok=(2,)).stderr.decode(), f'{args}: {want}')


def inputs_are_spared():
    """an output or list of errors that names an input is refused, by whatever path; an input without documents is told"""
    path = P.put('precious.txt', TEXT)
    link = path + '.link'
    os.path.lexists(link) or os.symlink(path, link)
    for args in (('score', path, '-o', path), ('cues', path, '-o', link), ('score', path, '--errors', path, '-o', path + '.csv'), ('diff', path, path, '-o', path)):
        need(b'would be written over' in P.run(*args, ok=(2,)).stderr, f'{args}')
    equal(open(path).read(), TEXT)
    os.makedirs(path + '.d', exist_ok=True)
    need(b'no document was found' in P.run('score', path + '.d').stderr, 'empty folder')


def help_texts():
    """--help of each verb fits a terminal and says of each option what it does"""
    verbs = [line.split()[1] for line in P.run('--help').stdout.decode().splitlines() if re.match('  framescope [a-z]+ ', line)]
    need({'score', 'lexicon', 'merge'} < set(verbs), f'{verbs}')
    for verb in verbs:
        text = P.run(verb, '--help').stdout.decode()
        need(max(map(len, text.splitlines())) <= 110, f'{verb}: {max(text.splitlines(), key=len)}')
        for option in re.findall(r'^  (-.*\n(?:   .*\n)*)', text, re.M):
            need(len(option.split('  ', 1)[-1].strip()) > 8, option)


def by_sentence():
    """score --by sentence: rows add up to the document; the text between start and end is the sentence"""
    path = P.put('s.jsonl', json.dumps({'id': 'a', 'title': 'Thefts plunge', 'text': TEXT, 'topic': 'x'}) + '\n' + json.dumps({'id': 'b', 'text': ''}) + '\n')
    rows = table(P.run('score', '--by', 'sentence', '--keep=topic', path).stdout)
    whole = table(P.run('score', path).stdout)[0]
    text = P.jsonl('annotate', '--format', 'jsonl', path)[0]['text'].encode()
    equal({r['id'] for r in rows}, {'a'})
    for r in rows:
        equal(text[int(r['start']):int(r['end'])].decode(), r['text'])
        equal(r['in_topic'], 'x')
    for c in ('words', 'own_words', 'causality_n', 'intensity_n', 'attribution_n'):
        equal(sum(int(r[c]) for r in rows), int(whole[c]), c)
    for c in ('causality_pos', 'certainty_neg'):
        equal(round(sum(float(r[c]) for r in rows), 3), float(whole[c]), c)
    equal([r['sentence'] for r in rows], [str(k) for k in range(len(rows))])
    P.run('score', '--by', 'sentence', '--ci', path, ok=(2,))
    P.run('compare', '--by', 'sentence', path, ok=(2,))


def comparison():
    """compare: rates as in score --by after folding copies, intervals hold the rate, q is never below p"""
    rows = [{'id': str(k), 'site': 'AB'[k % 2], 'text': ('Despite it all, ' * (1 + k % 2 * 3)) + f'the town of {k} went on with its day and nobody said a word.'} for k in range(40)]
    path = P.put('two.jsonl', ''.join(json.dumps(r) + '\n' for r in rows))
    out = table(P.run('compare', '--by', 'site', path).stdout)
    c = {r['group']: r for r in out if r['dimension'] == 'causality'}
    need(float(c['A']['rate']) < float(c['B']['rate']) and float(c['A']['difference_hi']) < 0 and float(c['A']['p']) < .01, f'{c}')
    for r in out:
        need(not r['p'] or float(r['q']) >= float(r['p']), f'{r}')
        need(float(r['rate_lo']) <= float(r['rate']) <= float(r['rate_hi']), f'{r}')
    twice = table(P.run('compare', '--by', 'site', path, path).stdout)
    equal([r['rate'] for r in twice], [r['rate'] for r in out], 'copies are not folded')
    P.run('compare', path, ok=(2,))
    one = table(P.run('compare', '--by', 'site', P.put('one.jsonl', json.dumps(rows[0]))).stdout)
    need(all(r['p'] == '' and 'nan' not in ''.join(r.values()).lower() for r in one), f'{one[0]}')


def about():
    """--about: only sentences that mention the target, their words as denominator"""
    path = P.put('about.txt', 'Despite rain, the harbor opened. Despite wind, the airport closed.')
    row = table(P.run('score', '--about', 'harbor', path).stdout)[0]
    equal((row['words'], row['causality_n'], row['causality']), ('5', '1', '200'))
    row = table(P.run('score', '--about', P.put('targets', 'harbor\n(airport|airports)\n'), path).stdout)[0]
    equal((row['words'], row['causality_n']), ('10', '2'))
    row = table(P.run('score', '--about', 'nothing-here', path).stdout)[0]
    equal((row['words'], row['causality_n'], row['causality']), ('0', '0', ''))
    P.run('score', '--about', '(open', path, ok=(2,))


def intervals():
    """--ci: the interval holds the rate; without cues it starts at 0"""
    row = table(P.run('score', '--ci', P.put('t.txt', TEXT)).stdout)[0]
    need(0 < float(row['causality_lo']) < float(row['causality']) < float(row['causality_hi']), f"{row['causality_lo']}")
    equal(row['threat_lo'], '0')
    long = table(P.run('score', '--ci', P.put('long.txt', TEXT * 6)).stdout)[0]
    need(float(long['causality_lo']) <= float(long['causality']) <= float(long['causality_hi']), 'bootstrap')
    equal(long, table(P.run('score', '--ci', P.put('long.txt', TEXT * 6)).stdout)[0] | {'run': long['run']}, 'not repeatable')


def concordance():
    """cues --sort orders by the key and loses no row; --group counts"""
    path = P.put('t.txt', TEXT * 3)
    rows = P.run('cues', path).stdout.splitlines()
    for key in ('text', 'entry', 'category', 'speaker', 'site', 'left', 'right'):
        equal(sorted(P.run('cues', '--sort', key, path).stdout.splitlines()), sorted(rows), key)
    texts = [r['text'].lower() for r in table(P.run('cues', '--sort', 'text', path).stdout)]
    equal(texts, sorted(texts, key=lambda t: t.encode()))
    groups = table(P.run('cues', '--group', 'text', path).stdout)
    equal(sum(int(r['n']) for r in groups), len(texts))
    equal([int(r['n']) for r in groups], sorted((int(r['n']) for r in groups), reverse=True))
    P.run('cues', '--sort', 'nonsense', path, ok=(2,))
    docs = P.put('many.jsonl', ''.join(json.dumps({'id': i, 'text': 'It fell because of rain, or because it was old. It may fall.'}) + '\n' for i in range(3)))
    groups = {r['entry']: r['n'] for r in table(P.run('cues', '--group', 'entry', docs).stdout)}
    equal((groups['because'], groups['because of']), ('3', '3'))
    rows = table(P.run('cues', '--entry', 'because', '--context', '1', '--sort', 'left', docs).stdout)
    equal({(r['entry'], r['left'], r['right'], r['sentence_text']) for r in rows}, {('because', 'or ', ' it ', 'It fell because of rain, or because it was old.')})
    equal(table(P.run('cues', '--entry', 'because', '--context', '500', docs).stdout)[0]['left'], 'It fell because of rain, or ')
    need(b'no such entry' in P.run('cues', '--entry', 'no entry at all', docs, ok=(2,)).stderr, 'an entry that is none')


def validation():
    """validate: agreement worked out by hand; unknown ids are said; --misses; --sample draws with weights that add up"""
    docs = [{'id': f'd{k}', 'text': 'Despite rain, it opened. It closed. It may rain.'} for k in range(4)]
    path = P.put('docs.jsonl', ''.join(json.dumps(d) + '\n' for d in docs))
    gold = 'id,sentence,causality.concession,certainty\n' + ''.join(f'd{k},0,{int(k > 0)},0\nd{k},1,{int(k == 0)},0\nd{k},2,0,1\n' for k in range(4)) + 'nobody,0,1,1\n'
    p = P.run('validate', P.put('gold.csv', gold), path)
    rows = {r['category']: r for r in table(p.stdout)}
    c = rows['causality.concession']
    equal((c['unit'], c['n'], c['tp'], c['fp'], c['fn'], c['tn']), ('sentence', '12', '3', '1', '1', '7'))
    equal((c['precision'], c['recall'], c['f1']), ('0.75', '0.75', '0.75'))
    # two of twelve differ; 8 of 24 codes are ones: alpha = 1 - (2/12) / (2 * 8 * 16 / (24 * 23))
    equal(c['alpha'], f'{1 - (2 / 12) / (2 * 8 * 16 / (24 * 23)):.4f}')
    equal((rows['certainty']['f1'], rows['certainty']['alpha']), ('1', '1'))
    need(b'1 of 13 gold rows' in p.stderr and b'"nobody"' in p.stderr, p.stderr)
    misses = table(P.run('validate', '--misses', os.path.join(P.dir, 'gold.csv'), path).stdout)
    equal(sorted((m['id'], m['sentence'], m['kind'], m['cue'], m['entry']) for m in misses),
          [('d0', '0', 'false', 'Despite', 'despite'), ('d0', '1', 'missed', '', '')])
    spans = 'id,start,causality.concession\n' + ''.join(f'd{k},3,{int(k > 0)}\nd{k},25,0\nd{k},900,1\n' for k in range(4))
    p = P.run('validate', P.put('spans.csv', spans), path)
    c = table(p.stdout)[0]
    equal((c['n'], c['tp'], c['fp'], c['fn'], c['tn'], c['reason']), ('8', '3', '1', '0', '4', ''))
    need(b'4 of 12 gold rows' in p.stderr, p.stderr)
    equal(table(P.run('validate', P.put('flat.csv', 'id,sentence,causality.cause\nd0,0,0\nd1,0,0\n'), path).stdout)[0]['reason'], 'nothing varies')
    equal(table(P.run('validate', P.put('none.csv', 'id,sentence,causality.cause\nd0,0,\n'), path).stdout)[0]['reason'], 'fewer than two units')
    P.run('validate', P.put('bad.csv', 'id,sentence,causality\nd0,-1,1\n'), path, ok=(2,))
    rates = table(P.run('validate', P.put('rates.csv', 'id,causality\nd0,1\nd1,1\nd2,1\n'), path).stdout)[0]
    equal((rates['unit'], rates['n'], rates['spearman']), ('document', '3', ''))
    sheet = table(P.run('validate', '--sample', '6', '-d', 'causality', path).stdout)
    equal((len(sheet), list(sheet[0])[-1], round(sum(float(r['weight']) for r in sheet))), (6, 'causality', 12))
    equal(sheet, table(P.run('validate', '--sample', '6', '-d', 'causality', '-j', '2', path).stdout), 'not repeatable')
    P.run('validate', P.put('bad.csv', 'id,nonsense\na,1\n'), path, ok=(2,))
    P.run('validate', P.put('bad.csv', 'id,causality\na,x\n'), path, ok=(2,))
    P.run('validate', '/absent.csv', path, ok=(3,))


def html():
    """annotate and diff as HTML: one page, every cue marked, everything escaped"""
    path = P.put('h.txt', TEXT + 'A <b>tag</b> & "quotes" despite it.')
    page = P.run('annotate', '--format', 'html', path).stdout.decode()
    need(page.startswith('<!doctype html>') and page.rstrip().endswith('</html>') and '<b>tag' not in page and '&lt;b&gt;tag' in page, 'escaping')
    need('<script' not in page and 'http' not in page.split('</style>')[1], 'the page is not self-contained')
    need(page.count('<mark') >= 8 and 'title="Elena Marsh"' in page, 'marks')
    page = P.run('diff', '--format', 'html', path, P.put('i.txt', TEXT)).stdout.decode()
    need('<del>' in page and page.count('<body>') == 1, 'diff page')


main([offsets_hold, scores_recomputable, voices, offset_units, jsonl_in, csv_in, formats, score_options, cues_filter, languages, lexicons, outputs,
      exits, run_digest, groups, by_sentence, mistakes, inputs_are_spared, help_texts, comparison, about, intervals, concordance, validation, html])
