"""Output bytes are the same for every number of workers, in input order."""
import csv, io, json, os, random, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import Program, equal, main, need

P = Program(sys.argv[1])
RND = random.Random(7)
WORDS = ('crime fell sharply despite claims that police , officials said . “ The worst of the worst , ” he insisted . critics say it may be '
         'because of new policy “ massive ” naïve café 北京 👍🏽 20% $3bn according to data').split()


def sentence():
    return ' '.join(RND.choice(WORDS) for _ in range(RND.randrange(4, 30))).capitalize() + '.'


def records(n, words=3):
    return [{'id': f'd{k}', 'title': sentence(), 'text': '\n\n'.join(sentence() for _ in range(RND.randrange(words * 4)))} for k in range(n)]


# above 1 MiB, so that threads do start
ROWS = records(4000 if P.slow == 1 else 1200)
PATH = P.put('many.jsonl', ''.join(json.dumps(r, ensure_ascii=False) + '\n' for r in ROWS))


def same_bytes():
    """score, cues, annotate, extract: same bytes for -j 1, 2, 3, 8, from a file and from a pipe"""
    need(os.path.getsize(PATH) > 1 << 20 or P.slow > 1, 'the input is too small to start threads')
    for verb in ('score', 'cues', 'annotate', 'extract'):
        outs = [P.run(verb, '-j', j, PATH, timeout=120).stdout for j in (1, 2, 3, 8)]
        need(all(o == outs[0] for o in outs), f'{verb}: output depends on -j')
    # of a pipe nobody knows how much will come
    with open(PATH, 'rb') as f:
        data = f.read()
    outs = [P.run('score', '-j', j, '-', stdin=data, timeout=120).stdout for j in (1, 3)]
    need(outs[0] and outs[1] == outs[0], 'a pipe: output depends on -j')


def in_order():
    """rows stand in input order"""
    rows = list(csv.DictReader(io.StringIO(P.run('score', '-j', '4', PATH).stdout.decode(), newline='')))
    equal([r['id'] for r in rows], [r['id'] for r in ROWS], 'ids')


def messages_in_order():
    """messages about bad records stand in input order for every -j"""
    lines = [json.dumps(r) for r in ROWS]
    for k in range(50, len(lines), 100):
        lines[k] = '{"text": broken'
    path = P.put('bad.jsonl', '\n'.join(lines) + '\n')
    outs = [P.run('score', '-j', j, path) for j in (1, 2, 8)]
    need(all(o.stdout == outs[0].stdout and o.stderr == outs[0].stderr for o in outs), 'messages depend on -j')
    equal(outs[0].stderr.decode().count('bad-json'), len(range(50, len(lines), 100)), 'messages')


def pairs():
    """diff --pairs: same bytes for -j 1, 2, 8"""
    rows = [{'id': str(k), 'a': a['title'], 'b': b['title']} for k, (a, b) in enumerate(zip(ROWS, ROWS[1:]))] * 4
    path = P.put('pairs.jsonl', ''.join(json.dumps(r) + '\n' for r in rows))
    outs = [P.run('diff', '--pairs', path, '-j', j, timeout=120).stdout for j in (1, 2, 8)]
    need(outs[0] and all(o == outs[0] for o in outs), 'output depends on -j')


def document_order():
    """a document's row does not depend on its neighbours"""
    shuffled = ROWS[:]
    RND.shuffle(shuffled)
    path = P.put('shuffled.jsonl', ''.join(json.dumps(r, ensure_ascii=False) + '\n' for r in shuffled))
    table = [{r['id']: {k: v for k, v in r.items() if k != 'source'} for r in csv.DictReader(io.StringIO(P.run('score', p).stdout.decode(), newline=''))}
             for p in (PATH, path)]
    equal(table[0], table[1], 'rows by id')


main([same_bytes, in_order, messages_in_order, pairs, document_order])
