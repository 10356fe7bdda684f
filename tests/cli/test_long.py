"""Long work: a run that is killed, interrupted or out of disk goes on with --resume and gives the bytes of an undisturbed one.
FSC_KILLS=200 sets how often the run is killed (default 10)."""
import atexit, csv, gzip, io, json, os, random, shutil, signal, subprocess, sys, tempfile, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import ROOT, Program, Skip, equal, main, need

if os.path.isdir('/dev/shm'):
    # a sync of a busy disk takes longer than the run
    tempfile.tempdir = '/dev/shm'
P = Program(sys.argv[1])
atexit.register(shutil.rmtree, P.dir, True)
RND = random.Random(11)
KILLS = int(os.environ.get('FSC_KILLS', '10'))
WORDS = ('crime fell sharply despite claims that police , officials said . “ The worst of the worst , ” he insisted . critics say it may be '
         'because of new policy “ massive ” naïve café 北京 20% according to data').split()


def text(n):
    return ' '.join(RND.choice(WORDS) for _ in range(n))


def jsonl(count, bad=53):
    """posts, every 53rd of them broken"""
    rows = [json.dumps({'id': f'd{k}', 'title': text(8), 'text': text(60)}, ensure_ascii=False) for k in range(count)]
    rows[7::bad] = ['{"text": broken'] * len(rows[7::bad])
    return '\n'.join(rows) + '\n'


def archive(count):
    """a WARC of the corpus pages, a member a record"""
    folder = os.path.join(ROOT, 'corpus', 'pages')
    pages = [open(os.path.join(folder, n), 'rb').read() for n in sorted(os.listdir(folder))]
    out = []
    for k in range(count):
        page = pages[k % len(pages)]
        block = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n' + page
        head = f'WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{k}>\r\nWARC-Date: 2025-03-01T12:00:00Z\r\n' \
               f'WARC-Target-URI: https://news.example/{k}\r\nContent-Length: {len(block)}\r\n\r\n'
        out.append(gzip.compress(head.encode() + block + b'\r\n\r\n', 1))
    return b''.join(out)


def table(count):
    out = io.StringIO()
    w = csv.writer(out)
    w.writerow(['id', 'title', 'text', 'party'])
    for k in range(count):
        w.writerow([k, text(8), text(30) + '\n\n' + text(30), 'a,b'])
    return out.getvalue()


SCALE = 1 if P.slow == 1 else 0.2
POSTS, PAGES, TABLE = P.put('posts.jsonl', jsonl(int(6000 * SCALE))), P.put('pages.warc.gz', archive(int(600 * SCALE))), P.put('table.csv', table(int(1500 * SCALE)))
LEFT = ('.part', '.journal', '.journal.part')


def read(name):
    path = os.path.join(P.dir, name)
    return open(path, 'rb').read() if os.path.exists(path) else None


def remove(*names):
    for n in names:
        for tail in ('', '.run.json') + LEFT:
            try:
                os.remove(os.path.join(P.dir, n + tail))
            except FileNotFoundError:
                pass


def start(*args, stdin=None):
    return subprocess.Popen([P.path, *map(str, args)], cwd=P.dir, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


JOBS = [('score', POSTS, TABLE), ('score', '--keep', TABLE), ('cues', POSTS, PAGES), ('annotate', '--format', 'jsonl', PAGES), ('score', '--format', 'json', POSTS)]


def killed():
    """kill -9 at random points, then --resume: the bytes of an undisturbed run"""
    taken_up = 0
    for n in range(KILLS):
        job = JOBS[n % len(JOBS)]
        args = (*job, '-q', '-j', RND.choice((1, 2, 3)), '-o', 'out', '--errors', 'err')
        remove('out', 'err', 'want', 'werr')
        began = time.time()
        P.run(*job, '-q', '-o', 'want', '--errors', 'werr', timeout=120)
        whole = time.time() - began
        save = ('--save-every', RND.choice(('32k', '256k', '1M')))
        for deaths in range(RND.choice((1, 1, 1, 2, 3))):
            p = start(*args, *save, *(['--resume'] if deaths else []))
            time.sleep(RND.uniform(0, whole * 1.05))
            p.kill()
            p.communicate()
            out = read('out')
            need(out is None or out == read('want'), 'half a file under the name of the output')
        taken_up += os.path.exists(os.path.join(P.dir, 'out.journal'))
        P.run(*args, *save, '--resume', timeout=120)
        need(read('out') == read('want'), f'{n}: {args}: other bytes after --resume')
        need(read('err') == read('werr'), f'{n}: {args}: other errors after --resume')
        beside = [f for f in os.listdir(P.dir) if f.startswith('out') and f not in ('out', 'out.run.json')]
        equal(beside, [], 'left beside the output')
    print(f'# {KILLS} runs killed, {taken_up} of them with a saved state')
    need(taken_up > 0, 'no run was taken up: the points are chosen badly')


def interrupted():
    """SIGINT ends the record, saves the state and says how to go on; --resume gives the same bytes"""
    for sig, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        remove('out', 'want')
        inputs = (*[POSTS] * 5, PAGES)
        P.run('score', *inputs, '-q', '-o', 'want', timeout=120)
        for _ in range(10): # it may end before this process sees that it has begun
            p = start('score', *inputs, '-q', '-j', 2, '-o', 'out')
            while p.poll() is None and not (os.path.exists(os.path.join(P.dir, 'out.part')) and os.path.getsize(os.path.join(P.dir, 'out.part'))):
                time.sleep(0.001)
            p.send_signal(sig)
            stderr = p.communicate()[1].decode()
            if p.returncode:
                break
            remove('out')
        equal(p.returncode, code, stderr)
        need('--resume goes on' in stderr, stderr)
        need(read('out') is None, 'half a file under the name of the output')
        q = P.run('score', *inputs, '-j', 2, '-o', 'out', '--resume', timeout=120)
        need(b'resuming after ' in q.stderr, q.stderr)
        need(read('out') == read('want'), 'other bytes')


def stop_early(*args):
    """a run stopped with a saved state; on a busy machine it may end before this process sees that, so it is tried again"""
    for _ in range(10):
        remove('out', 'err')
        p = start(*args, '-o', 'out', '--save-every', '16k')
        while p.poll() is None and not os.path.exists(os.path.join(P.dir, 'out.journal')):
            time.sleep(0.001)
        p.kill()
        p.communicate()
        if os.path.exists(os.path.join(P.dir, 'out.journal')):
            return
    need(False, 'ended before it could be stopped, ten times')


def refused():
    """--resume of other options, lexicons, inputs or a damaged part: exit 2, says what differs, touches nothing"""
    stop_early('score', '-q', POSTS)
    part, journal = read('out.part'), read('out.journal')
    lexicon = P.put('own.tsv', '#lexicon\town\n#language\ten\n#version\t1\n#license\tnone\n#dimension\tcausality\n#poles\tcause=+\n'
                               'pattern\tcategory\tweight\nbecause\tcause\t1\n')
    other = P.put('other.jsonl', jsonl(3000))
    for args, word in ((('--categories', POSTS), 'without: categories'), (('-l', lexicon, POSTS), 'lexicons '), ((other,), 'not those of the run'),
                       (('--format', 'tsv', POSTS), 'format tsv'), ((P.put('short.jsonl', jsonl(1)),), 'the inputs end'), (('--errors', 'err', POSTS), 'without: errors')):
        stderr = P.run('score', '-o', 'out', '--resume', *args, ok=(2,)).stderr.decode()
        need(word in stderr, stderr)
        # bytes behind the saved state are no part of it
        need(part.startswith(read('out.part')) and read('out.journal') == journal, f'{args}: the kept state was touched')
    P.run('score', '--resume', POSTS, ok=(2,))
    P.run('score', '--by', 'site', '-o', 'x.csv', '--resume', POSTS, ok=(2,))
    P.run('score', '-q', '-o', 'out', '--resume', POSTS)
    equal(read('out'), P.run('score', '-q', POSTS).stdout)
    P.put('out.journal', journal)
    P.put('out.part', part[:10])
    need('shorter than its journal' in P.run('score', '-o', 'out', '--resume', POSTS, ok=(2,)).stderr.decode(), 'a short part')
    P.run('score', '-q', '-o', 'out', POSTS)
    need(read('out.journal') is None and read('out.part') is None, 'a new run removes the old state')


def nothing_saved():
    """--resume without a saved state begins with the first record"""
    remove('out')
    p = P.run('score', '-o', 'out', '--resume', TABLE)
    need(b'starting with the first record' in p.stderr, p.stderr)
    equal(read('out'), P.run('score', TABLE).stdout)


def pipes():
    """an input from a pipe is taken up when the same bytes come again"""
    stop_early('score', '-q', POSTS)
    remove('out')
    data = read('posts.jsonl')
    args = ('score', '-q', '--from', 'jsonl', '-', '-o', 'out')
    p = start(*args, '--save-every', '16k', stdin=subprocess.PIPE)
    p.stdin.write(data[:len(data) // 2])
    p.stdin.flush()
    for _ in range(500):
        if os.path.exists(os.path.join(P.dir, 'out.journal')):
            break
        time.sleep(0.02)
    p.kill()
    p.communicate()
    q = P.run(*args[:1], *args[2:], '--resume', stdin=data, timeout=120)
    need(b'resuming after' in q.stderr, q.stderr)
    equal(read('out'), P.run('score', '-q', '--from', 'jsonl', '-', stdin=data).stdout)


def two_at_once():
    """two runs with one output both end well, and the output is whole"""
    remove('out')
    runs = [start('score', '-q', POSTS, '-o', 'out') for _ in range(2)]
    for p in runs:
        stderr = p.communicate()[1]
        equal(p.returncode, 0, stderr)
    equal(read('out'), P.run('score', '-q', POSTS).stdout)
    need(not [n for n in os.listdir(P.dir) if n.startswith('out') and n.endswith('.part')], os.listdir(P.dir))


def pairs():
    """diff --pairs is taken up too"""
    rows = ''.join(json.dumps({'id': k, 'a': text(30), 'b': text(30)}) + '\n' for k in range(3000))
    path = P.put('pairs.jsonl', rows)
    stop_early('diff', '--pairs', path, '-q')
    P.run('diff', '--pairs', path, '-q', '-o', 'out', '--resume', timeout=120)
    equal(read('out'), P.run('diff', '--pairs', path).stdout)


def errors():
    """--errors lists every failed record with address, status and reason, in order, for every -j"""
    bad = P.put('bad.jsonl', jsonl(400, 9) + '{"id": "x,\\"y", "text": 5}\n[1]\n')
    lists = []
    for j in (1, 3):
        P.run('score', '-q', '-j', j, bad, '-o', 'out', '--errors', 'err')
        lists.append(read('err'))
    equal(lists[0], lists[1])
    rows = list(csv.DictReader(io.StringIO(lists[0].decode(), newline='')))
    scores = [r for r in csv.DictReader(io.StringIO(read('out').decode(), newline='')) if r['status'] not in ('ok', 'empty', 'truncated')]
    equal([(r['id'], r['source'], r['status'], r['reason']) for r in rows], [(r['id'], r['source'], r['status'], r['reason']) for r in scores])
    need(len(rows) > 40 and all(r['reason'] for r in rows), 'rows and reasons')
    for args in (('score', '--by', 'kind'), ('cues', '--sort', 'entry'), ('compare', '--by', 'kind')):
        P.run(*args, '-q', bad, '--errors', 'err')
        equal(read('err'), lists[0], args)
    # to standard output too, and without one failure the list is its header
    P.run('score', '-q', TABLE, '--errors', 'err')
    equal(read('err'), b'id,source,status,reason\n')


def progress():
    """--progress says records, size, rate and the time left; --quiet says nothing"""
    data = jsonl(3000).encode() * 2
    p = subprocess.Popen([P.path, 'score', '-j', '1', '--progress', '-'], cwd=P.dir, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    first = len(data) // 2
    p.stdin.write(data[:first])
    time.sleep(2.2)
    stderr = p.communicate(data[first:])[1].decode()
    need(any('records, ' in l and ' MB/s' in l and 'failed' in l for l in stderr.splitlines()), stderr[-500:])
    equal(P.run('score', '-q', '--progress', TABLE).stderr, b'')


def disk():
    """a read-only folder and a full disk: exit 3 with the place, nothing half written"""
    if os.path.exists('/dev/full'):
        stderr = P.run('score', TABLE, '-o', '/dev/full', ok=(3,)).stderr.decode()
        need('No space left' in stderr, stderr)
    os.makedirs(os.path.join(P.dir, 'closed'), exist_ok=True)
    for args in (('-o', 'closed/absent/out.csv'), ('-o', 'ok.csv', '--errors', 'closed/absent/err.csv')):
        stderr = P.run('score', TABLE, *args, ok=(3,)).stderr.decode()
        need('closed/absent' in stderr and 'No such file' in stderr, stderr)
    need(read('ok.csv') is None and read('ok.csv.part') is None, 'an output without its list of errors')


def read_only():
    """a folder that may not be written: exit 3 with the place"""
    if os.geteuid() == 0:
        raise Skip('root may write everywhere')
    os.makedirs(os.path.join(P.dir, 'closed'), exist_ok=True)
    os.chmod(os.path.join(P.dir, 'closed'), 0o555)
    need('closed/out.csv' in P.run('score', TABLE, '-o', 'closed/out.csv', ok=(3,)).stderr.decode(), 'the place')


SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
/* stands between the program and libxml2: pages with these words bring the process down */
void *htmlCreateMemoryParserCtxt(const char *data, int size)
{
    void *(*real)(const char *, int) = (void *(*)(const char *, int))dlsym(RTLD_NEXT, "htmlCreateMemoryParserCtxt");
    if (memmem(data, size, "CRASH-HERE", 10))
        raise(SIGSEGV);
    if (memmem(data, size, "EXIT-HERE", 9))
        _exit(7);
    while (memmem(data, size, "HANG-HERE", 9))
        pause();
    return real(data, size);
}
"""


def crashes():
    """--isolate: a record that brings its process down, or hangs, costs itself only; the rest is as without"""
    if P.slow > 1:
        raise Skip('a preloaded library and a sanitizer do not go together')
    shim = P.put('shim.c', SHIM)
    try:
        subprocess.run([*os.environ.get('TEST_CC', 'cc').split(), '-shared', '-fPIC', '-o', shim[:-2] + '.so', shim, '-ldl'], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        raise Skip('no compiler for the shim')
    env = {**os.environ, 'LD_PRELOAD': shim[:-2] + '.so'}
    words = {0: 'CRASH-HERE', 100: 'CRASH-HERE', 101: 'HANG-HERE', 102: 'EXIT-HERE', 1500: 'CRASH-HERE', 1999: 'EXIT-HERE'}
    path = P.put('pages.jsonl', ''.join(json.dumps({'id': f'h{k}', 'html': f'<p>Crime fell because of rain, {words.get(k, "")} he said.'}) + '\n'
                                        for k in range(2000)))
    want = P.run('score', path, timeout=30).stdout.split(b'\n')
    outs = []
    for j in (1, 2, 3):
        p = P.run('score', '-j', j, '--timeout', 1, '-o', 'out', '--errors', 'err', path, env=env, timeout=40)
        outs.append((read('out'), read('err'), p.stderr))
    need(outs[0] == outs[1] == outs[2], 'output depends on -j')
    got = outs[0][0].split(b'\n')
    equal(len(got), len(want), 'rows')
    equal([k - 1 for k in range(1, len(got)) if got[k] != want[k]], sorted(words), 'other rows than those of the bad records')
    rows = list(csv.DictReader(io.StringIO(outs[0][1].decode())))
    equal([r['source'].rsplit(':')[-1] for r in rows], [str(k + 1) for k in sorted(words)])
    equal([r['status'] for r in rows], ['crashed', 'crashed', 'timeout', 'crashed', 'crashed', 'crashed'])
    need('signal 11' in rows[0]['reason'] and '1 s' in rows[2]['reason'] and 'code 7' in rows[3]['reason'], rows)
    need(P.run('score', path, env=env, ok=None).returncode in (-signal.SIGSEGV, 139, 7), 'without --isolate the program goes down')


def isolated():
    """--isolate gives the same bytes for every verb and -j, and is resumed"""
    for job in (('score', POSTS, TABLE), ('annotate', '--format', 'jsonl', PAGES), ('score', '--by', 'kind', POSTS)):
        want = P.run(*job, '-q', timeout=120)
        for j in (1, 3):
            got = P.run(*job, '-q', '-j', j, '--isolate', timeout=120)
            need(got.stdout == want.stdout and got.stderr == want.stderr, f'{job} -j {j}')
    stop_early('score', '-q', '--isolate', POSTS)
    P.run('score', '-q', '-o', 'out', '--resume', POSTS, timeout=120)
    equal(read('out'), P.run('score', '-q', POSTS, timeout=120).stdout)
    left = subprocess.run(['ps', '-eo', 'args'], capture_output=True).stdout.decode(errors='replace') if os.path.exists('/bin/ps') else ''
    need(P.dir not in left, 'a worker process outlived the program')


main([killed, interrupted, refused, nothing_saved, pipes, two_at_once, pairs, errors, crashes, isolated, progress, disk, read_only])
