"""Outputs that other tools take as they are: features, Excel, Frictionless, W3C annotations, brat. Read back with those tools where they are installed."""
import csv, io, json, os, re, shutil, subprocess, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import ROOT, Program, Skip, equal, main, need

P = Program(sys.argv[1])
CORPUS = [os.path.join(ROOT, 'corpus', name) for name in ('pages', 'posts')]


def table(text, sep=','):
    return list(csv.DictReader(io.StringIO(text, newline=''), delimiter=sep))


def tool(*args, stdin=b''):
    if not shutil.which(args[0]):
        raise Skip(f'{args[0]} is not installed')
    p = subprocess.run(args, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=P.dir, timeout=120 * P.slow)
    equal(p.returncode, 0, p.stderr.decode()[-300:])
    return p.stdout.decode()


def features():
    """--features has a row for each category of each document, with the counts of --categories"""
    got = table(P.run('score', *CORPUS, '--features').stdout.decode())
    need(len(got) > 100 and list(got[0]) == ['doc_id', 'feature', 'n'], got[:2])
    wide = table(P.run('score', *CORPUS, '--categories').stdout.decode())
    want = {(r['id'], c[:-2]): int(r[c]) for r in wide for c in r if '.' in c and c.endswith('_n') and r[c] not in ('', '0')}
    equal({(r['doc_id'], r['feature']): int(r['n']) for r in got}, want, 'triplets')
    P.run('score', *CORPUS, '--features', '--long', ok=(2,))
    line = json.loads(P.run('score', *CORPUS, '--features', '--format', 'jsonl').stdout.splitlines()[0])
    equal(list(line), ['doc_id', 'feature', 'n'], 'jsonl')


def features_in_r():
    """R makes a document-feature matrix of them"""
    P.run('score', *CORPUS, '--features', '-o', 'features.csv')
    script = ('x <- read.csv("features.csv", stringsAsFactors = FALSE); m <- xtabs(n ~ doc_id + feature, x);'
              'cat(nrow(m), ncol(m), sum(m), is.integer(x$n), "\\n")')
    docs, names, total, whole = tool('Rscript', '-e', script).split()
    got = table(open(os.path.join(P.dir, 'features.csv'), newline='').read())
    equal((int(docs), int(names), int(float(total)), whole),
          (len({r['doc_id'] for r in got}), len({r['feature'] for r in got}), sum(int(r['n']) for r in got), 'TRUE'), 'matrix')


def excel():
    """--excel: byte order mark, CR LF, an apostrophe before formulas and before nothing else"""
    rows = [{'id': '=HYPERLINK("http://x")', 'title': '+1 reason', 'text': 'Crime plunged.', 'site': '@site', 'author': '-0.5', 'section': '\tx'},
            {'id': 'plain', 'title': 'A - B = C', 'text': 'It fell.', 'author': "O'Neill"}]
    P.put('excel.jsonl', ''.join(json.dumps(r) + '\n' for r in rows))
    out = P.run('score', 'excel.jsonl', '--excel').stdout
    need(out.startswith(b'\xef\xbb\xbfid,'), out[:20])
    need(out.endswith(b'\r\n') and out.count(b'\n') == out.count(b'\r\n'), 'line ends')
    got = table(out.decode('utf-8-sig'))
    equal([got[0][k] for k in ('id', 'title', 'site', 'author')], ['\'=HYPERLINK("http://x")', "'+1 reason", "'@site", '-0.5'], 'guarded')
    equal([got[1][k] for k in ('id', 'title', 'author')], ['plain', 'A - B = C', "O'Neill"], 'left alone')
    plain = table(P.run('score', 'excel.jsonl').stdout.decode())
    equal(plain[0]['id'], rows[0]['id'], 'without --excel')
    for a, b in zip(got, plain):
        equal({k: v.lstrip("'") for k, v in a.items()}, {k: v.lstrip("'") for k, v in b.items()}, 'cells')
    P.run('score', 'excel.jsonl', '--excel', '--format', 'jsonl', ok=(2,))
    cues = table(P.run('cues', 'excel.jsonl', '--excel').stdout.decode('utf-8-sig'))
    need(cues and all(not v or v[0] not in '=+@' for c in cues for v in c.values()), 'cues')


PYTHON = {'integer': int, 'number': float, 'string': str, 'boolean': lambda v: {'true': True, 'false': False}[v]}


def packages():
    """--datapackage: every column has a type that its cells fit; score's have a meaning"""
    os.makedirs(os.path.join(P.dir, 'p'), exist_ok=True)
    for verb, *args in (('score', '--categories', '--voices', '--ci'), ('cues',), ('extract', '--format', 'csv'), ('score', '--long')):
        shutil.rmtree(os.path.join(P.dir, 'p'))
        os.makedirs(os.path.join(P.dir, 'p'))
        P.run(verb, *CORPUS, *args, '-o', 'p/out.csv', '--datapackage')
        with open(os.path.join(P.dir, 'p', 'datapackage.json')) as f:
            package = json.load(f)
        resource = package['resources'][0]
        text = open(os.path.join(P.dir, 'p', resource['path']), newline='').read()
        rows = table(text)
        fields = resource['schema']['fields']
        equal([f['name'] for f in fields], list(rows[0]), f'{verb} columns')
        equal(resource['bytes'], os.path.getsize(os.path.join(P.dir, 'p', 'out.csv')), 'bytes')
        for row in rows:
            for field in fields:
                if row[field['name']] not in resource['schema']['missingValues']:
                    PYTHON[field['type']](row[field['name']])
        kinds = {f['type'] for f in fields}
        need('integer' in kinds or verb == 'extract', kinds)
        equal(package['framescope']['run'], json.load(open(os.path.join(P.dir, 'p', 'out.csv.run.json')))['run'], 'run')
        if verb == 'score':
            equal([f['name'] for f in fields if not f.get('description')], [], 'columns without a meaning')


def package_of_others():
    """a datapackage.json of other files is left as it is; without a file to describe there is none"""
    P.put('q/datapackage.json', '{"resources":[{"path":"mine.csv"}]}')
    p = P.run('score', CORPUS[1], '-o', 'q/out.csv', '--datapackage', ok=(3,))
    need('folder of its own' in p.stderr.decode(), p.stderr)
    equal(open(os.path.join(P.dir, 'q', 'datapackage.json')).read(), '{"resources":[{"path":"mine.csv"}]}', 'theirs')
    P.run('score', CORPUS[1], '--datapackage', ok=(2,))


def csvkit():
    """csvkit reads the table and sees the types"""
    P.run('score', *CORPUS, '-o', 'kit.csv')
    got = tool('csvcut', '-c', 'id,words,causality', 'kit.csv')
    equal(len(got.splitlines()) - 1, len(table(open(os.path.join(P.dir, 'kit.csv'), newline='').read())), 'rows')
    made = json.loads(tool('csvjson', 'kit.csv'))
    need(all(isinstance(r['words'], (int, float)) for r in made if r['status'] == 'ok'), 'numbers')


def w3c():
    """--format w3c: quote and position select the same characters of the text"""
    source = [os.path.join(ROOT, 'corpus', 'pages', 'german-wetter.html'), os.path.join(ROOT, 'corpus', 'pages', 'beacon-city-crime.html')]
    notes = P.jsonl('annotate', *source, '--format', 'w3c')
    whole = {d['url'] or d['canonical'] or d['source']: d for d in P.jsonl('annotate', *source, '--format', 'jsonl')}
    equal(len(notes), sum(len(d['cues']) for d in whole.values()), 'annotations')
    need(len(notes) > 10 and len({n['id'] for n in notes}) == len(notes), 'ids')
    for n in notes:
        equal((n['@context'], n['type'], n['motivation']), ('http://www.w3.org/ns/anno.jsonld', 'Annotation', 'classifying'), 'model')
        text = whole[n['target']['source']]['text']
        quote, position = n['target']['selector']
        start, end = position['start'], position['end']
        equal(text[start:end], quote['exact'], 'exact')
        need(text[:start].endswith(quote['prefix']) and text[end:].startswith(quote['suffix']), quote)
        need('.' in n['body'][0]['value'], n['body'])


def brat():
    """--format brat: files that brat's own rules hold for: spans of the text, no line end within, arguments that are there"""
    P.run('annotate', *CORPUS, '--format', 'brat', '-o', 'brat')
    folder = os.path.join(P.dir, 'brat')
    names = sorted(n[:-4] for n in os.listdir(folder) if n.endswith('.ann'))
    documents = P.jsonl('annotate', *CORPUS, '--format', 'jsonl')
    equal(len(names), len(documents), 'files')
    types = set(re.findall(r'^([\w-]+)', open(os.path.join(folder, 'annotation.conf')).read(), re.M))
    bound = 0
    for name, document in zip(names, documents):
        text = open(os.path.join(folder, name + '.txt'), newline='').read()
        equal(text, document['text'] or '', name)
        known = {}
        for line in open(os.path.join(folder, name + '.ann'), newline='').read().splitlines():
            ident, body, *rest = line.split('\t')
            if ident[0] == 'T':
                kind, places = body.split(' ', 1)
                parts = [tuple(map(int, p.split())) for p in places.split(';')]
                need(all('\n' not in text[a:b] and a < b for a, b in parts), line)
                equal(' '.join(text[a:b] for a, b in parts).split(), rest[0].split(), line)
                need(kind in types, kind)
                bound += 1
            elif ident[0] == 'E':
                need(all(p.split(':')[1] in known for p in body.split()), line)
            elif ident[0] in 'A#':
                need(body.split()[1] in known, line)
            known[ident] = body
    need(bound > 400, bound)
    need('-o' in P.run('annotate', *CORPUS, '--format', 'brat', ok=(2,)).stderr.decode(), 'a folder is needed')
    P.put('file', 'x')
    P.run('annotate', *CORPUS, '--format', 'brat', '-o', 'file', ok=(3,))


main([features, features_in_r, excel, packages, package_of_others, csvkit, w3c, brat])
