#!/usr/bin/env python3
"""Texts made to be slow or large: time grows with the text and stays near that of news, memory stays in its bounds.
usage: test_worst.py PROG
CPU seconds, the least of some rounds; bounds are wide, for machines are busy (make bench has figures)."""
import os, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import Program, Skip, main, need

P = Program(sys.argv[1])
SMALL, LARGE = 100_000, 400_000
GROWTH, AGAINST_NEWS = 2.2, 8  # times linear; times the time of as much news
HEAD = '#lexicon\town\n#language\ten\n#version\t1\n#license\tnone\n#dimension\town\npattern\tcategory\tweight\n'
NEWS = '“We will not close the school,” Mayor Dana Ortiz said on Monday, although enrolment fell 20% because families left. '
PLAIN = 'The council met in the old hall above the river, and the rain went on for most of the day. '


def spend(args, text):
    """CPU seconds and peak KiB of one run over a file of this text"""
    path = P.put('text.txt', text)
    pid = os.fork()
    if not pid:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execv(P.path, [P.path, *args, '-j', '1', '--from', 'text', path])
    _, status, use = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f'exit {os.waitstatus_to_exitcode(status)} on {args}')
    return use.ru_utime + use.ru_stime, use.ru_maxrss


def fill(unit, size):
    return (unit * (size // len(unit.encode()) + 1)).encode()[:size].decode('utf-8', 'ignore')


def least(args, text, rounds=2):
    return min(spend(args, text)[0] for _ in range(rounds))


def own(name, rows):
    return ['--lexicon', P.put(name + '.tsv', HEAD + rows)]


def check(args, unit, start):
    small = least(args, fill(unit, SMALL)) - start
    for rounds in range(4):
        large = least(args, fill(unit, LARGE), 1 + rounds) - start
        if large < 4 * GROWTH * small + .02 and large < AGAINST_NEWS * NEWS_TIME + .02:
            return
    need(large < 4 * GROWTH * small + .02, f'{small:.3f} s, four times as much {large:.3f} s')
    need(large < AGAINST_NEWS * NEWS_TIME + .02, f'{large:.3f} s, as much news {NEWS_TIME:.3f} s')


def case(name, args, unit, start):
    def run():
        check(args, unit, start if start is not None else least(args, 'Crime fell.'))
    run.__doc__ = f'time grows with the text and stays near that of news: {name}'
    return run


def memory(name, args, unit):
    """nearly all of the bound that a record of 6 MB leaves is its own share"""
    def run():
        if P.slow > 1:
            raise Skip('a sanitizer keeps memory of its own')
        size = 6_000_000
        most, peak = (32 << 20) + 12 * size, spend(args, fill(unit, size))[1] * 1024
        need(peak <= most, f'{peak / 1e6:.1f} MB for one record of {size / 1e6:.0f} MB, at most {most / 1e6:.1f}')
    run.__doc__ = f'memory of one large record, {" ".join(args)}, {name}: at most 32 MiB and 12 times its size'
    return run


def spilled():
    """rows of a record that do not fit into memory are the same as those sent at once, whole, and need a place to wait"""
    path = P.put('large.txt', fill(NEWS + PLAIN, 3_000_000))
    for verb in ('cues', 'annotate'):
        args = [verb, '-j', '1', '--from', 'text', path]
        out = P.run(*args).stdout
        need(len(out) > 16 << 20, f'{verb}: only {len(out)} bytes')
        need(out == P.run(*args, '--isolate').stdout, f'{verb}: other bytes')
    env = dict(os.environ, TMPDIR='/no/such/folder')
    p = subprocess.run([P.path, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    need(p.returncode == 3 and not p.stdout and b'/no/such/folder' in p.stderr and b'TMPDIR' in p.stderr, (p.returncode, p.stderr))


START = least(['score'], 'Crime fell.', 3)
NEWS_TIME = least(['score'], fill(NEWS, LARGE), 3) - START
TEXTS = (('one line', NEWS), ('emoji', '👍🏽👩‍👩‍👧🇺🇸'), ('quote marks', '“a ” "b '), ('opening marks', '“a '), ('no blank', 'a'), ('stops', '. '),
         ('capitals', 'Aaa Bbb '), ('numbers', '12 million '), ('said', 'said he '), ('lines', 'a\n\n'), ('combining marks', 'a\u0301\u0301\u0301 '),
         ('right to left', 'שלום עולם '), ('causes', 'because of '), ('names that own', "Aaa's bbb\n\n"), ('negations', 'not very '))
LEXICONS = (('a* a* a*', 'a* a* a*\tc\t1\n', 'a ab abc '), ('a pattern that is everywhere', '*\tc\t1\n* *\tc\t1\n', NEWS),
            ('gaps', 'a <0-9> a <0-9> z\tc\t1\n', 'a a a b '))
TESTS = [case(name, ['score'], unit, START) for name, unit in TEXTS]
for n, (name, rows, unit) in enumerate(LEXICONS):
    for verb in (['score'], ['cues', '--hits']):
        TESTS.append(case(f'{name}, {" ".join(verb)}', [*verb, *own(f'worst{n}', rows)], unit, None))
TESTS += [memory(name, ['score'], unit) for name, unit in (('quotations', NEWS + PLAIN), ('no stop', (NEWS + PLAIN).replace('.', ' ')), ('a sentence a line', NEWS + '\n\n' + PLAIN + '\n\n'))]
TESTS.append(memory('news', ['cues', '--hits', '-d', 'causality'], NEWS))
# rows and annotations are many times the text
TESTS += [memory('news', [verb], NEWS + PLAIN) for verb in ('cues', 'annotate')] + [spilled]
main(TESTS)
