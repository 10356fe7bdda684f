"""ingest: documents, versions and analyses in SQLite, read back with Python's sqlite3 module."""
import csv, glob, html.parser, io, json, os, random, re, resource, shutil, signal, sqlite3, subprocess, sys, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import ROOT, Program, Skip, equal, main, need

P = Program(sys.argv[1])
CORPUS = [os.path.join(ROOT, 'corpus', name) for name in ('pages', 'posts')]
TABLES = ('runs current dimensions categories entries documents versions captures analyses scores counts cues relations speech revisions').split()
NEWS = [{'id': 'a', 'url': 'https://example.org/a', 'title': 'Crime plunges', 'text': 'Crime plunged because of patrols, police said.',
         'site': 'Example', 'published': '2026-01-02'},
        {'id': 'b', 'url': 'https://example.org/b', 'title': 'Rain', 'text': 'Critics claimed that the reform failed.', 'site': 'Other'}]


def jsonl(name, *rows):
    return P.put(name, ''.join(json.dumps(r) + '\n' for r in rows))


def database(name, *inputs, args=(), ok=(0,)):
    path = os.path.join(P.dir, name)
    P.run('ingest', *inputs, '--db', path, *args, ok=ok)
    return path


def rows(path, sql, *values):
    db = sqlite3.connect(path)
    try:
        return db.execute(sql, values).fetchall()
    finally:
        db.close()


def dump(path):
    return {t: rows(path, f'SELECT * FROM {t} ORDER BY 1, 2, 3' if t not in ('current',) else 'SELECT * FROM current') for t in TABLES}


def number(cell):
    return None if cell == '' else round(float(cell), 4)


def same_as_score():
    """the view wide has the rows, columns and numbers of the score table"""
    path = database('wide.db', *CORPUS)
    want = list(csv.DictReader(io.StringIO(P.run('score', *CORPUS, '--format', 'csv').stdout.decode())))
    db = sqlite3.connect(path)
    cursor = db.execute('SELECT * FROM wide')
    names = [c[0] for c in cursor.description]
    equal(names, list(want[0]), 'columns')
    got = {r[1]: dict(zip(names, r)) for r in cursor}
    seen = 0
    for row in want:
        if row['source'] not in got:  # a text that a page and a file of posts share is one version
            continue
        seen += 1
        for name in names:
            cell = got[row['source']][name]
            if isinstance(cell, (int, float)):
                equal(round(cell, 4), number(row[name]), f"{row['source']} {name}")
            else:
                equal(cell or '', row[name], f"{row['source']} {name}")
    need(seen >= len(want) - 1, f'{seen} of {len(want)}')
    equal(db.execute('PRAGMA integrity_check').fetchall(), [('ok',)], 'integrity')
    equal(db.execute('PRAGMA foreign_key_check').fetchall(), [], 'foreign keys')
    equal(db.execute('PRAGMA journal_mode').fetchall(), [('delete',)], 'one file')


def again_changes_nothing():
    """the same input twice gives the same rows; so does any -j"""
    path = database('twice.db', *CORPUS, args=['-j', '1'])
    before = dump(path)
    with open(path, 'rb') as f:
        size = len(f.read())
    database('twice.db', *CORPUS, args=['-j', '1'])
    equal(dump(path), before, 'rows')
    equal(os.path.getsize(path), size, 'size')
    many = [dict(NEWS[0], id=f'n{k}', url=f'https://example.org/{k}', text=f'Crime plunged in town {k}. ' * 150) for k in range(320)]
    source = jsonl('many.jsonl', *many)
    equal(dump(database('j1.db', source, args=['-j', '1'])), dump(database('j3.db', source, args=['-j', '3'])), '-j')


def versions():
    """a new text of a known address or id is a version; a text seen again is not"""
    new = dict(NEWS[0], text='Crime dropped after patrols, police said.')
    path = database('versions.db', jsonl('v1.jsonl', *NEWS))
    database('versions.db', jsonl('v2.jsonl', new, NEWS[1]))
    equal(rows(path, 'SELECT key, versions FROM articles ORDER BY key'), [('example.org/a', 2), ('example.org/b', 1)], 'versions')
    equal(rows(path, "SELECT text FROM articles WHERE key = 'example.org/a'")[0][0].split('\n')[-1], new['text'], 'latest')
    database('versions.db', jsonl('v1.jsonl', *NEWS))
    equal(rows(path, 'SELECT count(*) FROM versions'), [(3,)], 'after the first again')


def in_time():
    """the latest version is the one captured last, in whatever order they come"""
    late = dict(NEWS[0], captured='2026-02-01T00:00:00Z', text='Late text.')
    early = dict(NEWS[0], captured='2026-01-01T00:00:00Z', text='Early text.')
    path = database('time.db', jsonl('t.jsonl', late, early))
    equal(rows(path, 'SELECT text FROM articles')[0][0].split('\n')[-1], 'Late text.', 'latest')


def found_by_words():
    """full text finds title and text, accents aside"""
    path = database('words.db', jsonl('w.jsonl', NEWS[0], dict(NEWS[1], text='Das Café blieb geöffnet.')))
    find = 'SELECT v.id FROM fulltext f JOIN versions v ON v.version = f.rowid WHERE fulltext MATCH ?'
    equal(rows(path, find, 'cafe'), [('b',)], 'cafe')
    equal(rows(path, find, 'title: plunges'), [('a',)], 'title')
    equal(rows(path, "INSERT INTO fulltext (fulltext, rank) VALUES ('integrity-check', 1)"), [], 'index fits the texts')


def anew():
    """without inputs, what is kept is analysed under other lexicons; the old analysis stays"""
    lexicon = P.put('mine.tsv', '#lexicon\tmine\n#language\ten\n#version\t1\n#license\tnone\n#role\tscored\n#dimension\tmine\n#poles\twatch=o\n#source\ttest\n'
                    'pattern\tcategory\tweight\tnote\npatrols\twatch\t2\tx\n')
    path = database('anew.db', jsonl('n.jsonl', *NEWS))
    database('anew.db', args=['--lexicon', lexicon])
    equal(rows(path, 'SELECT count(DISTINCT run), count(*) FROM analyses'), [(2, 4)], 'analyses')
    equal(rows(path, 'SELECT id, mine_n, mine_own_n FROM wide ORDER BY id'), [('a', 1, 0), ('b', 0, 0)], 'wide')
    equal(rows(path, 'SELECT count(*) FROM versions'), [(2,)], 'versions')


def not_ours():
    """databases of others, of newer framescopes, and files that are none are left as they are"""
    other = os.path.join(P.dir, 'other.db')
    sqlite3.connect(other).execute('CREATE TABLE t (x)').connection.commit()
    newer = database('newer.db', jsonl('o.jsonl', NEWS[0]))
    db = sqlite3.connect(newer)
    db.execute('PRAGMA user_version = 99')
    db.commit()
    db.close()
    text = P.put('text.db', 'This is no database, but a text of some length that a user named by mistake. ' * 20)
    for path, word in ((other, 'another program'), (newer, 'schema version 99'), (text, 'no database')):
        with open(path, 'rb') as f:
            before = f.read()
        p = P.run('ingest', jsonl('o.jsonl', NEWS[0]), '--db', path, ok=(2,))
        need(word in p.stderr.decode(), p.stderr)
        with open(path, 'rb') as f:
            need(f.read() == before, f'{path} changed')


def nowhere():
    """no --db, a folder that is not there, no inputs and no database: errors that say what to do"""
    need('--db' in P.run('ingest', jsonl('o.jsonl', NEWS[0]), ok=(2,)).stderr.decode(), 'no --db')
    need('folder' in P.run('ingest', jsonl('o.jsonl', NEWS[0]), '--db', 'no/such/x.db', ok=(3,)).stderr.decode(), 'no folder')
    p = P.run('ingest', 'absent.jsonl', '--db', 'absent.db', ok=(3,))
    need('absent.jsonl' in p.stderr.decode(), p.stderr)


def from_the_store():
    """score, cues, annotate and compare say of a database what they say of its inputs, byte for byte"""
    source = jsonl('again.jsonl', *NEWS, dict(NEWS[1], id='c', url='https://example.org/c', text='Prices soared “out of control”, Mr. Ames said.\n\nWhy?'))
    path = database('again.db', source, args=['--keep=id'])
    for verb, *args in (('score',), ('score', '--long'), ('score', '--by', 'site'), ('cues',), ('annotate',), ('compare', '--by', 'site'), ('score', '--about', 'crime')):
        want, got = P.run(verb, *args, source).stdout, P.run(verb, *args, '--db', path).stdout
        equal(got, want, f'{verb} {args}')
    p = P.run('score', source, '--db', path, ok=(2,))
    need('exclude' in p.stderr.decode(), p.stderr)
    p = P.run('score', '--db', path, '--text-only', ok=(2,))
    need('--text-only' in p.stderr.decode(), p.stderr)
    rows_ = list(csv.DictReader(io.StringIO(P.run('score', '--db', path, '--keep=id').stdout.decode())))
    equal([r['in_id'] for r in rows_], ['a', 'b', 'c'], 'carried')


def all_versions():
    """--versions gives each version a row"""
    path = database('all.db', jsonl('v1.jsonl', *NEWS), jsonl('v2.jsonl', dict(NEWS[0], text='Crime dropped.')))
    count = lambda *args: len(P.run('score', '--db', path, *args).stdout.decode().splitlines()) - 1
    equal((count(), count('--versions')), (2, 3), 'rows')


def exports():
    """each table as CSV and JSONL; relations say who credits what for what"""
    path = database('export.db', *CORPUS)
    counts = {}
    for table in ('documents', 'scores', 'cues', 'relations', 'quotes', 'revisions'):
        head, *body = csv.reader(io.StringIO(P.run('export', '--db', path, table).stdout.decode(), newline=''))
        lines = P.jsonl('export', '--db', path, table, '--format', 'jsonl')
        equal(len(lines), len(body), table)
        for line, row in zip(lines, body):
            equal(list(line), head, f'{table} columns')
            equal(['' if v is None else v if isinstance(v, str) else f'{v:g}' if isinstance(v, float) else str(v) for v in line.values()],
                  [f'{float(c):g}' if isinstance(v, float) else c for c, v in zip(row, line.values())], f'{table} cells')
        counts[table] = len(body)
    need(all(counts[t] for t in counts if t != 'revisions'), counts)
    relation = [r for r in P.jsonl('export', '--db', path, 'relations', '--format', 'jsonl') if r['connective'] == 'Thanks to'][0]
    equal([relation[k] for k in ('type', 'status', 'valence', 'cause', 'effect', 'voice', 'speaker')],
          ['cause', 'asserted', 'credit', 'these patrols', 'families can sleep again', 'quote', 'Carl Renner'], 'relation')
    cue = [c for c in P.jsonl('export', '--db', path, 'cues', '--format', 'jsonl') if c['text'] == 'worst of the worst'][0]
    equal(cue['left'] + cue['text'] + cue['right'], cue['sentence_text'], 'context')
    p = P.run('export', '--db', path, 'nothing', ok=(2,))
    need('quotes' in p.stderr.decode(), p.stderr)


def cues_as_in_the_table():
    """the cells of export cues are those of the verb cues, context aside"""
    path = database('cues.db', CORPUS[1])
    want = list(csv.DictReader(io.StringIO(P.run('cues', CORPUS[1]).stdout.decode())))
    got = list(csv.DictReader(io.StringIO(P.run('export', '--db', path, 'cues').stdout.decode())))
    equal(len(got), len(want), 'rows')
    flag = {'true': '1', 'false': '0'}
    for a, b in zip(got, want):
        for name in b:
            if name not in ('left', 'right'):
                equal(a[name], flag.get(b[name], b[name]), f"{b['source']} {b['cue']} {name}")


def searching():
    """search finds documents, best first, with the cues beside what was found"""
    path = database('search.db', jsonl('s.jsonl', *NEWS, dict(NEWS[0], id='c', url='https://example.org/c', title='Crime', text='Crime fell. Nobody knows why.')))
    hits = P.jsonl('search', '--db', path, 'crime', '--format', 'jsonl')
    equal(sorted({h['id'] for h in hits}), ['a', 'c'], 'documents')
    equal([h['rank'] for h in hits], sorted(h['rank'] for h in hits), 'rank')
    need(any(h['text'] == 'because of' for h in hits) and not any(h['sentence_text'] == 'Nobody knows why.' for h in hits), hits)
    for h in hits:
        equal(h['text'] is None or h['text'] in h['sentence_text'], True, 'cue in its sentence')
    equal(P.jsonl('search', '--db', path, 'crime', '--limit', '1', '--format', 'jsonl')[-1]['rank'], 1, 'limit')
    equal({h['id'] for h in P.jsonl('search', '--db', path, '"reform failed"', '--format', 'jsonl')}, {'b'}, 'phrase')
    text = P.run('search', '--db', path, "critics' re-form crime", '--format', 'text')
    need('no document' in text.stderr.decode(), text.stderr)
    need('beside a match: ' in P.run('search', '--db', path, "patrols, police", '--format', 'text').stdout.decode(), 'plain words')
    need(b'read as plain words' in P.run('search', '--db', path, 'zebra AND').stderr, 'what became of the query')
    P.run('search', '--db', path, ' ', ok=(2,))


class Page(html.parser.HTMLParser):
    """tags, attributes and text of a page; void elements aside, what is opened is closed"""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.attributes, self.words = [], [], [], []
        self.feed(text)
        equal(self.open, [], 'open elements')

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, *a) for a in attributes]
        if tag not in ('meta', 'br', 'circle', 'line', 'path'):
            self.open.append(tag)

    def handle_endtag(self, tag):
        equal(tag, self.open.pop(), 'nesting')

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        self.words.append(data)


def reports():
    """report writes one page: no script, nothing from elsewhere, plots with their tables, marked texts, all text escaped"""
    trap = dict(NEWS[0], id='trap', url='javascript:alert(1)//"><script>', site='<script>alert(1)</script>', title='</title><script>x</script>&amp;',
                text='Critics said <img src=x onerror=alert(1)> failed because of "rain".')
    months = [dict(NEWS[0], id=f'm{k}', url=f'https://example.org/m{k}', published=f'2026-{k:02d}-03', text=f'Crime plunged in month {k} because of rain.') for k in range(1, 7)]
    path = database('report.db', *CORPUS, jsonl('trap.jsonl', trap, *months), jsonl('v2.jsonl', dict(months[0], text='Crime fell in month 1 after rain.')))
    P.run('report', '--db', path, '-o', 'report.html', '--limit', '50')
    with open(os.path.join(P.dir, 'report.html')) as f:
        text = f.read()
    page = Page(text)
    need('script' not in page.tags and 'img' not in page.tags, 'script')
    need(not [a for a in page.attributes if a[1] in ('src', 'href', 'onerror', 'onclick')], page.attributes)
    need("default-src 'none'" in text, 'policy')
    need('http://' not in re.sub(r'>[^<]*<', '><', text) and 'https://' not in re.sub(r'>[^<]*<', '><', text), 'addresses in attributes')
    words = ''.join(page.words)
    for part in ('causality', 'The entries met most', 'Labels', 'Who credits what for what', 'these patrols', 'Who is quoted', 'Carl Renner', 'Edits', 'softened',
                 '<script>alert(1)</script>', 'Texts with their marks'):
        need(part in words, part)
    equal(page.tags.count('svg') % 2, 0, 'a plot by site and one by month for each dimension')
    need(page.tags.count('svg') >= 16 and page.tags.count('mark') > 100 and page.tags.count('details') > 25, 'plots and texts')
    # the numbers of the plots are those of score --by
    want = {r['site']: r for r in csv.DictReader(io.StringIO(P.run('score', '--db', path, '--by', 'site').stdout.decode()))}
    cell = re.search(r'<h3>causality</h3>.*?<td class="w">Example</td><td>(\d+)</td><td>([\d.]+)</td>', text, re.S)
    equal((cell[1], round(float(cell[2]), 2)), (want['Example']['documents'], round(float(want['Example']['causality']), 2)), 'rate of a site')
    P.run('report', '--db', path, '-o', 'x.html', '--by', 'nothing', ok=(2,))
    P.run('report', '--db', path, '-o', 'no/folder/x.html', ok=(3,))


def edits():
    """neighbours of a chain are compared: types, the quiet edit, the return to an earlier text; once per run"""
    one, two = 'Crime plunged because of patrols, police said.', 'Crime dropped after patrols, police claimed.'
    seen = [(one, '2026-01-01', '2026-01-01'), (two, '2026-01-02', '2026-01-01'), (one, '2026-01-03', '2026-01-03'), (one, '2026-01-04', '2026-01-03')]
    versions_ = [dict(url='https://e.org/a', text=t, captured=c, modified=m) for t, c, m in seen]
    path = database('edits.db', jsonl('edits.jsonl', *versions_))
    got = rows(path, 'SELECT edit, stealth, reverts, types, from_time, to_time FROM edits')
    equal([(r[0], r[1], r[2], r[4], r[5]) for r in got], [(0, 1, 0, '2026-01-01', '2026-01-02'), (1, 0, 1, '2026-01-02', '2026-01-03')], 'edits')
    need('softened' in got[0][3] and 'hardened' in got[1][3], got)
    before = dump(path)
    database('edits.db', jsonl('edits.jsonl', *versions_))
    equal(dump(path), before, 'again')
    # in another order, in two runs: the same chain in the end
    back = database('back.db', jsonl('half.jsonl', versions_[2], versions_[3]))
    database('back.db', jsonl('rest.jsonl', versions_[1], versions_[0]))
    columns = 'SELECT edit, stealth, reverts, types, summary, scores, from_time, to_time FROM edits'
    equal(rows(back, columns), rows(path, columns), 'order of coming')
    equal(json.loads(rows(path, 'SELECT scores FROM edits')[0][0])['causality']['delta'], -1, 'delta')


def limited(path, size, *args):
    """the command with files limited to `size` bytes: what a full disk does to it"""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return subprocess.run([P.path, *map(str, args), '--db', path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limit, timeout=60 * P.slow)


def killed():
    """kill -9 at random places, then the same command with --resume: the rows of an undisturbed run (FSC_KILLS sets how often)"""
    many = [dict(NEWS[k % 2], id=f'n{k}', url=f'https://example.org/{k % 850}', captured=f'2026-01-{k % 28 + 1:02d}', text=f'Crime plunged in town {k} because of rain. ' * 40)
            for k in range(900)]
    source = jsonl('kill.jsonl', *many, {'broken': 1})
    begun = time.time()
    want = dump(database('undisturbed.db', source))
    whole = time.time() - begun     # what a run takes here: kills fall inside it
    path = os.path.join(P.dir, 'kill.db')
    dice, taken_up, run, runs = random.Random(1), 0, 0, int(os.environ.get('FSC_KILLS', '3'))
    # a run may have saved nothing yet or be at its end when it is killed: later ones, as many again, try other times
    while run < runs or (not taken_up and run < 5 * runs):
        for old in glob.glob(path + '*'):
            os.remove(old)
        late, run = (0.3, 0.6, 0.15)[run % 3] * whole, run + 1
        for attempt in range(3):
            p = subprocess.Popen([P.path, 'ingest', source, '--db', path, '--resume', '-j', '2', '--save-every', '100k'], stderr=subprocess.DEVNULL)
            try:
                p.wait(timeout=dice.uniform(late / 6, late))
            except subprocess.TimeoutExpired:
                p.kill()
                p.wait()
        last = P.run('ingest', source, '--db', path, '--resume', '--save-every', '100k')
        taken_up += b'going on' in last.stderr
        equal(rows(path, 'PRAGMA integrity_check'), [('ok',)], f'run {run}')
        equal(dump(path), want, f'run {run}')
    need(taken_up, 'no run was taken up')


def committed(path):
    """documents that another program sees by now"""
    try:
        return rows(path, 'SELECT count(*) FROM documents')[0][0]
    except sqlite3.Error:
        return 0


def interrupted():
    """an interrupted run keeps what it has, --resume goes on behind it, and refuses other inputs under the same name"""
    lines = [dict(NEWS[0], id=f'n{k}', url=f'https://example.org/{k}', text=f'Crime plunged in town {k}. ' * 200) for k in range(300)]
    source = jsonl('slow.jsonl', *lines)
    path = os.path.join(P.dir, 'slow.db')
    os.mkfifo(os.path.join(P.dir, 'pipe.jsonl'))
    p = subprocess.Popen([P.path, 'ingest', 'pipe.jsonl', '--db', path, '-j', '1'], cwd=P.dir, stderr=subprocess.PIPE)
    with open(source, 'rb') as f, open(os.path.join(P.dir, 'pipe.jsonl'), 'wb') as pipe:
        for line in f.readlines()[:200]:    # for longer than it takes until something is committed
            pipe.write(line)
            pipe.flush()
            time.sleep(0.01)
        deadline = time.time() + 10
        while time.time() < deadline and not committed(path):
            time.sleep(0.05)
        p.send_signal(signal.SIGTERM)
        time.sleep(0.2)
    equal(p.wait(timeout=30 * P.slow), 143, p.stderr.read())
    p.stderr.close()
    kept = rows(path, 'SELECT count(*), (SELECT records FROM jobs) FROM documents')[0]
    need(0 < kept[0] <= 200 and kept[0] == kept[1], kept)
    os.remove(os.path.join(P.dir, 'pipe.jsonl'))
    shutil.copy(source, os.path.join(P.dir, 'pipe.jsonl'))
    p = P.run('ingest', 'pipe.jsonl', '--db', path, '--resume', '-j', '2')
    need(f'going on behind {kept[0]} records' in p.stderr.decode(), p.stderr)
    equal(rows(path, 'SELECT count(*), (SELECT records FROM jobs), (SELECT done FROM jobs) FROM documents'), [(300, 300, 1)], 'completed')
    need('0 new documents' in P.run('ingest', 'pipe.jsonl', '--db', path, '--resume').stderr.decode(), 'a run that was complete')


def full_disk():
    """a full disk is an error that says so; what was committed stays, and the same command completes it"""
    many = [dict(NEWS[0], id=f'n{k}', url=f'https://example.org/{k}', text=f'Crime plunged in town {k} because of rain. ' * 120) for k in range(150)]
    source = jsonl('full.jsonl', *many)
    whole = dump(database('whole.db', source))
    path = os.path.join(P.dir, 'full.db')
    failed = 0
    for size in (1000, 60000, 250000, 600000):
        p = limited(path, size, 'ingest', source)
        failed += p.returncode != 0
        if p.returncode:
            equal(p.returncode, 3, p.stderr)
            need('full.db' in p.stderr.decode() and ('disk' in p.stderr.decode()), p.stderr)
        if os.path.exists(path) and os.path.getsize(path):
            equal(rows(path, 'PRAGMA integrity_check'), [('ok',)], f'{size}')
    need(failed >= 2, failed)
    equal(dump(database('full.db', source)), whole, 'completed')


def read_only():
    """a file or folder that may not be written is an error before anything is read"""
    if os.geteuid() == 0 and subprocess.run(['setpriv', '--version'], stdout=subprocess.DEVNULL).returncode:
        raise Skip('root may write everywhere, and there is no setpriv')
    folder = os.path.join(P.dir, 'closed')
    os.makedirs(folder, exist_ok=True)
    path = database('closed/x.db', jsonl('o.jsonl', NEWS[0]))
    os.chmod(P.dir, 0o755)
    source = jsonl('p.jsonl', NEWS[1])
    os.chmod(source, 0o644)
    os.chmod(path, 0o444)
    os.chmod(folder, 0o555)
    drop = ['setpriv', '--reuid=65534', '--clear-groups'] if os.geteuid() == 0 else []
    try:
        for name in ('x.db', 'new.db'):
            p = subprocess.run([*drop, P.path, 'ingest', source, '--db', os.path.join(folder, name)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            if p.returncode == 126 or b'setpriv' in p.stderr:
                raise Skip('the program cannot be run as another user here')
            equal(p.returncode, 3, p.stderr)
            need(name in p.stderr.decode(), p.stderr)
        p = subprocess.run([*drop, P.path, 'export', '--db', path, 'documents'], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        equal(p.returncode, 0, p.stderr)
    finally:
        os.chmod(folder, 0o755)


def two_writers():
    """two that write at the same time wait for one another, and both are kept"""
    make = lambda tag: jsonl(f'{tag}.jsonl', *[dict(NEWS[0], id=f'{tag}{k}', url=f'https://example.org/{tag}{k}', text=f'Crime {tag} {k} fell sharply. ' * 60)
                                               for k in range(300)])
    path = os.path.join(P.dir, 'two.db')
    running = [subprocess.Popen([P.path, 'ingest', make(tag), '--db', path, '-j', '1'], stderr=subprocess.PIPE) for tag in 'xy']
    for p in running:
        need(p.wait(timeout=120 * P.slow) == 0, p.stderr.read())
        p.stderr.close()
    equal(rows(path, 'SELECT count(*) FROM wide WHERE words > 0'), [(600,)], 'documents')
    equal(rows(path, 'PRAGMA integrity_check'), [('ok',)], 'integrity')
    equal(rows(path, 'PRAGMA foreign_key_check'), [], 'foreign keys')


def while_read():
    """a reader that holds the file is waited for"""
    path = database('held.db', jsonl('v1.jsonl', *NEWS))
    db = sqlite3.connect(path)
    db.execute('BEGIN')
    db.execute('SELECT count(*) FROM documents').fetchall()
    running = subprocess.Popen([P.path, 'ingest', jsonl('v3.jsonl', dict(NEWS[0], id='z', url='https://example.org/z')), '--db', path], stderr=subprocess.PIPE)
    try:
        running.wait(timeout=1.5)
    except subprocess.TimeoutExpired:
        pass
    db.close()
    need(running.wait(timeout=60) == 0, running.stderr.read())
    running.stderr.close()
    equal(rows(path, 'SELECT count(*) FROM documents'), [(3,)], 'documents')


def damaged():
    """a store with broken pages, or with spans that do not fit, gives an error, no crash"""
    path = database('damaged.db', *CORPUS)
    with open(path, 'rb') as f:
        good = bytearray(f.read())
    for step in range(0, 6):
        bad = good[:]
        at = 4096 + step * (len(good) - 8192) // 6
        bad[at:at + 400] = bytes((7 * k + step) % 256 for k in range(400))
        broken = P.put('broken.db', bytes(bad))
        for args in (('score', '--db', broken), ('export', '--db', broken, 'cues'), ('search', '--db', broken, 'crime')):
            p = P.run(*args, ok=None)
            need(p.returncode in (0, 2, 3, 5), f'{args}: {p.returncode} {p.stderr[-200:]}')
    db = sqlite3.connect(path)
    db.execute("UPDATE versions SET parts = '[[\"body\",5,99999999,1]]'")
    db.commit()
    db.close()
    need('damaged' in P.run('score', '--db', path, ok=(3,)).stderr.decode(), 'parts')


def tool(*args):
    if not shutil.which(args[0]):
        raise Skip(f'{args[0]} is not installed')
    p = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=P.dir, timeout=120 * P.slow)
    equal(p.returncode, 0, p.stderr.decode()[-300:])
    return p.stdout.decode()


def sqlite3_command():
    """the sqlite3 command reads views, words and full text"""
    database('tools.db', *CORPUS)
    equal(tool('sqlite3', 'tools.db', "SELECT cause || '|' || effect FROM causes WHERE connective = 'Thanks to'").strip(), 'these patrols|families can sleep again', 'causes')
    need(int(tool('sqlite3', 'tools.db', "SELECT count(*) FROM fulltext WHERE fulltext MATCH 'crime'")) > 0, 'full text')


def sqlite_utils():
    """sqlite-utils lists tables and rows"""
    database('tools.db', *CORPUS)
    names = {t['table'] for t in json.loads(tool('sqlite-utils', 'tables', 'tools.db'))}
    need(set(TABLES) <= names, names)
    got = json.loads(tool('sqlite-utils', 'rows', 'tools.db', 'wide'))
    need(len(got) > 20 and got[0]['words'] > 0, len(got))


def r_rsqlite():
    """R reads the views as data frames"""
    if not shutil.which('Rscript') or subprocess.run(['Rscript', '-e', 'library(RSQLite)'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
        raise Skip('R with RSQLite is not installed')
    database('tools.db', *CORPUS)
    script = ('library(DBI); db <- dbConnect(RSQLite::SQLite(), "tools.db"); w <- dbReadTable(db, "wide"); l <- dbReadTable(db, "long");'
              'cat(nrow(w), is.numeric(w$causality), is.numeric(l$rate), sum(l$n[l$voice == "all"]), "\\n"); dbDisconnect(db)')
    n, a, b, total = tool('Rscript', '-e', script).split()
    want = rows(os.path.join(P.dir, 'tools.db'), 'SELECT (SELECT count(*) FROM wide), (SELECT sum(n) FROM counts)')[0]
    equal((int(n), a, b, int(float(total))), (want[0], 'TRUE', 'TRUE', want[1]), 'data frames')


def pandas():
    """pandas reads the views as data frames"""
    script = ('import sqlite3, pandas as pd; db = sqlite3.connect("tools.db"); w = pd.read_sql("select * from wide", db); '
              'print(len(w), w.causality.dtype, w.causality_n.sum())')
    for python in ('python3', '/usr/bin/python3'):
        if shutil.which(python) and not subprocess.run([python, '-c', 'import pandas'], stderr=subprocess.DEVNULL).returncode:
            database('tools.db', *CORPUS)
            n, kind, total = tool(python, '-c', script).split()
            want = rows(os.path.join(P.dir, 'tools.db'), "SELECT (SELECT count(*) FROM wide), (SELECT sum(n) FROM scores JOIN dimensions USING (dimension) WHERE name = 'causality')")[0]
            equal((int(n), kind, int(float(total))), (want[0], 'float64', want[1]), 'data frame')
            return
    raise Skip('pandas is not installed')


main([same_as_score, again_changes_nothing, versions, in_time, found_by_words, anew, not_ours, nowhere, from_the_store, all_versions, exports,
      cues_as_in_the_table, searching, reports, edits, killed, interrupted, full_disk, read_only, two_writers, while_read, damaged, sqlite3_command, sqlite_utils, r_rsqlite, pandas])
