"""compare: rates, log-odds, shares of labels, causes; each figure worked out again from the program's own cues."""
import csv, io, json, math, os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import Program, equal, main, need

P = Program(sys.argv[1])


def table(data):
    return list(csv.DictReader(io.StringIO(data.decode(), newline='')))


def put(name, rows):
    return P.put(name, ''.join(json.dumps(r) + '\n' for r in rows))


ALIENS = 'The sheriff spoke of illegal aliens on Monday. Illegal aliens were seen near the river, and nobody said why.'
UNDOC = 'The sheriff spoke of undocumented immigrants on Monday. “Illegal aliens were seen near the river,” Elena Marsh said.'


def site_rows():
    return ([{'id': f'a{k}', 'site': 'A', 'text': f'{ALIENS} It was day {k}.'} for k in range(4)] +
            [{'id': f'b{k}', 'site': 'B', 'text': f'{UNDOC} It was day {k}.'} for k in range(5)])


def log_odds():
    """cues and words: log-odds and z by the formula, from counts that can be checked"""
    path = put('sites.jsonl', site_rows())
    docs = {d['id']: d for d in P.jsonl('annotate', '--format', 'jsonl', path)}
    words = {s: sum(d['words'] for d in docs.values() if d['id'][0] == s.lower()) for s in 'AB'}
    total = sum(words.values())
    rows = table(P.run('compare', '--by', 'site', '--show', 'cues', '--top', '1000000', path).stdout)
    need(len(rows) > 8, 'few rows')
    for r in rows:
        mine = r['group'].lower()
        found = [(i[0], c) for i, d in docs.items() for c in d['cues'] if (c['entry'], c['dimension'], c['category']) == (r['entry'], r['dimension'], r['category'])
                 and (c['scored'] or c['why'] == 'neutral')]
        a, b = sum(i == mine for i, _ in found), sum(i != mine for i, _ in found)
        equal((int(r['n']), int(r['rest_n'])), (a, b), str(r))
        na, nb, prior = words[r['group']], total - words[r['group']], min(500, total)
        w = prior * (a + b) / total
        d = math.log((a + w) / (na + prior - a - w)) - math.log((b + w) / (nb + prior - b - w))
        need(abs(float(r['log_odds']) - d) < 1e-3 and abs(float(r['z']) - d / math.sqrt(1 / (a + w) + 1 / (b + w))) < 1e-3, f'{r} wanted {d}')
        need(float(r['q']) >= float(r['p']) - 1e-9 and 0 <= float(r['p']) <= 1, f'{r}')
    rows = table(P.run('compare', '--by', 'site', '--show', 'words', '--top', '12', path).stdout)
    equal([r['group'] for r in rows], ['A'] * 12 + ['B'] * 12)
    best = {r['group']: r['word'] for r in reversed(rows)}
    need(best['B'] in ('undocumented', 'immigrants', 'elena', 'marsh'), f'{best}')
    equal({int(r['n']) for r in rows if r['word'] == 'undocumented'}, {0, 5})


def label_shares():
    """labels: shares add up to one by voice, with and without --by; intervals hold the share"""
    path = put('sites.jsonl', site_rows())
    rows = [r for r in table(P.run('compare', '--by', 'site', '--show', 'labels', path).stdout) if r['referent'] == 'unauthorized-immigrant']
    got = {(r['group'], r['voice'], r['variant']): (int(r['n']), int(r['mentions'])) for r in rows}
    equal(got['A', 'all', 'illegal-alien'], (8, 8))
    equal(got['B', 'own', 'undocumented'], (5, 5))
    equal(got['B', 'quote', 'illegal-alien'], (5, 5))
    equal(got['A', 'all', 'undocumented'], (0, 8))
    need(('A', 'all', 'irregular') not in got, 'a variant that nobody uses')
    for r in rows:
        need(float(r['share_lo']) <= float(r['share']) <= float(r['share_hi']), f'{r}')
    whole = table(P.run('compare', '--show', 'labels', path).stdout)
    equal({(r['variant'], r['n'], r['mentions']) for r in whole if r['voice'] == 'all' and r['referent'] == 'unauthorized-immigrant'},
          {('illegal-alien', '13', '18'), ('undocumented', '5', '18')})


def cause_balance():
    """causes: who gives what as the cause of what, and who denies it"""
    path = put('causes.jsonl', [
        {'id': '1', 'site': 'A', 'text': 'Crime fell because of the new patrols.'}, {'id': '2', 'site': 'A', 'text': 'On Monday, crime fell because of the new patrols.'},
        {'id': '3', 'site': 'B', 'text': 'Crime fell despite the new patrols.'}, {'id': '4', 'site': 'B', 'text': 'On Monday crime rose, a long summer for all in the valley.'}])
    rows = {r['group']: r for r in table(P.run('compare', '--by', 'site', '--show', 'causes', path).stdout) if 'patrols' in r['cause']}
    equal((rows['A']['cause_n'], rows['A']['concession_n'], rows['A']['balance']), ('2', '0', '1'))
    equal((rows['B']['cause_n'], rows['B']['concession_n'], rows['B']['balance']), ('0', '1', '-1'))
    equal((rows['A']['cause'], rows['A']['effect']), ('new patrols', 'crime fell'))


STORY = ' '.join(f'The council of town {k} met on the hill and spoke of the bridge, the school and the market, despite rain in week {k}.' for k in range(12))


def copies():
    """copies and near-copies count once, whatever the order of documents; texts that differ do not fold"""
    near = STORY + ' A last line was added by the desk of the paper.'
    other = STORY.replace('town', 'village').replace('bridge', 'tunnel').replace('market', 'harbour').replace('hill', 'shore').replace('rain', 'snow')
    rows = [{'id': 'a', 'site': 'A', 'text': STORY}, {'id': 'b', 'site': 'A', 'text': near}, {'id': 'c', 'site': 'A', 'text': STORY}, {'id': 'd', 'site': 'A', 'text': other},
            {'id': 'e', 'site': 'B', 'text': near}, {'id': 'f', 'site': 'B', 'text': 'A short note, despite all.'}]
    out = P.run('compare', '--by', 'site', put('copies.jsonl', rows)).stdout
    equal({r['group']: r['documents'] for r in table(out)}, {'A': '2', 'B': '2'})
    for show in ('rates', 'words', 'cues'):
        forward = P.run('compare', '--by', 'site', '--show', show, put('copies.jsonl', rows)).stdout
        equal(forward, P.run('compare', '--by', 'site', '--show', show, put('reverse.jsonl', rows[::-1])).stdout, f'{show}: order of documents')
    equal(P.run('score', '--by', 'site', '--ci', put('copies.jsonl', rows)).stdout, P.run('score', '--by', 'site', '--ci', put('reverse.jsonl', rows[::-1])).stdout, 'intervals')


def nothing_to_say():
    """a group with one document, one group alone, no words: empty cells with a reason, never nan"""
    one = table(P.run('compare', '--by', 'site', put('one.jsonl', [{'id': '1', 'site': 'A', 'text': 'Despite rain it held.'}])).stdout)
    need(all(r['reason'] == 'no other group' and r['q'] == '' for r in one), f'{one[0]}')
    two = table(P.run('compare', '--by', 'site', put('two.jsonl', [{'id': '1', 'site': 'A', 'text': 'Despite rain it held.'}, {'id': '2', 'site': 'B', 'text': 'It held.'},
                                                                {'id': '3', 'site': 'B', 'text': 'It fell.'}])).stdout)
    need(all(r['reason'] == 'fewer than two documents on a side' for r in two), f'{two[0]}')
    for show in ('rates', 'cues', 'words', 'labels', 'causes'):
        out = P.run('compare', '--by', 'site', '--show', show, put('empty.jsonl', [{'id': '1', 'site': 'A', 'text': '...'}, {'id': '2', 'site': 'B', 'text': 'One'}])).stdout
        need(b'nan' not in out.lower() and b'inf' not in out.lower() and len(table(out)) >= 0 and out.startswith(b'group,'), f'{show}: {out[:300]}')
    P.run('compare', '--by', 'site', '--show', 'nonsense', put('two.jsonl', [{'id': '1', 'text': 'x'}]), ok=(2,))
    P.run('compare', '--show', 'words', put('two.jsonl', [{'id': '1', 'text': 'x'}]), ok=(2,))


main([log_odds, label_shares, cause_balance, copies, nothing_to_say])
