#!/usr/bin/env python3
"""Archives: a .warc.gz of pages to scores, against unpacking it and libxml2's DOM parse of the same records; and memory after many records.
usage: warc.py PROG [--pages FOLDER] [--records N] [--many N]
CPU seconds of whole processes on one worker, the best of three, in turn; ratios within this run. Not a test. Needs a C compiler."""
import argparse, os, shlex, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def cpu(args):
    pid = os.fork()
    if not pid:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execvp(args[0], args)
    _, status, use = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f'{args[0]}: exit {os.waitstatus_to_exitcode(status)}')
    return use.ru_utime + use.ru_stime, use.ru_maxrss


def generate(path, *args):
    subprocess.run([sys.executable, os.path.join(HERE, 'make_warc.py'), path, *map(str, args)], check=True)
    return path


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument('prog')
    p.add_argument('--pages')
    p.add_argument('--records', type=int, default=300)
    p.add_argument('--many', type=int, default=0, help='also: peak memory after this many small records against after a hundredth')
    a = p.parse_args()
    prog = os.path.abspath(a.prog)
    with tempfile.TemporaryDirectory(prefix='fsc-bench.') as tmp:
        floor, archive = os.path.join(tmp, 'floor'), os.path.join(tmp, 'pages.warc.gz')
        flags = subprocess.run(['pkg-config', '--cflags', '--libs', 'libxml-2.0', 'zlib'], stdout=subprocess.PIPE, check=True).stdout.decode()
        subprocess.run([*shlex.split(os.environ.get('CC', 'cc')), '-O2', '-o', floor, os.path.join(HERE, 'warc_floor.c'), *shlex.split(flags)], check=True)
        generate(archive, '--records', a.records, *(['--pages', a.pages] if a.pages else []))
        ours, theirs = [], []
        for _ in range(3):
            ours.append(cpu([prog, 'score', '-j', '1', '-q', '-f', 'csv', archive]))
            theirs.append(cpu([floor, archive]))
        mine, other = min(ours)[0], min(theirs)[0]
        print(f'scores: {mine:.2f} s, {1000 * mine / a.records:.2f} ms a record, peak {max(r for _, r in ours) // 1024} MiB')
        print(f'unpack and DOM: {other:.2f} s; ratio {mine / other:.2f}')
        if a.many:
            peak = []
            for n in (a.many // 100, a.many):
                path = generate(os.path.join(tmp, f'{n}.warc.gz'), '--small', '--records', n)
                seconds, rss = cpu([prog, 'score', '-j', '1', '-q', '-f', 'csv', path])
                print(f'{n} small records: {seconds:.1f} s, peak {rss} KiB')
                peak.append(rss)
            print(f'growth {100 * (peak[1] / peak[0] - 1):.1f} %')


if __name__ == '__main__':
    main()
