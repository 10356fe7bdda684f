#!/usr/bin/env python3
"""Holds the types of `diff --pairs` against corpus/gold/revisions.

usage: score_gold.py [--split dev|heldout|all] [--show] [--floors] PROGRAM
--show lists the differences of the dev half (never of the held-out half); without --show, or with --floors, prints TAP and
fails below the floors. Python 3, standard library only.
"""
import collections, json, os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
GOLD = os.path.join(HERE, '..', '..', 'corpus', 'gold', 'revisions', 'gold.jsonl')
# what must hold on each half
FLOORS = {'dev': .90, 'heldout': .88}


def load():
    with open(GOLD, encoding='utf-8') as f:
        return [json.loads(line) for line in f]


def run(prog, rows):
    with tempfile.NamedTemporaryFile('w', suffix='.jsonl', encoding='utf-8', delete=False) as f:
        for r in rows:
            f.write(json.dumps({'id': r['id'], 'a': r['a'], 'b': r['b']}, ensure_ascii=False) + '\n')
    try:
        p = subprocess.run([prog, 'diff', '--json', '--pairs', f.name], stdout=subprocess.PIPE, timeout=120)
    finally:
        os.unlink(f.name)
    return {d['id']: d for d in map(json.loads, p.stdout.decode().splitlines())}


def tally(rows, got):
    """type -> [right, reported, true]"""
    out = collections.defaultdict(lambda: [0, 0, 0])
    for r in rows:
        have, want = set(got[r['id']]['types']), set(r['types'])
        for t in have | want:
            out[t][0] += t in have and t in want
            out[t][1] += t in have
            out[t][2] += t in want
    return out


def f1(hit, pred, gold):
    return 2 * hit / max(1, pred + gold)


def macro(t):
    """Mean F1 over the types that the gold holds."""
    true = [v for v in t.values() if v[2]]
    return sum(f1(*v) for v in true) / max(1, len(true))


def micro(t):
    return f1(*(sum(v[k] for v in t.values()) for k in range(3)))


def show(rows, got):
    for r in rows:
        have, want = set(got[r['id']]['types']), set(r['types'])
        if r['split'] == 'dev' and have != want:
            print(f"{r['id']}  {r['a']}\n      {r['b']}\n      missed: {' '.join(sorted(want - have)) or '-'}   false: {' '.join(sorted(have - want)) or '-'}")


def main(argv):
    split = argv[argv.index('--split') + 1] if '--split' in argv else 'all'
    prog = argv[-1]
    rows = [r for r in load() if split in ('all', r['split'])]
    got = run(prog, rows)
    if '--show' in argv:
        show(rows, got)
        t = tally(rows, got)
        for name, v in sorted(t.items()):
            print(f'{name:24} F1 {f1(*v):.3f}  right {v[0]:3} reported {v[1]:3} true {v[2]:3}')
        print(f'pairs {len(rows)}  macro F1 {macro(t):.3f}  micro F1 {micro(t):.3f}')
        return 0
    bad = 0
    for n, (half, floor) in enumerate(FLOORS.items(), 1):
        part = [r for r in rows if r['split'] == half]
        value = macro(tally(part, got)) if part else 1
        bad += value < floor
        print(f"{'ok' if value >= floor else 'not ok'} {n} - types of an edit, {half}: macro F1 {value:.3f} over {len(part)} pairs, floor {floor}")
    print(f'1..{len(FLOORS)}')
    return 1 if bad else 0


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
