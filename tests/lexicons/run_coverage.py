#!/usr/bin/env python3
"""Counts which lexicon entries the sentences beside them exercise: lexicons/*/*.cases.

usage: run_coverage.py PROG [-l NAME]      (-l: lists the kinds of lexicon NAME that lack a case, by their first entry)

An entry is hit by a case when one of its cues has the case's text. It is held off by a miss when the case's sentence holds its
words and nothing is scored: this is found by further runs over copies of the lexicons without guards and conditions, where the same
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
FLOOR = {'attribution': 100, 'causality': 95, 'certainty': 94, 'conflict': 100, 'harm': 98, 'intensity': 98, 'issue': 100, 'labeling': 99,
         'moral': 98, 'quantity': 100, 'stance': 95, 'threat': 98}
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


def bare(source, target, wanted):
    """A copy of a lexicon with the wanted entries (pattern, category) alone, each once, without guards and conditions."""
    seen = set()
    with open(source, encoding='utf-8') as f, open(target, 'w', encoding='utf-8') as out:
        for line in f:
            cell = line.rstrip('\n').split('\t')
            if len(cell) > 1 and not line.startswith('#') and cell[0] != 'pattern':
                entry = cell[0], cell[1]
                if entry in seen or entry not in wanted:
                    continue
                seen.add(entry)
                if len(cell) > 3:
                    cell[3] = '; '.join(o.strip() for o in cell[3].split(';') if not CONDITION.match(o.strip()))
                line = '\t'.join(cell) + '\n'
            out.write(line)


def cues_without_guards(program, sentences, wanted):
    """Cues of every sentence by the entries wanted of each scored lexicon ({name: entries}), their guards and conditions gone."""
    with tempfile.TemporaryDirectory() as folder:
        for path in glob.glob(os.path.join(LEXICONS, '*', '*.tsv')):
            target = os.path.join(folder, os.path.relpath(path, LEXICONS))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            name = os.path.basename(path)[:-len('.tsv')]
            bare(path, target, wanted[name]) if name in wanted else shutil.copy(path, target)
        return run_cases.annotate(program, ['--lexicon-dir', folder], sentences)


def tested(cases, cues):
    """(lexicon, pattern, category) of the entries whose cue has the text of the case (any text of the category when it names none)."""
    return {(c['lexicon'], c['entry'], c['category']) for case, mine in zip(cases, cues) for c in mine
            if c['lexicon'] == case['lexicon'] and c['category'] == case['category'] and case['cue'].lower() in ('', c['text'].lower())}


def held_off(program, misses, kinds):
    """Entries whose words a miss holds. Of two entries for the same words one gives the cue; the other has its turn in the next round."""
    held, lack = set(), dict(kinds)
    while True:
        wanted = {name: {e[1:] for (lexicon, *_), es in lack.items() if lexicon == name for e in es} for name, *_ in kinds}
        new = tested(misses, cues_without_guards(program, [c['sentence'] for c in misses], wanted)) - held
        held |= new
        still = {kind: es for kind, es in lack.items() if not held.intersection(es)}
        if len(still) in (0, len(lack)):
            return held
        lack = still


def report(path, cases, kinds, hits, held, number, listed):
    """One line of TAP and what is wrong; True when nothing is."""
    name = lexicon_of(path)
    every = list(entries(path[:-len('.cases')] + '.tsv'))
    mine = {kind: es for kind, es in kinds.items() if kind[0] == name}
    lack = {kind: [word for word, found in (('hit', hits), ('miss', held)) if not found.intersection(es)] for kind, es in mine.items()}
    lack = {kind: words for kind, words in lack.items() if words}
    hit, misses, want = sum(h[0] == name for h in hits), sum(c['expect'] == 'miss' for c in cases), len(every) / 10
    share, floor = 100 * (len(mine) - len(lack)) // max(1, len(mine)), FLOOR.get(name, 0)
    unfounded = groundless(path[:-len('.cases')] + '.tsv')
    good = hit >= want and misses >= want and share >= floor and not unfounded
    print(f'{"ok" if good else "not ok"} {number} - {name}: {len(every)} entries, {hit} hit, {misses} misses (each wants {want:.0f}); '
          f'{len(mine)} ambiguous kinds, {len(mine) - len(lack)} with both ({share} %, floor {floor} %)')
    for pattern in unfounded:
        print(f'# {pattern}: no ground in the note column')
    for kind, words in lack.items() if listed else ():
        print(f'# {kind[1]}\t{mine[kind][0][1]}\t{" ".join(words)}')
    return good


def lexicon_of(path):
    return os.path.basename(path)[:-len('.cases')]


def main(argv):
    if len(argv) not in (1, 3) or argv[0].startswith('-') or argv[1:2] not in ([], ['-l']):
        sys.exit(__doc__)
    program, files = argv[0], sorted(glob.glob(os.path.join(LEXICONS, '*', '*.cases')))
    cases = {path: [{**c, 'lexicon': lexicon_of(path)} for c in run_cases.read_cases(path)] for path in files}
    kinds = collections.OrderedDict()       # (lexicon, category, conditions): its entries
    for path in files:
        for pattern, category, conditions in entries(path[:-len('.cases')] + '.tsv'):
            if conditions:
                kinds.setdefault((lexicon_of(path), category, conditions), []).append((lexicon_of(path), pattern, category))
    every = {expect: [c for path in files for c in cases[path] if c['expect'] == expect] for expect in ('hit', 'miss')}
    hits = tested(every['hit'], run_cases.annotate(program, [], [c['sentence'] for c in every['hit']]))
    held = held_off(program, every['miss'], kinds)
    print(f'1..{len(files)}')
    good = [report(path, cases[path], kinds, hits, held, k, argv[2:] == [lexicon_of(path)]) for k, path in enumerate(files, 1)]
    return 0 if all(good) else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
