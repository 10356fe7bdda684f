"""Versions and deletions of posts and articles as services keep them become chains: X and Mastodon edits, Politwoops, Bluesky, diffengine, NewsSniffer."""
import csv, io, json, os, sqlite3, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import Program, equal, main, need

P = Program(sys.argv[1])


def chains(*args, stdin=b''):
    return [json.loads(line) for line in P.run('revisions', *args, stdin=stdin).stdout.decode().splitlines()]


def x_edits():
    """the versions of an edited post share the address of the first"""
    posts = {'data': [{'id': '43', 'text': 'Prices plunge on Monday', 'author_id': '5', 'created_at': '2025-06-10T08:00:00Z', 'edit_history_tweet_ids': ['43']},
                      {'id': '44', 'text': 'Prices dip on Monday', 'author_id': '5', 'created_at': '2025-06-10T08:20:00Z', 'edit_history_tweet_ids': ['43', '44']},
                      {'id': '50', 'text': 'Something else', 'author_id': '5', 'created_at': '2025-06-10T09:00:00Z', 'edit_history_tweet_ids': ['50']}],
             'includes': {'users': [{'id': '5', 'name': 'The Ledger', 'username': 'ledger'}]}}
    got = chains(P.put('x.json', json.dumps(posts)))
    equal([[v['id'] for v in c['versions']] for c in got], [['43', '44'], ['50']])
    need('softened' in got[0]['edits'][0]['types'], got[0]['edits'])


def mastodon_edits():
    """an edit history is one chain, in order of its times"""
    def version(text, time):
        return {'content': f'<p>{text}</p>', 'spoiler_text': '', 'created_at': time, 'account': {'acct': 'ann', 'display_name': 'Ann Lee', 'url': 'https://m.example/@ann'}}
    history = [version('Prices plunge on Monday', '2025-06-10T08:00:00Z'), version('Prices dip on Monday', '2025-06-10T09:00:00Z'), version('Prices dip on Tuesday', '2025-06-10T10:00:00Z')]
    got = chains(P.put('history-7.json', json.dumps(history)))
    equal([(c['by'], len(c['versions']), len(c['edits'])) for c in got], [('id', 3, 2)])


def deletions():
    """posts that were taken down: chains say so"""
    politwoops = 'id,user_name,politician_id,content,created,modified,tweet,deleted\n9001,Mayor,17,Crime and chaos,2014-05-01 10:00:00,2014-05-01 10:12:00,,1\n9002,Mayor,17,Prices soar,2014-05-02 10:00:00,2014-05-02 10:12:00,,0\n'
    got = chains(P.put('politwoops.csv', politwoops))
    equal([c['deleted'] for c in got], [True, False])
    stream = [{'did': 'did:plc:a', 'kind': 'commit', 'commit': {'operation': 'create', 'collection': 'app.bsky.feed.post', 'rkey': '3n', 'record': {'$type': 'app.bsky.feed.post', 'text': 'Crime soared', 'createdAt': '2025-06-10T08:00:00Z'}}},
              {'did': 'did:plc:a', 'kind': 'commit', 'commit': {'operation': 'delete', 'collection': 'app.bsky.feed.post', 'rkey': '3n'}}]
    got = chains(P.put('jet.jsonl', '\n'.join(map(json.dumps, stream))))
    equal([(len(c['versions']), c['deleted']) for c in got], [(2, True)])


def databases():
    """diffengine and News Sniffer: the columns of their tables as `sqlite3 -csv -header` prints them, from a pipe, and the database itself"""
    schemas = {
        'diffengine': ('''CREATE TABLE entry (id INTEGER PRIMARY KEY, url TEXT, created TEXT, checked TEXT);
            CREATE TABLE entryversion (id INTEGER PRIMARY KEY, title TEXT, url TEXT, summary TEXT, created TEXT, archive_url TEXT, entry_id INTEGER);
            INSERT INTO entry VALUES (1, 'https://l.example/p', '', '');
            INSERT INTO entryversion VALUES (1, 'Prices plunge', 'https://l.example/p', 'Prices plunged on Monday.', '2017-01-02 10:00:00', NULL, 1),
                (2, 'Prices dip', 'https://l.example/p', 'Prices dipped on Monday.', '2017-01-02 11:00:00', NULL, 1);''',
                       'SELECT e.url AS url, v.title AS title, v.summary AS text, v.created AS captured FROM entryversion v JOIN entry e ON e.id = v.entry_id'),
        'newssniffer': ('''CREATE TABLE news_articles (id INTEGER PRIMARY KEY, guid TEXT, url TEXT, source TEXT, title TEXT);
            CREATE TABLE news_article_versions (id INTEGER PRIMARY KEY, news_article_id INTEGER, version INTEGER, title TEXT, text TEXT, created_at TEXT);
            INSERT INTO news_articles VALUES (1, 'g', 'https://l.example/p', 'ledger', 'Prices dip');
            INSERT INTO news_article_versions VALUES (1, 1, 0, 'Prices plunge', 'Prices plunged on Monday.', '2017-01-02 10:00:00'), (2, 1, 1, 'Prices dip', 'Prices dipped on Monday.', '2017-01-02 11:00:00');''',
                        'SELECT a.url AS url, a.source AS site, v.title AS title, v.text AS text, v.created_at AS captured FROM news_article_versions v JOIN news_articles a ON a.id = v.news_article_id')}
    for name, (schema, query) in schemas.items():
        db = sqlite3.connect(':memory:')
        db.executescript(schema)
        rows, out = db.execute(query), io.StringIO()
        csv.writer(out).writerows([[c[0] for c in rows.description], *rows])
        got = chains('--from', 'csv', '-', stdin=out.getvalue().encode())
        equal([(c['by'], [v['captured'] for v in c['versions']]) for c in got], [('url', ['2017-01-02 10:00:00', '2017-01-02 11:00:00'])], name)
        need('softened' in got[0]['edits'][0]['types'], (name, got[0]['edits']))
        # the file itself
        path = os.path.join(P.dir, name + '.db')
        with sqlite3.connect(path) as file:
            file.executescript(schema)
        file.close()
        direct = chains(path)
        equal([(c['by'], c['key'], [(v['source'], v['captured'], v['title']) for v in c['versions']]) for c in direct],
              [('url', 'l.example/p', [(f'{path}:1', '2017-01-02 10:00:00', 'Prices plunge'), (f'{path}:2', '2017-01-02 11:00:00', 'Prices dip')])], name)
        need('softened' in direct[0]['edits'][0]['types'], (name, direct[0]['edits']))
        # a plan does not cut it
        p = P.run('plan', '--shards', '2', '-o', os.path.join(P.dir, name + '.plan'), '--', 'score', path)
        need(b'1 shard' in p.stderr, p.stderr)
        equal([r['words'] for r in csv.DictReader(io.StringIO(P.run('score', path).stdout.decode()))], ['6', '6'], name)


def other_databases():
    """a database of no known program, a store of ours, a broken one: said with the remedy; in a folder a row each, and the rest is read"""
    folder = os.path.join(P.dir, 'dbs')
    os.mkdir(folder)
    for name, schema in (('notes.db', 'CREATE TABLE notes (id INTEGER, text TEXT)'), ('empty.db', 'CREATE TABLE entryversion (id INTEGER)')):
        with sqlite3.connect(os.path.join(folder, name)) as db:
            db.execute(schema)
        db.close()
        p = P.run('score', os.path.join(folder, name), ok=(2,))
        need(b'no program that is known' in p.stderr and b'CSV' in p.stderr, p.stderr)
    P.run('ingest', P.put('one.txt', 'Despite rain it held.'), '--db', os.path.join(folder, 'own.db'))
    p = P.run('score', os.path.join(folder, 'own.db'), ok=(2,))
    need(b'--db' in p.stderr, p.stderr)
    with open(os.path.join(folder, 'broken.db'), 'wb') as f:
        f.write(b'SQLite format 3\0' + bytes(range(256)) * 8)
    with open(os.path.join(folder, 'zebra.txt'), 'w') as f:
        f.write('Despite rain it held.')
    rows = {os.path.basename(r['source']): r['status'] for r in csv.DictReader(io.StringIO(P.run('score', folder).stdout.decode()))}
    equal({k: v for k, v in rows.items() if k != 'broken.db'}, {'notes.db': 'unsupported', 'empty.db': 'unsupported', 'own.db': 'unsupported', 'zebra.txt': 'ok'})
    need(rows['broken.db'] in ('unsupported', 'unreadable'), rows)
    with open(os.path.join(folder, 'own.db'), 'rb') as f:
        P.run('score', '-', stdin=f.read(), ok=(2,))


main([x_edits, mastodon_edits, deletions, databases, other_databases])
