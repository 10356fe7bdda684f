#!/usr/bin/env python3
"""Speed on generated text, beside what this machine has of other tools. usage: bench.py PROG [MB]
CPU seconds (user + system) of whole processes, the best of three; ratios are within this run. Not a test."""
import json, os, random, re, resource, shutil, subprocess, sys, tempfile, time

PROG = os.path.abspath(sys.argv[1])
MB = float(sys.argv[2]) if len(sys.argv) > 2 else 16
TMP = tempfile.mkdtemp(prefix='fsc-bench.')
RND = random.Random(1)
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def cpu(args, stdin=None, runs=3):
    best, rss = None, 0
    for _ in range(runs):
        pid = os.fork()
        if not pid:
            out = os.open(os.devnull, os.O_WRONLY)
            os.dup2(out, 1)
            os.dup2(out, 2)
            if stdin:
                os.dup2(os.open(stdin, os.O_RDONLY), 0)
            os.execvp(args[0], args)
        _, status, use = os.wait4(pid, 0)
        t = use.ru_utime + use.ru_stime
        best, rss = min(best or t, t), max(rss, use.ru_maxrss)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            return None, 0
    return best, rss


def words():
    """a vocabulary with Zipf weights: the corpus' own words, and made ones for the long tail"""
    seen = {}
    for folder, _, files in os.walk(os.path.join(ROOT, 'corpus')):
        for f in files:
            if f.endswith(('.html', '.txt', '.jsonl')):
                text = re.sub(r'<[^>]+>', ' ', open(os.path.join(folder, f), encoding='utf-8', errors='replace').read())
                for w in re.findall(r"[A-Za-z’'-]{1,20}", text):
                    seen[w] = seen.get(w, 0) + 1
    common = [w for w, n in sorted(seen.items(), key=lambda x: -x[1])]
    rare = [''.join(RND.choice('bcdfghjklmnprstvw') + RND.choice('aeiou') for _ in range(RND.randrange(2, 6))) for _ in range(15000)]
    vocabulary = common + rare
    return vocabulary, [1 / (k + 2) for k in range(len(vocabulary))]


def documents(path, size):
    vocabulary, weights = words()
    with open(path, 'w', encoding='utf-8') as out:
        k = 0
        while out.tell() < size * 1e6:
            sentences = []
            for _ in range(RND.randrange(10, 40)):
                s = RND.choices(vocabulary, weights, k=RND.randrange(6, 32))
                text = ' '.join(s).capitalize()
                sentences.append(f'“{text},” she said.' if RND.random() < .2 else text + '.')
            out.write(json.dumps({'id': f'd{k}', 'text': ' '.join(sentences)}, ensure_ascii=False) + '\n')
            k += 1


def row(label, seconds, size, rss=0):
    print(f'{label:<52} {"not run" if seconds is None else f"{size / seconds:8.1f} MB a CPU second"}{f"   {rss / 1024:.0f} MiB" if rss else ""}', flush=True)


def main():
    path = os.path.join(TMP, 'docs.jsonl')
    documents(path, MB)
    size = os.path.getsize(path) / 1e6
    print(f'# {size:.1f} MB of generated JSONL; whole processes')
    for verb in ('extract', 'score', 'cues', 'annotate'):
        row(f'framescope {verb} -j 1', *((t, size, r) for t, r in [cpu([PROG, verb, '-j', '1', path])]).__next__())
    one, _ = cpu([PROG, 'score', '-j', '1', path])
    start = time.time()
    subprocess.run([PROG, 'score', '-j', '2', path], stdout=subprocess.DEVNULL)
    wall2 = time.time() - start
    start = time.time()
    two = [subprocess.Popen([PROG, 'score', '-j', '1', path], stdout=subprocess.DEVNULL) for _ in range(2)]
    [p.wait() for p in two]
    print(f'two workers against two processes: {(time.time() - start) / 2 / wall2:.2f} of their throughput')
    tiny = os.path.join(TMP, 'tiny.txt')
    open(tiny, 'w').write('Crime fell.')
    runs = 200
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(runs):
        subprocess.run([PROG, 'score', tiny], stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(runs):
        subprocess.run([PROG, '--version'], stdout=subprocess.DEVNULL)
    last = resource.getrusage(resource.RUSAGE_CHILDREN)
    use = lambda a, b: (b.ru_utime + b.ru_stime - a.ru_utime - a.ru_stime) / runs * 1e3
    print(f'start: score of two words {use(before, after):.2f} ms, --version {use(after, last):.2f} ms (CPU)')
    patterns = os.path.join(TMP, 'patterns')
    open(patterns, 'w').write('\n'.join(words()[0][:3000]))
    for name, args in (('ripgrep -F -i -w -o, 3,000 words', ['rg', '-F', '-i', '-w', '-o', '-f', patterns, path]),
                       ('grep -F -o, 3,000 words, C locale', ['env', 'LC_ALL=C', 'grep', '-F', '-o', '-f', patterns, path])):
        row(name, cpu(args, runs=1)[0] if shutil.which(args[0]) and shutil.which(args[-6] if 'grep' in args else args[0]) else None, size)
    shutil.rmtree(TMP)


main()
