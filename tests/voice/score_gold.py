#!/usr/bin/env python3
"""Holds the voice of `annotate` against corpus/gold/voice.

usage: score_gold.py [--figures] [--split dev|heldout|all] [--show] PROGRAM [ARG...]
PROGRAM is framescope; with ARG... any command that reads JSON Lines {"id", "text"} and writes annotations; "-" reads those from stdin.
Prints TAP and fails below the floors; --figures prints the measures only, --show the differences too (of dev, never of heldout).
Python 3, standard library only.
"""
import json, os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
HOME = os.path.join(HERE, '..', '..', 'corpus', 'gold', 'voice')
GOLD = os.path.join(HOME, 'gold.jsonl')
sys.path.insert(0, HOME)
sys.dont_write_bytecode = True
import mark_gold
# what must hold on the whole set: measure -> floor
FLOORS = {'quotes F1': .99, 'long quotes F1': .99, 'speaker': .98, 'role': .95, 'indirect words F1': .94, 'indirect speaker': .89, 'cues F1': .91,
          'voice of words': .96}
WORD = re.compile(rb"[\w\x80-\xff]+(?:['\-][\w\x80-\xff]+)*")
QUOTED = ('direct', 'block', 'embed')
EMPTY = {'the', 'a', 'an', 'of', 'for', 'and', 'in', 'at', 'ms', 'mr', 'gov', 'mayor', 'judge', 'councilman', 'senator', 'rep'}


def overlap(a, b):
    return max(0, min(a['end'], b['end']) - max(a['start'], b['start']))


def same(a, b):
    return overlap(a, b) >= 0.8 * (max(a['end'], b['end']) - min(a['start'], b['start']))


def name_words(s):
    words = re.findall(r"[\w'-]+", (s or '').lower().replace('’', "'"))
    return set(words) - EMPTY or set(words[-1:])


def speaker_ok(want, got):
    """Named or not, the words of the two must meet; nobody must stay nobody."""
    if want is None:
        return got is None
    return bool(got) and any(name_words(w) & name_words(got) for w in want.split('/'))


def f1(hit, pred, gold):
    p, r = hit / max(1, pred), hit / max(1, gold)
    return 0.0 if p + r == 0 else 2 * p * r / (p + r)


class Tally:
    def __init__(self):
        self.quote, self.long, self.cue, self.indirect = [0, 0, 0], [0, 0, 0], [0, 0, 0, 0], [0, 0, 0]
        self.speaker, self.indirect_speaker, self.role, self.voice = [0, 0], [0, 0], [0, 0], [0, 0]
        self.notes = []

    def figures(self):
        share = lambda x: x[0] / max(1, x[1])
        c = self.cue
        p, r = c[0] / max(1, c[1]), c[3] / max(1, c[2])
        return {'quotes F1': f1(*self.quote), 'long quotes F1': f1(*self.long), 'speaker': share(self.speaker),
                'role': share(self.role), 'indirect words F1': f1(*self.indirect), 'indirect speaker': share(self.indirect_speaker),
                'cues F1': 0.0 if p + r == 0 else 2 * p * r / (p + r), 'voice of words': share(self.voice)}


def is_long(raw, s):
    return len(raw[s['start']:s['end']].split()) >= 5


def score_quotes(t, raw, gold, speech):
    got, used = [s for s in speech if s['kind'] in QUOTED], set()
    for q in gold['quotes']:
        match = next((k for k, s in enumerate(got) if k not in used and same(q, s)), None)
        t.quote[2] += 1
        t.long[2] += is_long(raw, q)
        t.speaker[1] += 1
        if match is None:
            t.notes.append(f"quote not found: {raw[q['start']:q['end']].decode()}")
            continue
        used.add(match)
        t.quote[0] += 1
        t.long[0] += is_long(raw, q)
        ok = speaker_ok(q['speaker'], got[match]['speaker'])
        t.speaker[0] += ok
        if not ok:
            t.notes.append(f"speaker {got[match]['speaker']!r}, wanted {q['speaker']!r}")
        if q['role']:
            t.role[1] += 1
            t.role[0] += bool(name_words(q['role']) & name_words(got[match]['role'])) or q['role'].lower() in (got[match]['role'] or '').lower()
    t.quote[1] += len(got)
    t.long[1] += sum(is_long(raw, s) for s in got)
    t.notes += [f"no quote: {raw[s['start']:s['end']].decode()}" for k, s in enumerate(got) if k not in used]


def covers(spans, word):
    return any(s['start'] < word[1] and s['end'] > word[0] for s in spans)


def score_words(t, raw, gold, speech):
    quoted = [s for s in speech if s['kind'] in QUOTED]
    indirect = [s for s in speech if s['kind'] == 'indirect']
    wrong = []
    for m in WORD.finditer(raw):
        w = m.span()
        want = 'quote' if covers(gold['quotes'], w) else 'indirect' if covers(gold['indirect'], w) else 'own'
        have = 'quote' if covers(quoted, w) else 'indirect' if covers(indirect, w) else 'own'
        t.voice[0] += want == have
        t.voice[1] += 1
        t.indirect[0] += want == have == 'indirect'
        t.indirect[1] += have == 'indirect'
        t.indirect[2] += want == 'indirect'
        if want != have:
            wrong.append(f'{m.group().decode()}:{have}')
    if wrong:
        t.notes.append('voice of words: ' + ' '.join(wrong))
    for g in gold['indirect']:
        best = max(indirect, key=lambda s: overlap(g, s) - 0.001 * (s['end'] - s['start']), default=None)
        ok = best is not None and overlap(g, best) > 0 and speaker_ok(g['speaker'], best['speaker'])
        t.indirect_speaker[0] += ok
        t.indirect_speaker[1] += 1
        if best is not None and overlap(g, best) > 0 and not ok:
            t.notes.append(f"speaker of indirect {best['speaker']!r}, wanted {g['speaker']!r}")


def score_cues(t, raw, gold, cues):
    got = [c for c in cues if c['dimension'] == 'attribution' and not c.get('negated') and c.get('why') not in ('overlap', 'name')]
    t.cue[0] += sum(any(overlap(c, g) for g in gold['cues']) for c in got)
    t.cue[1] += len(got)
    t.cue[2] += len(gold['cues'])
    t.cue[3] += sum(any(overlap(c, g) for c in got) for g in gold['cues'])
    t.notes += [f"no cue: {raw[c['start']:c['end']].decode()}" for c in got if not any(overlap(c, g) for g in gold['cues'])]
    t.notes += [f"cue not found: {raw[g['start']:g['end']].decode()}" for g in gold['cues'] if not any(overlap(c, g) for c in got)]


def annotations(args, rows):
    if args == ['-']:
        return [json.loads(x) for x in sys.stdin]
    data = ''.join(json.dumps({'id': r['id'], 'text': r['text']}, ensure_ascii=False) + '\n' for r in rows)
    command = args if len(args) > 1 else [args[0], 'annotate', '--from', 'jsonl', '--text-only', '--format', 'jsonl', '-']
    p = subprocess.run(command, input=data.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(x) for x in p.stdout.splitlines()]


def measure(rows, docs, show=False):
    t, by_id = Tally(), {d['id']: d for d in docs}
    for g in rows:
        raw, d = g['text'].encode(), by_id[g['id']]
        assert d['text'] == g['text'], f"{g['id']}: another text came back"
        t.notes = []
        score_quotes(t, raw, g, d['speech'])
        score_words(t, raw, g, d['speech'])
        score_cues(t, raw, g, d['cues'])
        if show and g['split'] == 'dev' and t.notes:
            print(f"{g['id']} {g['construction']}: {g['text']}")
            for n in t.notes:
                print('    ' + n)
    return t.figures()


def main(argv):
    split, show, floors = 'all', False, True
    while argv and argv[0].startswith('--'):
        o = argv.pop(0)
        if o == '--split':
            split = argv.pop(0)
        show, floors = show or o == '--show', floors and o not in ('--figures', '--show')
    if not argv:
        sys.exit(__doc__)
    with open(GOLD, encoding='utf-8') as f:
        rows = [json.loads(x) for x in f]
    docs = annotations(argv, rows)
    rows = [r for r in rows if split in ('all', r['split'])]
    figures = measure(rows, docs, show)
    bad = 0
    for k, (name, value) in enumerate(figures.items(), 1):
        if not floors:
            print(f'{name:<20}{value:.3f}   ({len(rows)} passages)')
            continue
        ok = value >= FLOORS[name]
        bad += not ok
        print(f"{'ok' if ok else 'not ok'} {k} - voice gold: {name} {value:.3f} >= {FLOORS[name]:.3f}")
    if floors:
        # what people write and read is what is measured
        lost = [r['id'] for r in rows if mark_gold.parse(mark_gold.show(r))['text'] != r['text']]
        print(f"{'not ok' if lost else 'ok'} {len(figures) + 1} - voice gold: marked text gives each passage back {' '.join(lost)}")
        print(f'1..{len(figures) + 1}')
        bad += len(lost)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
