"""Forms to read: lines that fit a terminal, words whole, labels that tell rows apart, colour only where wanted; pages."""
import fcntl, os, pty, re, struct, subprocess, sys, termios, unicodedata
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import ROOT, Program, equal, main, need

P = Program(sys.argv[1])
COLOUR = re.compile('\033\\[[0-9;]*m')
PAGES, REVISIONS = os.path.join(ROOT, 'corpus/pages'), os.path.join(ROOT, 'corpus/revisions')


def on_terminal(width, *args, env=None):
    """What the command writes to a terminal of that width."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack('HHHH', 40, width, 0, 0))
    p = subprocess.Popen([P.path, *args], stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.DEVNULL, cwd=P.dir,
                         env={**os.environ, 'TERM': 'xterm', 'NO_COLOR': '', **(env or {})})
    os.close(theirs)
    data = b''
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        data += piece
    os.close(ours)
    equal(p.wait(), 0, ' '.join(args))
    return data.decode().replace('\r\n', '\n')


def columns(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line)


def widths():
    """no line is wider than the terminal"""
    text = P.put('wide.txt', 'Despite the long rain of the season, 北京的咖啡馆 stayed open because the owners wanted it “very much”, they said. ' * 5)
    for width in (60, 80, 100, 160):
        for args in (('score', PAGES), ('cues', PAGES), ('annotate', text), ('extract', PAGES + '/wire-jobs.html'),
                     ('diff', REVISIONS + '/ferry-1.html', REVISIONS + '/ferry-2.html')):
            shown = COLOUR.sub('', on_terminal(width, *args))
            need(len(shown) > 100, args)
            for line in shown.split('\n'):
                # ids of files stand in a line of their own and are never cut
                if not line.startswith('/'):
                    need(columns(line) <= width, f'{args[0]} at {width}: {columns(line)} columns: {line}')


def words_whole():
    """breaking lines loses and splits no word"""
    text = P.put('t.txt', 'The committee published a considerable number of unremarkable observations without objections. ' * 4)
    one_line = ' '.join(COLOUR.sub('', on_terminal(60, 'extract', text)).split())
    need(' '.join(open(text).read().split()) in one_line, one_line)


def labels():
    """rows of files with a common folder stay apart; a head stands over each column"""
    head, *rows = COLOUR.sub('', on_terminal(100, 'score', PAGES)).splitlines()
    equal(len({r.split()[0] for r in rows}), len(rows))
    need(all(r.split()[0].endswith('.html') for r in rows), rows[0])
    need('words' in head and 'causa' in head, head)
    need(any("no lexicon for 'de'" in r for r in rows), 'language')


def colour():
    """colour on a terminal, none with NO_COLOR or TERM=dumb, none into a pipe"""
    path = PAGES + '/wire-jobs.html'
    need('\033[' in on_terminal(80, 'annotate', path), 'no colour')
    for env in ({'NO_COLOR': '1'}, {'TERM': 'dumb'}):
        need('\033[' not in on_terminal(80, 'annotate', path, env=env), env)
    need(b'\033[' not in P.run('annotate', '--format', 'text', path).stdout, 'colour in a pipe')


def reader_gone():
    """a reader that stops early gets no message; a full disk gets its reason"""
    rows = P.put('many.jsonl', '{"text": "Despite it, crime fell."}\n' * 3000)
    p = subprocess.Popen([P.path, 'cues', rows], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    p.stdout.readline()
    p.stdout.close()
    equal((p.stderr.read(), p.wait()), (b'', 3))
    if os.path.exists('/dev/full'):
        with open('/dev/full', 'w') as full:
            p = subprocess.run([P.path, 'cues', rows], stdout=full, stderr=subprocess.PIPE)
        need(p.returncode == 3 and b'No space left' in p.stderr, p.stderr)
    p = P.run('--completion', 'fish', ok=(2,))
    need(b'bash' in p.stderr, 'no word about the shells')


def pages():
    """HTML pages to read: lines of plain text stay lines, relations stand in a table, a diff names both versions"""
    page = P.run('annotate', '--format', 'html', P.put('p.txt', 'Prices fell because of rain.\nA <second> line.')).stdout.decode()
    need('.text{white-space:pre-line}' in page and '<p class="text body">' in page and '\nA &lt;second&gt; line.' in page, page[-800:])
    need('<td>cause, asserted</td><td class="w">rain</td>' in page and '· ok' not in page, page[-800:])
    page = P.run('diff', '--format', 'html', REVISIONS + '/axios-deleted.txt', REVISIONS + '/axios-revised.txt').stdout.decode()
    need('axios-deleted.txt → ' in page and '<td><del>' in page and 'title="intensity.change 2, own' in page, page[2500:5500])


main([widths, words_whole, labels, colour, reader_gone, pages])
