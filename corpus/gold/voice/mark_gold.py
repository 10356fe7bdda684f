#!/usr/bin/env python3
"""Writes gold passages of voice from marked text, and back, so that they can be written and read by people.

usage: mark_gold.py FIRST SPLIT < marked.txt >> gold.jsonl        FIRST: number of the first id; SPLIT: dev or heldout
       mark_gold.py --show [dev|heldout] < gold.jsonl
A passage a line, its construction, a tab, the text; \\n is a line feed. Marks nest:
    <<Speaker;role|"a quotation">>  {Speaker|indirect speech}  ~"scare quotes"~  [cue]      ? for a speaker: null; role may be left out
Python 3, standard library only.
"""
import json, re, sys

KINDS = (('{', '}', 'indirect'), ('<<', '>>', 'quotes'),  # of equal spans the first is the outer one
         ('~', '~', 'scare'), ('[', ']', 'cues'))


def head_of(marked, at, kind):
    """Speaker and role at the start of a mark; returns them and where the text goes on."""
    if kind in ('scare', 'cues'):
        return {}, at
    bar = marked.index('|', at)
    speaker, _, role = marked[at:bar].partition(';')
    head = {'speaker': None if speaker == '?' else speaker}
    if kind == 'quotes':
        head['role'] = role or None
    return head, bar + 1


def parse(marked):
    marked = marked.replace('\\n', '\n')
    out, text, open_, at = {k: [] for _, _, k in KINDS}, '', [], 0
    size = lambda: len(text.encode())
    while at < len(marked):
        if open_ and marked.startswith(open_[-1][0], at):
            close, kind, span = open_.pop()
            at += len(close)
            out[kind].append({'start': span.pop('start'), 'end': size(), **span})
            continue
        mark = next((m for m in KINDS if marked.startswith(m[0], at)), None)
        if mark:
            head, at = head_of(marked, at + len(mark[0]), mark[2])
            open_.append((mark[1], mark[2], {'start': size(), **head}))
            continue
        text += marked[at]
        at += 1
    if open_:
        raise ValueError(f'mark not closed: {marked}')
    return {'text': text, **{k: sorted(v, key=lambda s: (s['start'], -s['end'])) for k, v in out.items()}}


def show(row):
    raw, marks = row['text'].encode(), []
    for rank, (opening, closing, kind) in enumerate(KINDS):
        for s in row[kind]:
            role = ';' + s['role'] if s.get('role') else ''
            head = f"{s['speaker'] or '?'}{role}|" if 'speaker' in s else ''
            marks += [(s['start'], 1, -s['end'], rank, opening + head), (s['end'], 0, -s['start'], -rank, closing)]
    out, at = b'', 0
    for place, _, _, _, mark in sorted(marks):
        out, at = out + raw[at:place] + mark.encode(), place
    return (out + raw[at:]).decode().replace('\n', '\\n')


def main(argv):
    if argv and argv[0] == '--show':
        for line in sys.stdin:
            row = json.loads(line)
            if len(argv) < 2 or row['split'] == argv[1]:
                print(f"{row['id']} {row['construction']}\t{show(row)}")
    elif len(argv) == 2 and argv[0].isdigit():
        for number, line in enumerate(filter(str.strip, sys.stdin), int(argv[0])):
            construction, marked = re.split(r'\t', line.rstrip('\n'), maxsplit=1)
            row = {'id': f'v{number:03}', 'construction': construction, 'split': argv[1], **parse(marked)}
            print(json.dumps(row, ensure_ascii=False))
    else:
        sys.exit(__doc__)


if __name__ == '__main__':
    main(sys.argv[1:])
