"""Large documents: memory stays flat however long an array, an export or a table is; depth and size have limits with a remedy."""
import csv, io, json, os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import Program, equal, main, need

P = Program(sys.argv[1])


def peak(*args):
    """the largest memory in KiB, and the lines of output"""
    pid = os.fork()
    out = os.path.join(P.dir, 'out')
    if not pid:
        os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), 1)
        os.execv(P.path, [P.path, *args])
    _, status, use = os.wait4(pid, 0)
    equal(os.waitstatus_to_exitcode(status), 0)
    with open(out, 'rb') as f:
        return use.ru_maxrss, sum(1 for _ in f)


def note(i):
    return json.dumps({'id': f'https://m.example/{i}', 'type': 'Create', 'actor': 'https://m.example/users/ann',
                       'object': {'id': f'https://m.example/n/{i}', 'type': 'Note', 'published': '2025-06-10T08:00:00Z', 'attributedTo': 'https://m.example/users/ann', 'content': '<p>' + 'Crime fell. ' * 40 + '</p>'}})


def long_arrays():
    """an array of records and a Mastodon outbox of 30 MB: the memory of a hundredth of it, but for the 16 MiB that an export may hold"""
    def write(name, n, head, make, tail):
        with open(os.path.join(P.dir, name), 'w', encoding='utf-8') as f:
            f.write(head)
            for i in range(n):
                f.write((',\n' if i else '') + make(i))
            f.write(tail)
        return os.path.join(P.dir, name)
    record = lambda i: json.dumps({'id': i, 'text': 'Crime fell again. ' * 30})
    outbox = '{"@context": "x", "type": "OrderedCollection", "totalItems": 9,\n "orderedItems": ['
    for name, head, make, tail, allowed in (('a', '[', record, ']', 4000), ('o', outbox, note, '], "more": {"a": [1, {"b": "]"}]}}', 48000)):
        few, lines = peak('extract', '-j', '1', '-f', 'csv', write(f'{name}1.json', 500, head, make, tail))
        many, all_lines = peak('extract', '-j', '1', '-f', 'csv', write(f'{name}2.json', 50000, head, make, tail))
        equal((lines, all_lines), (501, 50001), name)
        if P.slow == 1:
            need(many - few < allowed, f'{name}: {few} KiB, then {many} KiB')


def depth():
    """JSON 100,000 deep costs its own record"""
    path = P.put('deep.json', '[{"text": "a", "x": ' + '[' * 100000 + ']' * 100000 + '}, {"text": "Crime fell."}]')
    got = list(csv.DictReader(io.StringIO(P.run('score', '-f', 'csv', path, ok=(0, 1)).stdout.decode())))
    equal([r['status'] for r in got], ['bad-json', 'ok'])
    path = P.put('deep.jsonl', '{"x": ' * 100000 + '1' + '}' * 100000 + '\n{"text": "Crime fell."}\n')
    got = list(csv.DictReader(io.StringIO(P.run('score', '-f', 'csv', path, ok=(0, 1)).stdout.decode())))
    equal([r['status'] for r in got], ['bad-json', 'ok'])


def cell():
    """a CSV cell of 100 MB is too large with the remedy, and read where the limit is raised"""
    with open(os.path.join(P.dir, 'cell.csv'), 'w', encoding='utf-8') as f:
        f.write('id,text\n1,"')
        for _ in range(100):
            f.write('x' * 1_000_000)
        f.write('"\n2,Crime fell.\n')
    path = os.path.join(P.dir, 'cell.csv')
    p = P.run('extract', '-f', 'csv', path, ok=(0, 1))
    need(b'too-large' in p.stderr and b'--max-record' in p.stderr and b'\n2,' in p.stdout, p.stderr)
    p = P.run('extract', '-f', 'csv', '--max-record', '200M', path)
    equal(len(p.stdout.split(b'\n')[1]) > 100_000_000, True)


main([long_arrays, depth, cell])
