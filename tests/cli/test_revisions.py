"""revisions: chains of versions by address, id and content, in order of time, and what each edit changed."""
import json, os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import Program, equal, main, need

P = Program(sys.argv[1])
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
LONG = ('The council approved the budget after a debate that lasted until midnight. Members from the northern wards asked for '
        'more money for roads. The treasurer warned that reserves had fallen for the third year. Residents filled the gallery and '
        'listened to both sides. The vote was close in the end.')


def chains(*rows, args=(), ok=(0,)):
    path = P.put('versions.jsonl', ''.join(json.dumps(r) + '\n' for r in rows))
    out = P.run('revisions', *args, path, '--format', 'jsonl', ok=ok).stdout.decode()
    return [json.loads(line) for line in out.splitlines()]


def by_url():
    """one chain an address, whatever its scheme, host prefix, fragment and tracking parameters"""
    got = chains({'text': 'Crime plunges.', 'url': 'https://www.Example.org/a/?utm_source=x&id=7#top'},
                 {'text': 'Another story.', 'url': 'https://example.org/b?id=7'},
                 {'text': 'Crime dropped.', 'url': 'http://example.org/a?id=7&fbclid=abc'})
    equal([(c['by'], c['key'], len(c['versions'])) for c in got],
          [('url', 'example.org/a?id=7', 2), ('url', 'example.org/b?id=7', 1)], 'chains')
    edit = got[0]['edits'][0]
    equal([edit['from'], edit['to'], edit['changed']], [0, 1, True], 'edit')
    need('softened' in edit['types'], edit)
    need(edit['scores']['intensity']['delta'] < 0, edit['scores'])
    equal(got[1]['edits'], [], 'edits of a single version')


def canonical_first():
    """the canonical address decides over the one it was found at"""
    page = '<html><head><link rel=canonical href="https://example.org/story"></head><body><article><h1>Head</h1><p>%s</p></article>'
    got = chains({'html': page % LONG, 'url': 'https://mirror.test/1'}, {'html': page % LONG, 'url': 'https://mirror.test/2'})
    equal([(c['by'], c['key'], len(c['versions'])) for c in got], [('url', 'example.org/story', 2)], 'chains')


def by_id():
    """records that share an id are versions of one another"""
    got = chains({'id': 'x', 'text': 'Prices soared.'}, {'id': 'y', 'text': 'Rain fell.'}, {'id': 'x', 'text': 'Prices rose.'})
    equal([(c['by'], c['key'], len(c['versions'])) for c in got], [('id', 'x', 2), ('id', 'y', 1)], 'chains')


def by_content():
    """texts that resemble each other are linked, short ones and unlike ones are not"""
    other = 'A ferry ran aground near the lighthouse on Tuesday morning while fog covered most of the bay. ' * 4
    got = chains({'text': LONG}, {'text': other}, {'text': LONG.replace('warned', 'said').replace('close', 'narrow')},
                 {'text': 'The vote was close.'}, {'text': 'The vote was close.'})
    equal([(c['by'], [v['source'].rsplit(':')[-1] for v in c['versions']]) for c in got],
          [('content', ['1', '3']), ('content', ['2']), ('content', ['4']), ('content', ['5'])], 'chains')


def in_time():
    """captured time orders a chain, offsets of time zones are heeded, else the order of the input"""
    rows = [{'id': 'x', 'text': f'Version {n}.', 'captured': t} for n, t in
            enumerate(('2025-03-01T12:00:00Z', '2025-03-01T12:30:00+02:00', '2024-12-31'))]
    got = chains(*rows)
    equal([v['captured'] for v in got[0]['versions']], [rows[k]['captured'] for k in (2, 1, 0)], 'order')
    del rows[1]['captured']
    rows[0]['published'] = '2025-01-01'
    need(len(chains(*rows)[0]['versions']) == 3, 'a version was lost')
    equal([v['captured'] for v in chains(*rows)[0]['versions']], [rows[0]['captured'], None, rows[2]['captured']], 'order without times')


def stealth():
    """stealth: the text changed and the time of modification did not"""
    def flag(a, b, x, y):
        return [e['stealth'] for e in chains({'id': 'x', 'text': a, 'modified': x}, {'id': 'x', 'text': b, 'modified': y})[0]['edits']]
    day = '2025-03-01T12:00:00Z'
    equal(flag('Crime plunges.', 'Crime dropped.', day, day), [True], 'changed in silence')
    equal(flag('Crime plunges.', 'Crime plunges.', day, day), [], 'not changed')
    equal(flag('Crime plunges.', 'Crime dropped.', day, '2025-03-02'), [False], 'said so')
    equal(flag('Crime plunges.', 'Crime dropped.', '', ''), [False], 'nothing known')


def reverts():
    """A-B-A is told as going back to the first"""
    got = chains(*({'id': 'x', 'text': t} for t in ('Crime plunges.', 'Crime dropped.', 'Crime plunges.')))
    equal([e['reverts_to'] for e in got[0]['edits']], [None, 0], 'reverts')


def deleted():
    """a last version without text is a deletion; the versions before it are still compared"""
    got = chains({'id': 'x', 'text': 'Crime plunges.'}, {'id': 'x', 'text': 'Crime dropped.'}, {'id': 'x', 'text': ''}, {'id': 'y', 'text': ''})
    equal([(c['deleted'], len(c['edits'])) for c in got], [(True, 1), (False, 0)], 'deleted')
    equal(got[0]['versions'][2]['status'], 'empty', 'status')


def pages():
    """the two pages of the ferry story: another source in the same sentence"""
    folder = os.path.join(ROOT, 'corpus', 'revisions')
    out = P.run('revisions', os.path.join(folder, 'ferry-1.html'), os.path.join(folder, 'ferry-2.html')).stdout.decode()
    got = [json.loads(line) for line in out.splitlines()]
    equal(len(got), 1, 'chains')
    types = got[0]['edits'][0]['types']
    need('attribution-added' in types and 'attribution-dropped' in types, types)
    need('A source was removed: “a crew member claimed”.' in got[0]['edits'][0]['summary'], got[0]['edits'][0]['summary'])


def exit_codes():
    """no input is a usage error, an absent file is 3, --strict tells of a bad record"""
    P.run('revisions', ok=(2,))
    P.run('revisions', os.path.join(ROOT, 'corpus', 'no-such-file.html'), ok=(3,))
    path = P.put('bad.jsonl', '{"id": "x", "text": "Fine."}\n{broken\n')
    equal(len(P.run('revisions', path).stdout.decode().splitlines()), 2, 'lines')
    P.run('revisions', '--strict', path, ok=(1,))
    P.run('revisions', '--format', 'csv', path, ok=(2,))


def trivial():
    """edits of a score, a clock or a dateline are left out and counted; --all lists them"""
    rows = [{'id': 'x', 'text': t} for t in ('Arsenal 1-0 Leeds', 'Arsenal 2-0 Leeds', 'LIVE: Arsenal 2-0 Leeds', 'Arsenal thrash Leeds')]
    rows += [{'id': 'y', 'text': t} for t in ('Two dead in flood. Updated 12:05 GMT', 'Two dead in flood. Updated 14:30 GMT',
                                              'Three dead in flood. Updated 14:30 GMT', 'Three dead in flood. Updated 3 March, 09:10 GMT')]
    path = P.put('live.jsonl', ''.join(json.dumps(r) + '\n' for r in rows))
    p = P.run('revisions', path)
    got = [json.loads(line) for line in p.stdout.decode().splitlines()]
    equal([([(e['from'], e['to']) for e in c['edits']], c['left_out']) for c in got], [([(2, 3)], 2), ([(1, 2)], 2)], 'edits')
    need(b'2 edits listed; left out: 4' in p.stderr, p.stderr)
    got = [json.loads(line) for line in P.run('revisions', '--all', path).stdout.decode().splitlines()]
    equal([[e['trivial'] for e in c['edits']] for c in got], [['score', 'live', None], ['clock', None, 'clock']], 'kinds')
    # a date that the text tells is no date of the text
    for a, b, want in (('Prices dip on Monday', 'Prices dip on Tuesday', None), ('The vote is on 3 March.', 'The vote is on 4 March.', None),
                       ('OSLO, 3 March (NTB) - Rain fell on the coast.', 'OSLO, 4 March (NTB) - Rain fell on the coast.', 'clock'),
                       ('Trains leave at 12:05.', 'Trains leave at 12:35.', None), ('Rain fell. Posted 2 hours ago', 'Rain fell. Posted 5 hours ago', 'clock')):
        equal([e['trivial'] for e in chains({'id': 'x', 'text': a}, {'id': 'x', 'text': b}, args=('--all',))[0]['edits']], [want], b)


def small_edits():
    """--min-change leaves small edits out; --ignore and --parts decide what an edit is"""
    a, b = 'One two three four five six seven eight nine ten.', 'One two three four five six seven eight nine twelve.'
    got = chains({'id': 'x', 'text': a}, {'id': 'x', 'text': b}, args=('--min-change', '15'))
    equal((got[0]['edits'], got[0]['left_out']), ([], 1), 'small')
    equal(chains({'id': 'x', 'text': a}, {'id': 'x', 'text': a.upper()}, args=('--ignore', 'case'))[0]['edits'], [], 'case')
    rows = [{'id': 'x', 'title': 'The mayor resigns', 'text': t} for t in (a, b)]
    equal(chains(*rows, args=('--parts', 'headline'))[0]['edits'], [], 'parts')


def metadata():
    """a change of byline or date alone is listed, without a change of text"""
    got = chains({'id': 'x', 'text': 'Crime fell.', 'author': 'Ida Holm'}, {'id': 'x', 'text': 'Crime fell.', 'author': 'Tor Berg'})
    equal([(e['changed'], e['metadata']) for e in got[0]['edits']], [(False, [{'field': 'author', 'a': 'Ida Holm', 'b': 'Tor Berg'}])], 'edits')


def brief():
    """headlines with a summary are linked by their rare words"""
    one = 'Ferry fire kills two off Vardo. The Linnea was carrying forty passengers when smoke filled its engine room, officials say.'
    two = 'Three die in ferry fire off Vardo. Smoke filled the engine room of the Linnea, which was carrying forty passengers.'
    other = ['Council meeting postponed again. Members will vote on the plan for the station later, officials say.',
             'Council backs new bridge. The vote on the plan was close after a long debate, officials say.',
             'Rain floods two streets in the capital. Firefighters pumped water from cellars all night, officials say.']
    got = chains(*({'text': t} for t in (one, *other, two)))
    equal([[v['source'].rsplit(':')[-1] for v in c['versions']] for c in got if len(c['versions']) > 1], [['1', '5']], 'chains')


def replaced():
    """a deleted post is told with the one that replaced it"""
    def post(n, text, day, deleted=''):
        return {'id': n, 'user_name': 'mayor', 'politician_id': 7, 'content': text, 'created': f'2025-03-0{day} 10:00:00', 'deleted': deleted}
    rows = [post(1, 'Our plan will slash taxes for every family in town', 1, '2025-03-02 08:00:00'), post(2, 'Happy to open the new bridge today', 2),
            post(3, 'Our plan will lower taxes for many families in town', 2)]
    import csv, io
    out = io.StringIO()
    w = csv.DictWriter(out, rows[0].keys())
    w.writeheader()
    w.writerows(rows)
    got = [json.loads(line) for line in P.run('revisions', P.put('politwoops.csv', out.getvalue())).stdout.decode().splitlines()]
    equal([c['deleted'] for c in got], [True, False, False], 'deleted')
    need(got[0]['replaced_by'] and got[0]['replaced_by']['id'] == '3', got[0]['replaced_by'])
    need('softened' in got[0]['replaced_by']['types'] or got[0]['replaced_by']['types'], 'types')
    equal(got[1]['replaced_by'], None, 'nothing was replaced')


def same_for_all_workers():
    """the output is the same for every -j; the temporary folder must be one"""
    rows = [{'id': str(n // 3), 'text': f'Storm {n} hits town {n // 3} and {n % 3} roads are closed for repairs.'} for n in range(3000)]
    path = P.put('many.jsonl', ''.join(json.dumps(r) + '\n' for r in rows))
    outs = [P.run('revisions', '-j', j, path).stdout for j in ('1', '2', '5')]
    need(outs[0] == outs[1] == outs[2] and outs[0].count(b'\n') == 1000, 'outputs differ')
    need(b'--tmpdir' in P.run('revisions', '--tmpdir', '/no/such/folder', path, ok=(3,)).stderr, 'message')


def store():
    """--db: the chains of a store are those of the same inputs"""
    rows = [{'id': 'x', 'url': 'https://example.org/x', 'text': t, 'captured': f'2025-03-0{n + 1}'} for n, t in
            enumerate(('Crime plunges.', 'Crime dropped.', 'Crime plunges.'))] + [{'id': 'y', 'text': 'Rain fell.'}]
    path = P.put('stored.jsonl', ''.join(json.dumps(r) + '\n' for r in rows))
    db = os.path.join(P.dir, 'chains.db')
    P.run('ingest', path, '--db', db)
    want = [json.loads(line) for line in P.run('revisions', path).stdout.decode().splitlines()]
    got = [json.loads(line) for line in P.run('revisions', '--db', db).stdout.decode().splitlines()]
    for c in want + got:
        del c['run']
    equal(got, [c for c in want if len(c['versions']) > 1], 'chains')
    P.run('revisions', '--db', db, path, ok=(2,))
    P.run('revisions', '--db', '/no/such.db', ok=(3,))


main([by_url, canonical_first, by_id, by_content, in_time, stealth, reverts, deleted, pages, exit_codes, trivial, small_edits, metadata, brief, replaced, same_for_all_workers, store])
