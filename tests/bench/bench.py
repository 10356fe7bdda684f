#!/usr/bin/env python3
"""Speed, memory and worst cases beside goals, this machine's floor and other tools. usage: bench.py PROG BENCH_DIR [MB]

PROG: the command. BENCH_DIR: floor, rooms and the peer programs that could be built (make bench). MB: size of the text.
MB a CPU second (user + system, 10^6 bytes), the best of some rounds; shares are of the floor in this run, since machines
differ (floor.c). A tool that is not installed is "not run". Not a test: nothing here fails."""
import json, os, resource, shutil, subprocess, sys, tempfile, time

PROG, BENCH = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
MB = float(sys.argv[3]) if len(sys.argv) > 3 else 16
HERE = os.path.dirname(os.path.abspath(__file__))
TMP = tempfile.mkdtemp(prefix='fsc-bench.')
FLOOR = None

AHOCORASICK = '''
import ahocorasick, json, sys, time
text = open(sys.argv[1], encoding='utf-8', errors='replace').read().lower()
a = ahocorasick.Automaton()
for p in open(sys.argv[2], encoding='utf-8').read().split('\\n'):
    if p:
        a.add_word(p, len(p))
a.make_automaton()
start, hits, last = time.process_time(), 0, len(text) - 1
for end, n in a.iter(text):
    first = end - n
    hits += (first < 0 or not text[first].isalnum()) and (end == last or not text[end + 1].isalnum())
print(json.dumps({'bytes': len(text.encode()), 'seconds': time.process_time() - start, 'matches': hits}))
'''
VADER = '''
const fs = require('fs'), vader = require('vader-sentiment').SentimentIntensityAnalyzer;
const text = fs.readFileSync(process.argv[1], 'utf8'), start = process.cpuUsage();
let sum = 0;
for (const line of text.split('\\n')) sum += vader.polarity_scores(line).compound;
const used = process.cpuUsage(start);
console.log(JSON.stringify({bytes: Buffer.byteLength(text), seconds: (used.user + used.system) / 1e6}));
'''


def path(name):
    return os.path.join(TMP, name)


def spend(args, runs=3):
    """CPU seconds of a whole process, the least of the runs, and its peak in MiB; None when it fails"""
    best, peak = None, 0
    for _ in range(runs):
        pid = os.fork()
        if not pid:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            try:
                os.execvp(args[0], args)
            finally:
                os._exit(127)
        _, status, use = os.wait4(pid, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            return None, 0
        took = use.ru_utime + use.ru_stime
        best, peak = min(best or took, took), max(peak, use.ru_maxrss / 1024)
    return best, peak


# A child counts what its parent held when it was forked, so it must have a small one.
PEAK = '''
import os, sys
pid = os.fork()
if not pid:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.execvp(sys.argv[1], sys.argv[1:])
print(os.wait4(pid, 0)[2].ru_maxrss / 1024)
'''


def peak_of(args):
    """MiB that a process takes at most"""
    return float(subprocess.run([sys.executable, '-S', '-c', PEAK, *args], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)


def ask(args):
    """the JSON object that a bench program prints, or None"""
    if not shutil.which(args[0]):
        return None
    p = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return json.loads(p.stdout) if p.returncode == 0 else None


def speed(label, size, seconds, goal='', note=''):
    """size: bytes"""
    if not seconds:
        print(f'{label:<66} {"not run":>9}', flush=True)
        return
    rate = size / 1e6 / seconds
    share = f'{rate / FLOOR:6.3f}' if FLOOR else '     -'
    print(f'{label:<66} {rate:9.1f} {share}   {goal:<22} {note}'.rstrip(), flush=True)


def asked(label, got, goal='', note=''):
    speed(label, got['bytes'] if got else 0, got['seconds'] if got else None, goal, note)


def value(label, text, goal=''):
    print(f'{label:<66} {text:>16}   {goal}'.rstrip(), flush=True)


def head(title):
    print(f'\n{title:<66} {"MB/CPU s":>9} {"share":>6}   goal')


def cut(name, size):
    """the first bytes of docs.txt as a file of their own"""
    with open(path('docs.txt'), 'rb') as f, open(path(name), 'wb') as out:
        out.write(f.read(int(size * 1e6)).rpartition(b'\n')[0] + b'\n')
    return path(name)


def rooms():
    head('the rooms alone, one document a line')
    asked('words and sentences, English', ask([BENCH + '/rooms', 'words', path('docs.txt')]), '>= 200')
    asked('words and sentences, two bytes a letter', ask([BENCH + '/rooms', 'words', path('wide.txt')]), '>= 80')
    small = ask([BENCH + '/rooms', 'match', path('docs.txt'), path('lexicon.tsv')])
    big = ask([BENCH + '/rooms', 'match', path('docs.txt'), path('big.tsv')])
    asked('words, sentences and 3,000 patterns', small, '', f'{small["hits"]} hits')
    asked('words, sentences and 100,000 patterns', big, '', f'{big["hits"]} hits')
    value('100,000 patterns against 3,000', f'{small["seconds"] / big["seconds"]:.0%}', '>= 60 %')
    for n, name, goal in (('3,000', 'lexicon.tsv', 10), ('100,000', 'big.tsv', 300)):
        value(f'compiling {n} patterns', f'{ask([BENCH + "/rooms", "compile", path(name)])["seconds"] * 1e3:.1f} ms', f'<= {goal} ms')


def whole():
    size = os.path.getsize(path('docs.jsonl'))
    head('the command, JSONL in, CSV or JSONL out')
    hits = ['cues', '--hits', '--lexicon', path('lexicon.tsv')]
    for label, args, goal in (('3,000 patterns: every hit with offsets and category (cues --hits)', hits, '>= 150 or .28'),
                              ('score, all shipped lexicons', ['score'], '>= 60 or .12'), ('cues, all shipped lexicons', ['cues'], ''),
                              ('annotate', ['annotate'], ''), ('extract', ['extract'], '')):
        took, peak = spend([PROG, *args, '-j', '1', path('docs.jsonl')])
        speed(label, size, took, goal, f'{peak:.0f} MiB')


def peers():
    four, one, half = cut('four.txt', 4), cut('one.txt', 1), cut('half.txt', .5)
    head('other tools on the same patterns, or their own')
    asked('Hyperscan, with starts', ask([BENCH + '/peer_hyperscan', one, path('regex.txt'), 'starts']))
    got = ask([BENCH + '/peer_hyperscan', four, path('regex.txt')])
    asked('Hyperscan, ends only', got, '', f'compiling {got["compile"]:.1f} s' if got else '')
    # the module may belong to the system's Python only
    aho = [ask([python, '-c', AHOCORASICK, four, path('phrases.txt')]) for python in (sys.executable, '/usr/bin/python3')]
    asked('pyahocorasick and a check of borders, fixed phrases', aho[0] or aho[1])
    rg = spend(['rg', '-F', '-i', '-w', '-o', '-f', path('phrases.txt'), four], 1)[0] if shutil.which('rg') else None
    speed('ripgrep -F -i -w -o, fixed phrases, building included', os.path.getsize(four), rg)
    asked('PCRE2 with JIT, alternations of 1,000', ask([BENCH + '/peer_pcre2', one, path('regex.txt')]))
    asked('VADER (npm vader-sentiment), its own lexicon', ask(['node', '-e', VADER, half]))


def workers():
    print()
    times = []
    for commands in ([[PROG, 'score', '-j', '2', path('docs.jsonl')]], [[PROG, 'score', '-j', '1', path('docs.jsonl')]] * 2):
        best = None
        for _ in range(3):
            start = time.time()
            for p in [subprocess.Popen(c, stdout=subprocess.DEVNULL) for c in commands]:
                p.wait()
            best = min(best or 1e9, time.time() - start)
        times.append(best / len(commands))
    value('two workers, share of the throughput of two processes', f'{times[1] / times[0]:.2f}', '>= 0.95')
    digests = [subprocess.run([PROG, 'score', '-j', str(j), path('docs.jsonl')], stdout=subprocess.PIPE).stdout for j in (1, 2)]
    value('the same bytes', 'yes' if digests[0] == digests[1] else 'NO', 'yes')


def memory():
    with open(path('docs.txt'), encoding='utf-8') as f:
        text = f.read()
    with open(path('large.jsonl'), 'w', encoding='utf-8') as f:
        f.write(json.dumps({'id': 'a', 'text': text}, ensure_ascii=False) + '\n')
    with open(path('tiny.txt'), 'w') as f:
        f.write('Crime fell.')
    size = os.path.getsize(path('large.jsonl')) / 2**20
    for label, args in (('score', ['score']), ('cues --hits', ['cues', '--hits', '--lexicon', path('lexicon.tsv')])):
        peak = peak_of([PROG, *args, '-j', '1', path('large.jsonl')]) - peak_of([PROG, *args, '-j', '1', path('tiny.txt')])
        value(f'peak of {label} above its start, one record of {size:.0f} MiB', f'{peak:.0f} MiB', f'<= {32 + 12 * size:.0f} MiB (32 + 12 times the record)')


def start():
    with open(path('tiny.txt'), 'w') as f:
        f.write('Crime fell.')
    runs, used = 100, []
    for args in ([PROG, 'score', path('tiny.txt')], [PROG, '--version']):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        for _ in range(runs):
            subprocess.run(args, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / runs * 1e3)
    value('start: score of two words above --version', f'{used[0] - used[1]:.2f} ms', '<= 3 ms')


def rate_of(name, text, verb):
    """CPU seconds a byte of one record, beyond the start; and growth from half of it"""
    took = []
    for part in (text[:len(text) // 2], text):
        with open(path(name + '.txt'), 'w', encoding='utf-8') as f:
            f.write(part)
        took.append(spend([PROG, *verb, '-j', '1', '--from', 'text', path(name + '.txt')], 2)[0])
    base = spend([PROG, *verb, '-j', '1', path('tiny.txt')], 2)[0]
    return (took[1] - base) / len(text.encode()), took[1] / took[0]


def worst():
    print(f'\n{"worst cases: one record of 4 MB; time a byte against news, growth from half":<66}')
    lines = {'star': 'a* a* a*\tc\t1\n', 'every': '*\tc\t1\n'}
    for name, row in lines.items():
        with open(path(name + '.tsv'), 'w') as f:
            f.write(f'#lexicon\t{name}\n#language\ten\n#version\t1\n#license\tnone\n#dimension\t{name}\npattern\tcategory\tweight\n' + row)
    with open(path('docs.txt'), encoding='utf-8') as f:
        news = f.read()[:4000000]
    score, size = ['score'], 4000000
    normal = rate_of('news', news, score)[0]
    for label, text, verb in (('one line', news.replace('\n', ' '), score), ('nothing but emoji', '👍🏽👩‍👩‍👧🇺🇸' * (size // 45), score),
                              ('10^6 quote marks', '“a ” "b ' * 500000, score), ('opening marks only', '“a ' * (size // 5), score),
                              ('no stop and no blank', 'a' * size, score), ('stops only', '. ' * (size // 2), score),
                              ('capitals only', 'Aaa Bbb ' * (size // 8), score), ('numbers only', '12 million ' * (size // 11), score),
                              ('"said" only', 'said he ' * (size // 8), score),
                              ('a* a* a* on a ab abc', 'a ab abc ' * (size // 9), ['score', '--lexicon', path('star.tsv')]),
                              ('a pattern that is everywhere', news, ['score', '--lexicon', path('every.tsv')])):
        rate, growth = rate_of('worst', text, verb)
        value('  ' + label, f'{rate / normal:.2f}  x{growth:.2f}', '<= 4, x2')


def main():
    global FLOOR
    made = subprocess.run([sys.executable, os.path.join(HERE, 'make.py'), PROG, TMP, str(MB)], stdout=subprocess.PIPE).stdout.decode().strip()
    print(f'# {os.path.getsize(path("docs.txt")) / 1e6:.1f} MB of text made of the project\'s own sentences; {made}')
    got = ask([BENCH + '/floor', path('docs.txt'), path('lexicon.tsv')])
    FLOOR = got['bytes'] / 1e6 / got['seconds'] if got else None
    head('floor')
    asked('finding words and one look-up each, AVX2', got)
    for section in (rooms, whole, peers, workers, memory, start, worst):
        section()
    shutil.rmtree(TMP)


main()
