"""Beyond one machine: shards of a plan, run in any order, and merged are the bytes of one run; parts that do not belong together are refused."""
import atexit, csv, gzip, io, json, os, random, shutil, subprocess, sys, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import ROOT, Program, Skip, equal, main, need

P = Program(sys.argv[1])
atexit.register(shutil.rmtree, P.dir, True)
RND = random.Random(5)
WORDS = ('crime fell sharply despite claims that police , officials said . “ The worst of the worst , ” he insisted . critics say it may be '
         'because of new policy “ massive ” naïve café 北京 20% according to data').split()
ENV = {**os.environ, 'FRAMESCOPE': P.path}


def text(n):
    return ' '.join(RND.choice(WORDS) for _ in range(n))


def record(k, packed, kind='response'):
    block = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n' + f'<h1>{text(6)}</h1><p>{text(60)}</p><p>{text(60)}</p>'.encode()
    head = f'WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{k}>\r\nWARC-Date: 2025-03-01T12:00:00Z\r\n' \
           f'WARC-Target-URI: https://news.example/{k}\r\nContent-Length: {len(block)}\r\n\r\n'
    data = head.encode() + block + b'\r\n\r\n'
    return gzip.compress(data, 1) if packed else data


def posts(count):
    rows = [json.dumps({'id': f'd{k}', 'title': text(RND.randrange(3, 12)), 'text': text(RND.randrange(5, 60))}, ensure_ascii=False) for k in range(count)]
    rows[7::41] = ['{"text": broken'] * len(rows[7::41])
    rows[11::50] = [''] * len(rows[11::50])
    return '\n'.join(rows)


def table(count):
    out = io.StringIO()
    w = csv.writer(out)
    w.writerow(['id', 'title', 'text', 'party'])
    for k in range(count):
        w.writerow([k, text(5), text(20) + '\n\n"' + text(10) + '"', f'p,{k}'])
    return out.getvalue()


def mixed():
    """one of everything: cut inside files where records have borders, between them elsewhere"""
    P.put('in/a.jsonl', posts(150))
    P.put('in/b.csv', table(60))
    P.put('in/c.warc.gz', b''.join(record(k, True, 'request' if k % 3 == 1 else 'response') for k in range(60)))
    P.put('in/d.warc', b''.join(record(k, False) for k in range(40)))
    P.put('in/e.html', f'<h1>{text(5)}</h1><p>{text(80)}</p>')
    P.put('in/f.txt', text(50))
    P.put('in/g.jsonl.gz', gzip.compress(posts(40).encode()))
    P.put('in/h.json', json.dumps([{'text': text(20)} for _ in range(30)]))
    P.put('in/i.txt', '')
    return 'in'


def shard(folder, number, ok=(0,), j=None):
    env = {**ENV, **({'SLURM_CPUS_PER_TASK': str(j)} if j else {})}
    p = subprocess.run(['sh', os.path.join(folder, 'shard.sh'), str(number)], cwd=P.dir, env=env, capture_output=True, timeout=60)
    need(p.returncode in ok, f'shard {number}: exit {p.returncode}: {p.stderr.decode()}')
    return p


def plan(folder, *args, ok=(0,)):
    shutil.rmtree(os.path.join(P.dir, folder), True)
    p = P.run('plan', '-o', folder, *args, ok=ok)
    return 0 if p.returncode else json.loads(read(f'{folder}/plan.jsonl').split(b'\n')[0])['shards']


def read(name):
    with open(os.path.join(P.dir, name), 'rb') as f:
        return f.read()


def merged(folder, *args, ok=(0,)):
    return P.run('merge', folder, '-o', 'merged', *args, ok=ok)


def same_bytes():
    """shards 1..16 and workers 1..8, done in any order, merged: the bytes of one run"""
    source = mixed()
    jobs = [('score', source), ('cues', '--format', 'tsv', source), ('annotate', source), ('score', '--keep', 'in/b.csv'), ('extract', '--from', 'warc', 'in/c.warc.gz')]
    for n in range(1, 17):
        job = jobs[n % len(jobs)]
        want = P.run(*job, '-q', '-j', 1 + n % 8, '-o', 'want')
        count = plan('job', '--shards', n, '--', *job)
        need(1 <= count <= n and (count == n or job[-1] != source or n > 9), f'{count} shards of {n}')
        order = list(range(1, count + 1))
        RND.shuffle(order)
        for k in order:
            shard('job', k, j=1 + k % 3)
        merged('job')
        need(read('merged') == read('want'), f'{n} shards of {job}: other bytes')
        need(json.loads(read('merged.run.json'))['run'] == json.loads(read('want.run.json'))['run'], 'the run that the merge names')
        del want


def borders():
    """shards are of about equal size where the kind can be cut"""
    P.put('even.jsonl', '\n'.join(json.dumps({'text': text(40)}) for _ in range(800)))
    equal(plan('job', '--shards', 16, '--', 'score', 'even.jsonl'), 16)
    ranges = [json.loads(l)['ranges'][0] for l in read('job/plan.jsonl').decode().splitlines()[1:]]
    size = os.path.getsize(os.path.join(P.dir, 'even.jsonl'))
    ends = [r[2] or size for r in ranges]
    need(all(abs((e - r[1]) * 16 / size - 1) < 0.1 for r, e in zip(ranges, ends)), ranges)
    need([r[1] for r in ranges[1:]] == ends[:-1], 'ranges tile the file')
    # whole files without a number of shards
    equal(plan('job', '--', 'score', 'in'), 1)


def again():
    """a finished part is passed over; one that was cut short or changed is found"""
    count = plan('job', '--shards', 4, '--', 'score', '--categories', 'in')
    for k in range(1, count + 1):
        shard('job', k)
    stamp = os.stat(os.path.join(P.dir, 'job/part-0002.csv')).st_mtime_ns
    shard('job', 2)
    equal(os.stat(os.path.join(P.dir, 'job/part-0002.csv')).st_mtime_ns, stamp, 'a whole part was done again')
    merged('job')
    want = read('merged')
    data = read('job/part-0003.csv')
    for broken, word in ((data[:-5], 'not whole: 3 '), (data[:-5] + b'x' * 5, 'not those that were written'), (None, 'not whole: 3 ')):
        os.remove(os.path.join(P.dir, 'merged'))
        if broken is None:
            os.remove(os.path.join(P.dir, 'job/part-0003.csv'))
        else:
            P.put('job/part-0003.csv', broken)
        stderr = merged('job', ok=(4,)).stderr.decode()
        need(word in stderr and not os.path.exists(os.path.join(P.dir, 'merged')), stderr)
        need(not [f for f in os.listdir(P.dir) if f.startswith('merged') and f.endswith('.part')], 'half a merge is left')
        if broken:
            os.remove(os.path.join(P.dir, 'job/part-0003.csv'))
        shard('job', 3)
        merged('job')
        equal(read('merged') == want, True, 'bytes after the repair')


def missing():
    """what is missing is named as an array list, exit 4"""
    count = plan('job', '--shards', 12, '--', 'score', 'in/a.jsonl')
    equal(count, 12)
    for k in (1, 2, 4, 5, 6, 8, 12):
        shard('job', k)
    stderr = merged('job', ok=(4,)).stderr.decode()
    need('5 of 12 shards' in stderr and '3,7,9-11 (sbatch --array=3,7,9-11 job/slurm.sh)' in stderr, stderr)


def strangers():
    """parts of another plan, another run, a shard twice: exit 4 with the place"""
    for folder, job in (('job', ('score', 'in/a.jsonl')), ('job2', ('score', '--voices', 'in/a.jsonl'))):
        count = plan(folder, '--shards', 3, '--', *job)
        for k in range(1, count + 1):
            shard(folder, k)
    keep = {n: read(f'job/{n}') for n in os.listdir(os.path.join(P.dir, 'job')) if n.startswith('part')}

    def swap(source, target):
        for tail in ('', '.run.json'):
            P.put(f'job/part-{target:04}.csv{tail}', read(f'{source}.csv{tail}'))

    def refused(word):
        stderr = merged('job', ok=(4,)).stderr.decode()
        need(word in stderr and 'part-0002.csv' in stderr, stderr)
        for n, data in keep.items():
            P.put(f'job/{n}', data)

    swap('job2/part-0002', 2)
    refused('another plan')
    swap('job/part-0001', 2)
    refused('holds shard 1 under the name of shard 2')
    manifest = json.loads(keep['part-0002.csv.run.json'])
    manifest['run'] = '0123456789abcdef'
    P.put('job/part-0002.csv.run.json', json.dumps(manifest))
    refused('another version, lexicon or option')
    merged('job')
    stderr = P.run('score', '--voices', '--plan', 'job/plan.jsonl', '--shard', 1, '-o', 'x.csv', ok=(4,)).stderr.decode()
    need('another version, lexicon or options' in stderr, stderr)
    P.put('job/plan.jsonl', read('job/plan.jsonl').replace(b'{"shard":2', b'{"shard":7'))
    need('plan.jsonl:3' in merged('job', ok=(2,)).stderr.decode(), 'a damaged plan')


def full_disk():
    """a merge onto a full disk: exit 3"""
    if not os.path.exists('/dev/full'):
        raise Skip('no /dev/full')
    count = plan('job', '--shards', 2, '--', 'score', 'in/a.jsonl')
    for k in range(1, count + 1):
        shard('job', k)
    need('No space left' in P.run('merge', 'job', '-o', '/dev/full', ok=(3,)).stderr.decode(), 'a full disk')


def usage():
    """what cannot be planned says why"""
    for args, word in ((('--', 'diff', 'a', 'b'), 'cannot be cut'), (('--', 'score', '--by', 'site', 'in'), '--by'), (('--', 'score', '-'), 'again'), (('--', 'score', '/dev/null'), 'regular file'),
                       (('--', 'score', '-o', 'x', 'in'), 'leave --output'), (('--', 'score', 'absent'), 'cannot be read'), ((), 'no command'),
                       (('--', 'score', '--format', 'json', 'in'), 'parts are csv'), (('--', 'score', '--nothing', 'in'), 'no such option')):
        stderr = P.run('plan', '-o', 'never', *args, ok=(2, 3)).stderr.decode()
        need(word in stderr and not os.path.exists(os.path.join(P.dir, 'never')), f'{args}: {stderr}')
    P.run('plan', '--', 'score', 'in', ok=(2,))
    plan('job', '--', 'score', 'in')
    need('there is a plan already' in P.run('plan', '-o', 'job', '--', 'score', 'in', ok=(2,)).stderr.decode(), 'a second plan')
    P.run('score', '--plan', 'job/plan.jsonl', '--shard', 1, 'in', '-o', 'x', ok=(2,))
    P.run('score', '--plan', 'job/plan.jsonl', '--shard', 99, '-o', 'x', ok=(2,))


def odd_names():
    """paths and patterns with quotes, blanks and dollars go through the job files"""
    P.put("odd $(x) 'n' \".jsonl", posts(20))
    job = ('score', '--about', "(crime|police's)", "odd $(x) 'n' \".jsonl")
    P.run(*job, '-q', '-o', 'want')
    for k in range(1, plan("j'o b", '--shards', 2, '--', *job) + 1):
        shard("j'o b", k)
    merged("j'o b")
    equal(read('merged') == read('want'), True)


def parallel():
    """GNU parallel runs the plan; after a failure --resume-failed does only what failed"""
    if not shutil.which('parallel'):
        raise Skip('GNU parallel is not installed')
    P.put('p.jsonl', posts(200))
    P.run('score', 'p.jsonl', '-q', '-o', 'want')
    count = plan('job', '--shards', 6, '--', 'score', 'p.jsonl')
    # one shard fails: its part cannot be written
    os.mkdir(os.path.join(P.dir, 'job/part-0004.csv'))
    run = lambda: subprocess.run(['sh', 'job/parallel.sh'], cwd=P.dir, env={**ENV, 'JOBS': '2'}, capture_output=True, timeout=120)
    p = run()
    equal(p.returncode, 1, p.stderr.decode())
    need('not whole: 4 ' in merged('job', ok=(4,)).stderr.decode(), 'the shard that failed')
    os.rmdir(os.path.join(P.dir, 'job/part-0004.csv'))
    p = run()
    equal(p.returncode, 0, p.stderr.decode())
    log = [l.split('\t') for l in read('job/joblog').decode().splitlines()[1:]]
    equal(sorted(int(l[0]) for l in log), sorted([*range(1, count + 1), 4]), 'only what failed was done again')
    merged('job')
    equal(read('merged') == read('want'), True)


def pipes():
    """parallel --pipe over the filter: the bytes of one filter"""
    if not shutil.which('parallel'):
        raise Skip('GNU parallel is not installed')
    data = ''.join(json.dumps({'id': f'd{k}', 'text': text(30)}) + '\n' for k in range(600)).encode()
    strip = lambda out: [{k: v for k, v in json.loads(l).items() if k != 'source'} for l in out.splitlines()]
    p = subprocess.run(['parallel', '--will-cite', '--pipe', '-k', '--block', '20k', '-j2', P.path, 'score', '--filter', '-'], input=data, cwd=P.dir,
                       capture_output=True, timeout=60)
    equal(p.returncode, 0, p.stderr.decode())
    equal(strip(p.stdout), strip(P.run('score', '--filter', '-', stdin=data).stdout))


def copies():
    """merge --cluster numbers copies, near-copies and syndicated texts, whatever shard they are in; the other cells are as they were"""
    def words(seed, n=120):
        r = random.Random(seed)
        return [r.choice(WORDS[:-4]) + str(r.randrange(500)) for _ in range(n)]
    def near(seed):
        w = words(seed)
        w[60] = 'changed'
        return w
    want, rows = [], []
    for k in range(60):
        kind = ('', 'duplicate', 'near-duplicate', 'syndicated', 'syndicated')[k % 5]
        seed, site = k // 5, ('a.example', 'a.example', 'a.example', 'b.example', 'c.example')[k % 5]
        text = ' '.join(near(seed) if k % 5 in (2, 4) else words(seed))
        rows.append({'id': f'd{k}', 'site': site, 'title': 'x, "y"', 'text': text})
        want.append((str(seed + 1), '5', kind))
    rows.append({'id': 'short', 'text': 'Crime fell.'})
    want.append(('13', '1', ''))
    order = list(range(len(rows)))
    P.put('copies.jsonl', ''.join(json.dumps(rows[k]) + '\n' for k in order) + '{broken\n')
    want.append(('', '', ''))
    P.run('score', '--sketch', 'copies.jsonl', '-q', '-o', 'want')
    plain = list(csv.DictReader(io.StringIO(read('want').decode(), newline='')))
    outs = []
    for n in (1, 2, 7, 16):
        for k in range(1, plan('job', '--shards', n, '--', 'score', '--sketch', 'copies.jsonl') + 1):
            shard('job', k)
        merged('job')
        need(read('merged') == read('want'), 'without --cluster the bytes of one run')
        stderr = merged('job', '--cluster').stderr.decode()
        need('61 texts, of which 48 repeat an earlier one: 12 duplicates, 12 near-duplicates, 24 syndicated' in stderr, stderr)
        outs.append(read('merged'))
    need(all(o == outs[0] for o in outs), 'clusters depend on the shards')
    got = list(csv.DictReader(io.StringIO(outs[0].decode(), newline='')))
    equal([(r['cluster'], r['cluster_size'], r['copy']) for r in got], want)
    for r, p in zip(got, plain):
        equal({k: v for k, v in r.items() if k not in ('cluster', 'cluster_size', 'copy')}, {k: v for k, v in p.items() if k != 'sketch'})
    plan('job', '--', 'score', 'copies.jsonl')
    shard('job', 1)
    need('plan with score --sketch' in merged('job', '--cluster', ok=(2,)).stderr.decode(), 'the remedy')


LINES = [b'{"id":"a","text":"Crime fell because of rain."}', b'', b'   ', b'{broken', b'[1,2]', b'{}', b'{"text":""}', b'\xff\xfe{"text":"x"}', b'\x00', b'"x"',
         b'{"text":"' + b'y' * 3000 + b'"}', b'{"html":"<p>He said it may rise.</p>","url":"https://x.example/1"}', '{"text":"naïve 北京"}'.encode(), b'WARC/1.0', b'<html>']


def one_for_one():
    """the filter gives exactly one line for each line, in order, whatever the lines are"""
    for verb in ('score', 'annotate', 'extract'):
        for more in ((), ('-j', '1'), ('--isolate',), ('--max-record', '1k')):
            lines = [RND.choice(LINES) for _ in range(300)]
            for end in (b'', b'\n'):
                out = P.run(verb, '--filter', '-q', *more, '-', stdin=b'\n'.join(lines) + end).stdout.decode()
                got = [json.loads(l) for l in out.split('\n')[:-1]]
                want = len(lines) - (not end and not lines[-1])
                equal(len(got), want, f'{verb} {more}: lines')
                equal([r['source'] for r in got], [f'-:{k + 1}' for k in range(want)], 'order')
                need(out.endswith('\n'), 'a last line end')
    equal(P.run('score', '--filter', '-').stdout, b'', 'nothing for nothing')
    # what would say of a file that it is packed, or UTF-16, is a line here
    for first in (b'\xff\xfe{\x00', b'\x1f\x8b\x08\x00', b'\xef\xbb\xbf{"text":"x y"}', b'{}'):
        got = [json.loads(l) for l in P.run('score', '--filter', '-q', '-', stdin=first + b'\n{"text":"Crime fell."}\n').stdout.decode().splitlines()]
        equal((len(got), got[1]['status']), (2, 'ok'), first)
        equal(got[0]['status'] == 'ok', first[:3] == b'\xef\xbb\xbf', got[0]['status'])
    # bad lines are no failure of the filter: whoever feeds it would lose the good ones
    P.run('score', '--filter', '-', stdin=b'{broken\n')
    P.run('score', '--filter', '--strict', '-', stdin=b'{broken\n', ok=(1,))
    for args in (('--by', 'site'), ('--long',), ('--format', 'csv'), ('--from', 'csv'), ('in',)):
        P.run('score', '--filter', *args, '-', ok=(2,))


def ask(p, lines, count=None):
    p.stdin.write((f'{count}\n'.encode() if count is not None else b'') + b''.join(l + b'\n' for l in lines))
    p.stdin.flush()
    return [json.loads(p.stdout.readline()) for _ in lines]


def answers_at_once():
    """the answer comes while the asker holds the pipe open, for one line and for blocks, also with a line number before them"""
    for more in ((), ('-j', '3'), ('--isolate',), ('--chunk-header',)):
        p = subprocess.Popen([P.path, 'score', '--filter', '-q', *more, '-'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=P.dir)
        # three bytes are a line too
        equal(len(ask(p, [b'{}'], 1 if '--chunk-header' in more else None)), 1)
        for n in (1, 2, 100, 1, 3000, 1):
            lines = [json.dumps({'id': f'{n}.{k}', 'text': text(12)}).encode() for k in range(n)]
            # more than a pipe holds must be written while the answer is read
            if n > 1000:
                import threading
                t = threading.Thread(target=lambda: (p.stdin.write((f'{n}\n'.encode() if '--chunk-header' in more else b'') + b'\n'.join(lines) + b'\n'), p.stdin.flush()))
                t.start()
                got = [json.loads(p.stdout.readline()) for _ in lines]
                t.join()
            else:
                got = ask(p, lines, n if '--chunk-header' in more else None)
            equal([r['id'] for r in got], [f'{n}.{k}' for k in range(n)])
        p.stdin.close()
        equal(p.wait(20), 0)
    stderr = P.run('score', '--filter', '--chunk-header', '-', stdin=b'x\n{}\n', ok=(2,)).stderr.decode()
    need('number of the lines' in stderr, stderr)


main([same_bytes, borders, again, missing, strangers, copies, full_disk, usage, odd_names, parallel, pipes, one_for_one, answers_at_once])
