#!/usr/bin/env python3
"""Counts which lexicon entries the sentences beside them exercise: lexicons/*/*.cases.

usage: run_coverage.py PROG [-l NAME]      (-l: lists the kinds of lexicon NAME that lack a case, by their first entry)

An entry is hit by a case when one of its cues has the case's text. It is held off by a miss when the case's sentence holds its
words and nothing is scored: this is found by a second run over copies of the lexicons without guards and conditions, where the same
sentence does give the cue. An entry is ambiguous when it has guards or conditions. Wanted: one hit and one miss for every tenth
entry, and for every ambiguous kind: entries of a category with the same conditions are one kind, since the same words are put to the
test. FLOOR says how many of a lexicon's ambiguous kinds have both today, in percent, and only rises. And every entry that counts
(weight above 0) says in its note why. Output is TAP, one test a lexicon; exit status 1 when one fails. Python 3, standard library only.
"""
import collections
import glob
import os
import re
import shutil
import sys
import tempfile

import run_cases

LEXICONS = os.path.join(run_cases.ROOT, 'lexicons')
FLOOR = {'attribution': 100, 'causality': 79, 'certainty': 88, 'conflict': 96, 'harm': 97, 'intensity': 95, 'issue': 95, 'labeling': 97,
         'moral': 98, 'quantity': 100, 'stance': 95, 'threat': 95}
CONDITION = re.compile(r'^!?(before|after)=|^(target=.*|predicate|clause|phrase|front|finite|comma|pause|purpose|number|speech)$')


def rows(path):
    """The five cells of each entry."""
    with open(path, encoding='utf-8') as f:
        for line in f:
            cell = line.rstrip('\n').split('\t')
            if len(cell) > 1 and not line.startswith('#') and cell[0] != 'pattern':
                yield cell + [''] * (5 - len(cell))


def entries(path):
    """Pattern, category, conditions (empty when it is not ambiguous), for each entry but those of rules in code."""
    for pattern, category, _, options, _ in rows(path):
        if not pattern.startswith('@'):
            yield pattern, category, '; '.join(sorted(o.strip() for o in options.split(';') if CONDITION.match(o.strip())))


def groundless(path):
    """Entries that count (a rule may leave out its weight) and do not say why."""
    return [pattern for pattern, _, weight, _, note in rows(path) if float(weight or 1) > 0 and not note.strip()]


def bare(source, target):
    """A copy of a lexicon without guards and conditions; what is the same then stands once."""
    seen = set()
    with open(source, encoding='utf-8') as f, open(target, 'w', encoding='utf-8') as out:
        for line in f:
            cell = line.rstrip('\n').split('\t')
            if len(cell) > 1 and not line.startswith('#') and cell[0] != 'pattern':
                if (cell[0], cell[1]) in seen:
                    continue
                seen.add((cell[0], cell[1]))
                if len(cell) > 3:
                    cell[3] = '; '.join(o.strip() for o in cell[3].split(';') if not CONDITION.match(o.strip()))
                line = '\t'.join(cell) + '\n'
            out.write(line)


def cues_without_guards(program, sentences):
    with tempfile.TemporaryDirectory() as folder:
        for path in glob.glob(os.path.join(LEXICONS, '*', '*.tsv')):
            target = os.path.join(folder, os.path.relpath(path, LEXICONS))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            scored = os.path.exists(path[:-len('.tsv')] + '.cases')
            bare(path, target) if scored else shutil.copy(path, target)
        return run_cases.annotate(program, ['--lexicon-dir', folder], sentences)


def tested(cases, cues, lexicon):
    """Entries of the lexicon whose cue has the text of the case (any text of the category when it names none)."""
    found = set()
    for case, mine in zip(cases, cues):
        for c in mine:
            if c['lexicon'] == lexicon and c['category'] == case['category'] and case['cue'].lower() in ('', c['text'].lower()):
                found.add((c['entry'], c['category']))
    return found


def main(argv):
    if len(argv) not in (1, 3) or argv[0].startswith('-') or argv[1:2] not in ([], ['-l']):
        sys.exit(__doc__)
    program = argv[0]
    files = sorted(glob.glob(os.path.join(LEXICONS, '*', '*.cases')))
    cases = {path: list(run_cases.read_cases(path)) for path in files}
    flat = [c for path in files for c in cases[path]]
    sentences = [c['sentence'] for c in flat]
    guarded, plain = run_cases.annotate(program, [], sentences), cues_without_guards(program, sentences)
    print(f'1..{len(files)}')
    failed, at = 0, 0
    for k, path in enumerate(files, 1):
        mine, name = cases[path], os.path.basename(path)[:-len('.cases')]
        part = slice(at, at + len(mine))
        at += len(mine)
        pick = lambda expect, cues: tested(*zip(*[(c, q) for c, q in zip(mine, cues[part]) if c['expect'] == expect]), name)
        hits, held = pick('hit', guarded), pick('miss', plain)
        every = list(entries(path[:-len('.cases')] + '.tsv'))
        kinds = collections.OrderedDict()
        for pattern, category, conditions in every:
            if conditions:
                kinds.setdefault((category, conditions), []).append((pattern, category))
        lack = [k for k, es in kinds.items() if not any(e in hits for e in es) or not any(e in held for e in es)]
        misses = sum(c['expect'] == 'miss' for c in mine)
        want = len(every) / 10
        share = 100 * (len(kinds) - len(lack)) // max(1, len(kinds))
        unfounded = groundless(path[:-len('.cases')] + '.tsv')
        good = len(hits) >= want and misses >= want and share >= FLOOR.get(name, 0) and not unfounded
        failed += not good
        print(f'{"ok" if good else "not ok"} {k} - {name}: {len(every)} entries, {len(hits)} hit, {misses} misses (each wants '
              f'{want:.0f}); {len(kinds)} ambiguous kinds, {len(kinds) - len(lack)} with both ({share} %, floor {FLOOR.get(name, 0)} %)')
        for pattern in unfounded:
            print(f'# {pattern}: no ground in the note column')
        if argv[2:] == [name]:
            for kind in lack:
                es = kinds[kind]
                print(f'# {kind[0]}\t{es[0][0]}\t{"" if any(e in hits for e in es) else "hit "}'
                      f'{"" if any(e in held for e in es) else "miss"}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
