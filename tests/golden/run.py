#!/usr/bin/env python3
"""Golden cases: tests/golden/<verb>/<case>/ holds `args` (shell words, a line), inputs, `expected.out`, and where wanted
`expected.err`, `status` (exit code) and `stdin`; `before` holds runs of the program that come first, one a line with its verb. TMP in `args` and
`before` is a folder that is dropped afterwards. usage: run.py PROG [CASE...]   UPDATE=1 writes what the program prints.
A folder ending in .bug must still differ: the day it does not, drop the suffix."""
import os, re, shlex, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def read(path):
    if not os.path.exists(path):
        return None
    with open(path, 'rb') as f:
        return f.read()


def plain(out, tmp):
    """digests change with every word of a lexicon: they stand as x here"""
    return re.sub(rb'\b[0-9a-f]{16}\b', b'x' * 16, out).replace(tmp.encode(), b'TMP')


def cases(only):
    for verb in sorted(os.listdir(HERE)):
        folder = os.path.join(HERE, verb)
        if os.path.isdir(folder):
            for case in sorted(os.listdir(folder)):
                if os.path.exists(os.path.join(folder, case, 'args')) and (not only or case in only or f'{verb}/{case}' in only):
                    yield verb, case


def run(prog, verb, case):
    tmp = tempfile.mkdtemp(prefix='fsc-golden.')
    try:
        return run_in(tmp, prog, verb, case)
    finally:
        shutil.rmtree(tmp)


def run_in(tmp, prog, verb, case):
    folder = os.path.join(HERE, verb, case)
    words = lambda line: shlex.split(line.replace('TMP', tmp))
    args = words(read(os.path.join(folder, 'args')).decode())
    env = {k: v for k, v in os.environ.items() if k not in ('LANG', 'LC_ALL')}
    for line in (read(os.path.join(folder, 'before')) or b'').decode().splitlines():
        subprocess.run([prog, *words(line)], cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    p = subprocess.run([prog, verb, *args], input=read(os.path.join(folder, 'stdin')) or b'', cwd=folder, env=env,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60 * float(os.environ.get('TEST_SLOW', '1')))
    status = read(os.path.join(folder, 'status'))
    faults = []
    for name, got in (('expected.out', plain(p.stdout, tmp)), ('expected.err', plain(p.stderr, tmp))):
        want = read(os.path.join(folder, name))
        if os.environ.get('UPDATE') and (want is not None or name == 'expected.out'):
            with open(os.path.join(folder, name), 'wb') as f:
                f.write(got)
        elif want is not None and got != want:
            a, b = want.decode('utf-8', 'replace').splitlines(), got.decode('utf-8', 'replace').splitlines()
            at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            faults.append(f'{name} line {at + 1}:\n  want {a[at] if at < len(a) else "(end)"}\n  got  {b[at] if at < len(b) else "(end)"}')
    if p.returncode != int(status or 0):
        faults.append(f'exit {p.returncode}, wanted {int(status or 0)}: {p.stderr.decode("utf-8", "replace")[-300:]}')
    return faults


def main():
    prog, n, bad = os.path.abspath(sys.argv[1]), 0, 0
    for n, (verb, case) in enumerate(cases(sys.argv[2:]), 1):
        faults = run(prog, verb, case)
        known = case.endswith('.bug')
        good = bool(faults) if known else not faults
        bad += not good
        print(f'{"ok" if good else "not ok"} {n} - {verb}/{case}')
        for line in '\n'.join(faults if not known else ['no longer differs'] if not good else []).splitlines():
            print(f'# {line}'[:900])
    print(f'1..{n}')
    return 1 if bad or not n else 0


if __name__ == '__main__':
    sys.exit(main())
