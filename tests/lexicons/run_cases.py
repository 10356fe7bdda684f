#!/usr/bin/env python3
"""Runs the sentences beside the lexicons: lexicons/*/*.cases.

usage: run_cases.py PROG [-v] [--lexicon-dir DIR] [CASES...]      (default: lexicons/*/*.cases of this tree)

A line of a .cases file: expect, category, cue, sentence (tab-separated).
  hit   the sentence gives a cue of the category with exactly this text (weight 0 counts: it is shown)
  miss  no scored cue of the category has this text; with an empty cue: no scored cue of the category at all
One run of PROG annotates all sentences, one a document. Output is TAP, one test a file, its failures below it;
-v: one test a line. Exit status 1 when one fails, 2 when the cases or PROG cannot be used.
Categories are looked up in the dimension of the lexicon the cases stand beside. Python 3, standard library only.
"""
import glob
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def stop(message):
    print(f'Bail out! {message}')
    sys.exit(2)


def dimension_of(path):
    """The #dimension of the lexicon that the cases stand beside."""
    try:
        with open(path[:-len('.cases')] + '.tsv', encoding='utf-8') as f:
            for line in f:
                if line.startswith('#dimension'):
                    return line.split()[1]
    except OSError as e:
        stop(e)
    stop(f'{path}: its lexicon has no dimension')


def read_cases(path):
    dimension = dimension_of(path)
    with open(path, encoding='utf-8') as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip('\r\n')
            if not line.strip() or line.startswith('#'):
                continue
            cell = line.split('\t')
            if cell[0] == 'expect':
                continue
            if len(cell) != 4 or cell[0] not in ('hit', 'miss') or not cell[3]:
                stop(f'{path}:{number}: not "hit|miss, category, cue, sentence" with tabs between')
            if cell[2] not in cell[3] or (cell[0] == 'hit' and not cell[2]):
                stop(f'{path}:{number}: the cue "{cell[2]}" is not in the sentence')
            yield {'path': path, 'line': number, 'expect': cell[0], 'category': cell[1], 'cue': cell[2],
                   'sentence': cell[3], 'dimension': dimension}


def annotate(program, options, sentences):
    """Cues of every sentence, by one run of the program."""
    data = ''.join(json.dumps({'id': str(k), 'text': s}) + '\n' for k, s in enumerate(sentences))
    command = [program, 'annotate', '--from', 'jsonl', '--text-only', '--format', 'jsonl', *options, '-']
    try:
        run = subprocess.run(command, input=data.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except OSError as e:
        stop(e)
    if run.returncode != 0:
        stop(f'{" ".join(command)}: exit {run.returncode}: {run.stderr.decode("utf-8", "replace")[:400]}')
    documents = [json.loads(line) for line in run.stdout.decode('utf-8').splitlines()]
    if [d['id'] for d in documents] != [str(k) for k in range(len(sentences))]:
        stop(f'{len(documents)} documents out for {len(sentences)} in, or out of order')
    return [d.get('cues') or [] for d in documents]


def shown(cues, dimension):
    mine = [c for c in cues if c['dimension'] == dimension]
    return '; '.join(f'{c["text"]} = {c["category"]}' + ('' if c['scored'] else f' ({c["why"]})') for c in mine) or 'nothing'


def fails(case, cues):
    """Why the case fails, or None."""
    mine = [c for c in cues if c['dimension'] == case['dimension'] and c['category'] == case['category']]
    if case['expect'] == 'hit':
        good = any(c['text'] == case['cue'] and c['why'] in (None, 'neutral') for c in mine)
    else:
        good = not any(c['scored'] and case['cue'] in ('', c['text']) for c in mine)
    if good:
        return None
    return (f'{os.path.relpath(case["path"], ROOT)}:{case["line"]}: {case["expect"]} {case["category"]} "{case["cue"]}": '
            f'{case["sentence"]}  -> {shown(cues, case["dimension"])}')


def main(argv):
    options, verbose, paths = [], False, []
    while argv:
        word = argv.pop(0)
        if word == '-v':
            verbose = True
        elif word == '--lexicon-dir' and argv:
            options += ['--lexicon-dir', argv.pop(0)]
        else:
            paths.append(word)
    if not paths or paths[0].startswith('-'):
        sys.exit(__doc__)
    missing = [path for path in paths[1:] if not (path.endswith('.cases') and os.path.isfile(path))]
    if missing:
        stop(f'{missing[0]}: no .cases file')
    program, files = paths[0], paths[1:] or sorted(glob.glob(os.path.join(ROOT, 'lexicons', '*', '*.cases')))
    cases = [case for path in files for case in read_cases(path)]
    if not cases:
        stop('no cases')
    results = [(case, fails(case, cues)) for case, cues in zip(cases, annotate(program, options, [c['sentence'] for c in cases]))]
    groups = [[r] for r in results] if verbose else [[r for r in results if r[0]['path'] == p] for p in files]
    print(f'1..{len(groups)}')
    for k, group in enumerate(groups, 1):
        bad = [why for _, why in group if why]
        case = group[0][0] if group else None
        name = os.path.relpath(files[k - 1], ROOT) if not verbose else f'{os.path.relpath(case["path"], ROOT)}:{case["line"]}'
        print(f'{"not ok" if bad or not group else "ok"} {k} - {name}' + ('' if verbose else f' ({len(group)} cases)'))
        for why in bad:
            print(f'# {why}')
    return 1 if any(why for _, why in results) else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
