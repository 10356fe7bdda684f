#!/usr/bin/env python3
"""Text and lexicons for the benchmarks, from the project's own sentences. usage: make.py PROG OUT_DIR [MB]

OUT_DIR/docs.txt      one document a line: sentences of corpus/ and of the lexicons' cases, every fifth longer word
                      replaced by a made one, so that there are as many different words as in years of news
OUT_DIR/docs.jsonl    the same as records
OUT_DIR/wide.txt      the same with every letter outside ASCII (as Cyrillic text is)
OUT_DIR/lexicon.tsv   3,000 patterns in 20 categories: words, wildcards, phrases of two to five words; half of them rare
OUT_DIR/big.tsv       the same and 97,000 more as a list of names has them: one to three words, most of them not in the text
OUT_DIR/phrases.txt   those of the 3,000 that are fixed strings; regex.txt: all of them as regular expressions
Deterministic for a version of the project."""
import glob, itertools, json, os, random, re, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HEAD = '#lexicon\t{0}\n#language\ten\n#version\t1\n#license\tnone\n#dimension\t{0}\npattern\tcategory\tweight\n'
RND = random.Random(20)


def texts(prog):
    """what the corpus says, then the sentences of the cases, as two lists"""
    pages = subprocess.run([prog, 'extract', '--quiet', '--format', 'jsonl', os.path.join(ROOT, 'corpus', 'pages'), os.path.join(ROOT, 'corpus', 'posts')],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    news = [json.loads(line).get('text') or '' for line in pages.splitlines()]
    for path in sorted(glob.glob(os.path.join(ROOT, 'corpus', 'gold', '*', '*.jsonl'))):
        for line in open(path, encoding='utf-8'):
            row = json.loads(line)
            news += [row[k] for k in ('text', 'a', 'b') if isinstance(row.get(k), str)]
    cases = [line.split('\t')[3] for path in sorted(glob.glob(os.path.join(ROOT, 'lexicons', 'en', '*.cases')))
             for line in open(path, encoding='utf-8') if line.count('\t') >= 3 and not line.startswith(('#', 'expect'))]
    return news, cases


def sentences(blocks):
    out = []
    for block in blocks:
        flat = re.sub(r'\s+', ' ', block).strip()
        out += re.split(r'(?<=[.!?][”"]) (?=[A-Z“"])|(?<=[.!?]) (?=[A-Z“"])', flat)
    return [s for s in out if 20 <= len(s) <= 600]


def made_words(count):
    """word-like strings, the frequent ones short"""
    parts = [c + v for c in ('b', 'c', 'd', 'f', 'g', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'st', 'tr', 'pl') for v in ('a', 'e', 'i', 'o', 'u', 'an', 'er', 'in')]
    ends = ('', '', 's', 'ed', 'ing', 'er', 'al', 'ion', 'ly')
    seen = {}
    while len(seen) < count:
        seen[''.join(RND.choice(parts) for _ in range(RND.randint(1, 3))) + RND.choice(ends)] = None
    return sorted(seen, key=len)


class Text:
    def __init__(self, prog):
        news, cases = texts(prog)
        self.news, self.cases = sentences(news), sentences(cases)
        self.rare = made_words(20000)
        self.weight = list(itertools.accumulate(1 / (k + 30) for k in range(len(self.rare))))

    def sentence(self):
        s = RND.choice(self.cases if RND.random() < .2 else self.news)
        words = s.split(' ')
        many = [k for k, w in enumerate(words) if len(w) > 4 and w.isalpha() and RND.random() < .2]
        for k, w in zip(many, RND.choices(self.rare, cum_weights=self.weight, k=len(many))):
            words[k] = w.capitalize() if words[k][0].isupper() else w
        return ' '.join(words)

    def document(self):
        return ' '.join(self.sentence() for _ in range(min(60, max(5, int(RND.gauss(25, 12))))))


def write_texts(out, prog, size):
    text, wide, rest = Text(prog), str.maketrans({chr(97 + k): chr(0x430 + k) for k in range(26)} | {chr(65 + k): chr(0x410 + k) for k in range(26)}), size * 1e6
    seen = []
    with open(os.path.join(out, 'docs.txt'), 'w', encoding='utf-8') as a, open(os.path.join(out, 'docs.jsonl'), 'w', encoding='utf-8') as b, \
         open(os.path.join(out, 'wide.txt'), 'w', encoding='utf-8') as c:
        k = 0
        while rest > 0:
            d = text.document()
            rest -= len(d.encode()) + 1
            a.write(d + '\n')
            b.write(json.dumps({'id': f'd{k}', 'text': d}, ensure_ascii=False) + '\n')
            c.write(d.translate(wide) + '\n')
            k += 1
            if len(seen) < 3000:
                seen.append(d)
    return seen


class Patterns:
    """patterns as a codebook has them, drawn from the text"""

    def __init__(self, documents):
        self.run = [re.findall(r'[a-z]+', s) for d in documents for s in d.lower().split('. ')]
        self.run = [r for r in self.run if len(r) > 6]
        count = {}
        for r in self.run:
            for w in r:
                count[w] = count.get(w, 0) + 1
        order = sorted(count, key=lambda w: (-count[w], w))
        self.common, self.body = set(order[:150]), [w for w in order[150:] if len(w) > 3]

    def word(self, wild):
        w = RND.choice(self.body)
        return w[:max(4, len(w) - 2)] + '*' if wild and len(w) > 6 else w

    def phrase(self, n, wild):
        r = RND.choice(self.run)
        k = RND.randrange(max(1, len(r) - n))
        words = r[k:k + n]
        if all(w in self.common for w in words) or RND.random() < .5:
            words[RND.randrange(len(words))] = RND.choice(self.body)
        return ' '.join(words[:-1] + [words[-1][:5] + '*' if wild and len(words[-1]) > 6 else words[-1]])

    def take(self, count):
        kinds = [(1, False)] * 33 + [(1, True)] * 17 + [(2, False)] * 22 + [(2, True)] * 7 + [(3, False)] * 12 + [(4, False)] * 5 + [(5, False)] * 4
        seen = {}
        for tries in range(count * 50):
            if len(seen) == count:
                break
            n, wild = RND.choice(kinds)
            seen[self.word(wild) if n == 1 else self.phrase(n, wild)] = None
        return list(seen)


def names(patterns, count, taken):
    words, seen = made_words(60000)[10000:], {}
    while len(seen) < count:
        name = [RND.choice(words) for _ in range(RND.choice((1, 2, 2, 3)))]
        if RND.random() < .3:
            name[RND.randrange(len(name))] = RND.choice(patterns.body)
        if ' '.join(name) not in taken:
            seen[' '.join(name)] = None
    return list(seen)


def write_lexicon(path, name, patterns):
    with open(path, 'w') as f:
        f.write(HEAD.format(name))
        f.writelines(f'{p}\tc{k % 20:02}\t1\n' for k, p in enumerate(patterns))


def main():
    prog, out = os.path.abspath(sys.argv[1]), sys.argv[2]
    size = float(sys.argv[3]) if len(sys.argv) > 3 else 32
    os.makedirs(out, exist_ok=True)
    patterns = Patterns(write_texts(out, prog, size))
    small = patterns.take(3000)
    write_lexicon(os.path.join(out, 'lexicon.tsv'), 'bench', small)
    write_lexicon(os.path.join(out, 'big.tsv'), 'big', small + names(patterns, 100000 - len(small), set(small)))
    with open(os.path.join(out, 'phrases.txt'), 'w') as f:
        f.writelines(p + '\n' for p in small if '*' not in p)
    with open(os.path.join(out, 'regex.txt'), 'w') as f:
        f.writelines(p.replace('*', r'\w*') + '\n' for p in small)
    print(f'{len(small)} patterns, {sum(" " in p for p in small)} of several words, {sum("*" in p for p in small)} with a wildcard')


if __name__ == '__main__':
    main()
