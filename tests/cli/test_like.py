"""score --like: counts as LIWC, quanteda and VADER have them, against counts by hand and, for VADER, against npm's vader-sentiment."""
import csv, io, json, os, random, shutil, subprocess, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import Program, Skip, equal, main, need

P = Program(sys.argv[1])


def score(like, lexicon, *texts, args=()):
    P.put('in.jsonl', ''.join(json.dumps({'id': str(i), 'text': t}) + '\n' for i, t in enumerate(texts)))
    p = P.run('score', '--like', like, '--lexicon', lexicon, 'in.jsonl', '--format', 'csv', '-q', *args)
    return list(csv.DictReader(io.StringIO(p.stdout.decode(), newline='')))


DIC = '%\n1\tposemo\n2\tsocial\n3\tnegate\n4\tquant\n%\nhappy\t1\nhapp*\t1\nkind of\t4\nkind\t1\t2\nfriend*\t2\nnot\t3\nthank you\t1\t2\nyou\t2\n'


def liwc():
    """LIWC: percent of words, phrases before words, a term once in each of its categories"""
    d = P.put('d.dic', DIC)
    # 10 words; kind of (quant, 2 words), happy (posemo, once though two terms match), friend's is another word, friends (social), thank you (both)
    rows = score('liwc', d, 'A kind of happy man, not her friend. Thank you!', 'Nothing here.', '')
    r = rows[0]
    equal((r['words'], r['sentences'], r['dic'], r['posemo'], r['social'], r['negate'], r['quant']), ('10', '2', '70', '20', '20', '10', '10'))
    equal([rows[1][k] for k in ('words', 'dic', 'posemo')], ['2', '0', '0'])
    equal((rows[2]['status'], rows[2]['posemo']), ('empty', ''))
    # 7 words, 3 of them kind: 42.86 %
    equal(score('liwc', d, 'kind, kind of kind and kind ones')[0]['posemo'], '42.86')
    rows = score('liwc', d, 'kind you', "friend's kindness", args=['--long'])
    equal([(x['id'], x['category'], x['n'], x['percent']) for x in rows], [('0', 'posemo', '1', '50'), ('0', 'social', '2', '100')])


YML = 'country:\n  - united states\n  - united kingdom\nnation:\n  - united\n  - united states\nplace:\n  US: [united states, "state*"]\n  UK: [kingdom]\n'


def quanteda():
    """quanteda's tokens_lookup: nested terms count once in a key, or in the dictionary; levels; what is exclusive"""
    y = P.put('d.yml', YML)
    text = 'The United States and the United Kingdom are united states'
    # key: nation has "united states" twice and the "united" of the kingdom; US the same two, their "states" not again
    r = score('quanteda', y, text)[0]
    equal([r[k] for k in ('words', 'country', 'nation', 'place.us', 'place.uk')], ['10', '3', '3', '2', '1'])
    # dictionary: united kingdom has taken its words, so neither "united" nor "kingdom" is left
    r = score('quanteda', y, text, args=['--nested-scope', 'dictionary'])[0]
    equal([r[k] for k in ('country', 'nation', 'place.us', 'place.uk')], ['3', '2', '2', '0'])
    # levels: US and UK are one key
    r = score('quanteda', y, text, args=['--levels', '1'])[0]
    equal([r[k] for k in ('country', 'nation', 'place')], ['3', '3', '3'])
    need('place.us' not in r, r)
    r = score('quanteda', y, text, args=['--levels', '2'])[0]
    equal({k: r[k] for k in r if k not in ('id', 'source', 'status', 'words')}, {'us': '2', 'uk': '1'})
    # overlaps that are not nested: a key takes a word once, another key may take it again
    z = P.put('z.yml', 'a:\n  - x y\n  - y z\nb:\n  - y z\n')
    r = score('quanteda', z, 'x y z')[0]
    equal((r['a'], r['b']), ('1', '1'))
    r = score('quanteda', z, 'x y z', args=['--nested-scope', 'dictionary'])[0]
    equal((r['a'], r['b']), ('1', '1'))
    rows = score('quanteda', y, 'Not united, not a State', args=['--long', '--exclusive', 'no'])
    equal([(x['doc'], x['feature'], x['n']) for x in rows], [('0', 'nation', '1'), ('0', 'place.us', '1'), ('0', 'not', '2'), ('0', 'a', '1')])


def options():
    """options that do not go together say so; output is the same for every -j"""
    y = P.put('d.yml', YML)
    t = P.put('t.txt', 'A text.')
    for args in (['--like', 'nonsense', '-l', y], ['--like', 'liwc'], ['--like', 'liwc', '-l', y, '--levels', '1'], ['--like', 'quanteda', '-l', y, '--exclusive', 'no'],
                 ['--like', 'quanteda', '-l', y, '--nested-scope', 'x'], ['--like', 'liwc', '-l', y, '--by', 'site'], ['--like', 'liwc', '-l', y, '--format', 'json']):
        P.run('score', *args, t, ok=(2,))
    P.put('many.jsonl', ''.join(json.dumps({'text': f'united states {i} ' + 'kingdom ' * (i % 7) + 'x ' * 400}) + '\n' for i in range(3000)))
    one = P.run('score', '--like', 'quanteda', '-l', y, 'many.jsonl', '-j1', '--format', 'csv').stdout
    equal(P.run('score', '--like', 'quanteda', '-l', y, 'many.jsonl', '-j4', '--format', 'csv').stdout, one, '-j')
    need(len(one.splitlines()) == 3001, len(one))


# valences of our own
LEX = 'good\t1.9\nbad\t-2.5\nlove\t3.2\nhate\t-2.7\nno\t-1.2\nfine\t0.8\n:)\t2.0\n'


def compound(x):
    return round(x / (x * x + 15) ** 0.5, 4)


def vader():
    """VADER: degree, capitals, negation, contrast, marks, idioms, worked out by hand"""
    v = P.put('own.vader', LEX)
    cases = {
        'A good day': 1.9, 'A GOOD day': 1.9 + .733, 'GOOD': 1.9, 'A very good day': 1.9 + .293, 'A VERY good day': 1.9 + .293 + .733,
        'very much good': 1.9 + .293 * .95, 'very much so good': (1.9 + .293 + .293 * .9) * 1.25, 'A slightly bad day': -2.5 + .293, 'not good': 1.9 * -.74, "isn't a good day": 1.9 * -.74,
        'never so good': (1.9 + .293) * 1.25, 'without doubt good': 1.9, 'no good': 1.9 * -.74, 'the least good day': 1.9 * -.74, 'at least good': 1.9, 'good but bad': 1.9 * .5 - 2.5 * 1.5,
        'kind of a good day': 1.9 - .293, 'good!': 1.9 + .292, 'good!!!!!': 1.9 + 4 * .292, 'good??': 1.9 + .36, 'good????': 1.9 + .96, 'bad!': -2.5 - .292,
        'hi :)': 2.0, 'love, (hate).': 3.2 - 2.7, 'a b c': 0, 'it is to be fine': .8, 'sort of really bad': (-2.5 - .293) - .293,
    }
    rows = score('vader', v, *cases)
    for (text, sum_), row in zip(cases.items(), rows):
        need(abs(float(row['compound']) - compound(sum_)) < .00011, f"{text}: {row['compound']}, by hand {compound(sum_)}")
    # shares: good counts 1.9 + 1, a word without valence 1
    r = score('vader', v, 'A good day', 'bad day!')
    equal((r[0]['neg'], r[0]['neu'], r[0]['pos']), ('0', '0.408', '0.592'))
    equal((r[1]['neg'], r[1]['neu'], r[1]['pos']), ('0.791', '0.209', '0'))
    # the same dictionary in our own form
    P.run('lexicon', 'convert', v, 'own.tsv')
    equal([x['compound'] for x in score('vader', 'own.tsv', *cases)], [x['compound'] for x in rows], 'converted')


def npm():
    """npm's vader-sentiment agrees on 1,000 generated sentences where its rules are the documented ones"""
    if not shutil.which('npm') or not shutil.which('node'):
        raise Skip('npm or node is not here')
    folder = os.path.join(P.dir, 'npm')
    os.makedirs(folder)
    try:
        got = subprocess.run(['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', 'vader-sentiment@1.1.3'], cwd=folder, timeout=90, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired:
        raise Skip('npm install takes too long')
    if got.returncode:
        raise Skip('npm install failed: ' + got.stdout.decode('utf-8', 'replace').strip()[-120:].replace('\n', ' '))
    lexicon = os.path.join(folder, 'vader.vader')
    shutil.copy(os.path.join(folder, 'node_modules/vader-sentiment/vader_lexicon.txt'), lexicon)
    rng = random.Random(4)
    loaded = 'good bad great terrible love hate nice awful wonderful horrible happy sad angry excellent poor best worst brilliant boring kind cruel win lose hope fear'.split()
    things = 'the mayor, the plan, this film, our town, the weather, the new road, their answer, the show'.split(', ')
    degrees = 'very really extremely slightly somewhat barely so totally hardly'.split()
    nots = ["is not", "isn't", "was never", "is hardly", "is", "was", "seems", "looks"]
    marks = ['.', '!', '!!', '!!!', '?', '??', '', ', that is all.']

    def phrase():
        words = [rng.choice(things), rng.choice(nots)]
        if rng.random() < .5:
            words.append(rng.choice(degrees))
        words.append(rng.choice(loaded))
        if rng.random() < .2:
            words[-1] = words[-1].upper()
        return ' '.join(words)

    texts = []
    while len(texts) < 1000:
        text = phrase()
        if rng.random() < .3:
            text += rng.choice([' but ', ' and ', ', but ']) + phrase()
        text = text[0].upper() + text[1:] + rng.choice(marks)
        if 'never so' not in text:
            texts.append(text)
    texts += list(DIFFER)
    with open(os.path.join(folder, 'in.json'), 'w') as f:
        json.dump(texts, f)
    js = "const v=require('vader-sentiment');const t=JSON.parse(require('fs').readFileSync('in.json'));console.log(JSON.stringify(t.map(x=>v.SentimentIntensityAnalyzer.polarity_scores(x))))"
    theirs = json.loads(subprocess.run(['node', '-e', js], cwd=folder, stdout=subprocess.PIPE, check=True, timeout=60).stdout)
    ours = score('vader', lexicon, *texts)
    for text, a, b in zip(texts, ours, theirs):
        near = all(abs(float(a[k]) - b[k]) < .00151 for k in ('neg', 'neu', 'pos')) and abs(float(a['compound']) - b['compound']) < .00016
        need(near != (text in DIFFER), f'{text!r}: {a}, npm {b}{" (" + DIFFER[text] + ")" if text in DIFFER else ""}')
    print(f'# {len(texts) - len(DIFFER)} of {len(texts) - len(DIFFER)} agree; known to differ: {"; ".join(sorted(set(DIFFER.values())))}', flush=True)


# where npm's port leaves the reference implementation that we follow
DIFFER = {
    'It was a good day': 'words of one letter are left out',
    'The show was never so good': 'never so: 1.5 for 1.25',
    'There is no hope here': 'no before a word does not negate it',
    'It was without doubt good here': 'without doubt negates',
    'The plan was "really good"!': 'only one mark at one side is stripped',
    'An incredible, truly tremendous success here': 'fewer words of degree',
}

main([liwc, quanteda, options, vader, npm])
