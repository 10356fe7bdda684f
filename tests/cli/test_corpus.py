"""The corpus: every document gives the outcome that stands beside it, and opposed camps are scored alike."""
import glob, json, os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import ROOT, Program, equal, main, need

P = Program(sys.argv[1])
CORPUS = os.path.join(ROOT, 'corpus')
META = ('title', 'author', 'site', 'lang', 'canonical', 'kind', 'status', 'url')


def load(path):
    with open(path, encoding='utf-8') as f:
        return json.load(f)


def matches(cue, want):
    return (cue['text'] == want['text'] and cue['dimension'] == want['dimension'] and want.get('category') in (None, cue['category']) and
            want.get('voice') in (None, cue['voice']) and want.get('speaker', '') in (cue['speaker'] or ''))


def check(doc, want):
    faults = []
    for key in META:
        # a page may say en-US where the expectation names the language alone
        got = (doc[key] or '').split('-')[0] if key == 'lang' else doc[key]
        if key in want and got != want[key]:
            faults.append(f'{key}: got {doc[key]!r}, wanted {want[key]!r}')
    if 'published' in want and (doc['published'] or '')[:10] != want['published'][:10]:
        faults.append(f"published: got {doc['published']!r}, wanted {want['published']!r}")
    faults += [f'missing text: {t}' for t in want.get('text', []) if t not in doc['text']]
    faults += [f'furniture kept: {t}' for t in want.get('without', []) if t in doc['text']]
    for c in want.get('cues', []):
        if not any(matches(x, c) for x in doc['cues']):
            near = [(x['text'], x['dimension'], x['category'], x['voice'], x['speaker']) for x in doc['cues'] if x['text'].lower() == c['text'].lower()]
            faults.append(f'cue {c} not found; near: {near}')
    for c in want.get('not_cues', []):
        if any(matches(x, c) and x['scored'] for x in doc['cues']):
            faults.append(f'cue {c} is scored')
    need(not faults, '\n'.join(faults))


def page(path):
    def run():
        name = os.path.relpath(path, os.path.join(CORPUS, 'expected'))[:-5]
        check(P.jsonl('annotate', '--format', 'jsonl', os.path.join(CORPUS, name + '.html'))[0], load(path))
    run.__doc__ = os.path.relpath(path, CORPUS)
    return run


def posts(path):
    def run():
        name = os.path.relpath(path, os.path.join(CORPUS, 'expected'))[:-5]
        docs, want = P.jsonl('annotate', '--format', 'jsonl', os.path.join(CORPUS, name)), load(path)['documents']
        equal(len(docs), len(want), f"documents, got {[d['id'] for d in docs]}")
        for d, w in zip(docs, want):
            if 'id' in w:
                equal(d['id'], w['id'], 'id')
            check(d, w)
    run.__doc__ = os.path.relpath(path, CORPUS)
    return run


def versions(name, a, b):
    def run():
        d = json.loads(P.run('diff', '--json', os.path.join(CORPUS, 'revisions', a), os.path.join(CORPUS, 'revisions', b)).stdout)
        want = load(os.path.join(CORPUS, 'expected/revisions', name + '.json'))
        need(set(want['types']) <= set(d['types']), f"types {d['types']}, wanted {want['types']}")
        f = d['framing']
        gone = {c['text'].lower() for c in f['removed']} | {c['a']['text'].lower() for c in f['changed']}
        come = {c['text'].lower() for c in f['added']} | {c['b']['text'].lower() for c in f['changed']}
        for word, found in [(w, gone) for w in want.get('gone', [])] + [(w, come) for w in want.get('come', [])]:
            need(any(word in t for t in found), f'{word} not in {found}')
        for who in want.get('actors_dropped', []):
            need(any(who in n for n in d['actors']['dropped']), f"{who} not in {d['actors']}")
        for dim in want.get('softer', []):
            need(d['scores'][dim]['delta'] < 0, f"{dim}: {d['scores'][dim]}")
        need(d['summary'], 'no summary')
    run.__doc__ = f'revisions: {name}'
    return run


def headlines():
    """pairs of headlines have the types they must have"""
    want, faults = load(os.path.join(CORPUS, 'expected/revisions/headlines.json')), []
    for d in P.jsonl('diff', '--json', '--pairs', os.path.join(CORPUS, 'revisions/headlines.jsonl')):
        missing = set(want[d['id']]) - set(d['types'])
        if missing:
            faults.append(f"{d['id']}: missing {sorted(missing)}, got {d['types']}: {d['a']['text']} -> {d['b']['text']}")
    need(not faults, '\n'.join(faults))


def camps():
    """opposed pages with the same kind of words get the same number of own-voice epithets, threats and distancing verbs"""
    for a, b in (('immigration-a', 'immigration-b'),):
        x, y = (P.jsonl('annotate', '--format', 'jsonl', os.path.join(CORPUS, 'pages', n + '.html'))[0] for n in (a, b))
        for dim in ('labeling', 'threat', 'attribution'):
            own = [[(c['category'], c['weight']) for c in d['cues'] if c['dimension'] == dim and c['scored'] and c['voice'] == 'own'] for d in (x, y)]
            equal(sorted(own[0]), sorted(own[1]), f'{a} against {b}, {dim}')


EXPECTED = os.path.join(CORPUS, 'expected')
main([page(p) for p in sorted(glob.glob(EXPECTED + '/pages/*.json'))] + [posts(p) for p in sorted(glob.glob(EXPECTED + '/posts/*.json'))] +
     [versions('axios', 'axios-deleted.txt', 'axios-revised.txt'), versions('ferry', 'ferry-1.html', 'ferry-2.html'), headlines, camps])
