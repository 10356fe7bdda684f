"""framescope.h from elsewhere: the shared library through ctypes, every exported function called."""
import ctypes as c, json, math, os, re, subprocess, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import ROOT, Program, equal, main, need

P, LIB = Program(sys.argv[1]), c.CDLL(os.path.abspath(sys.argv[2]))
TEXT = '“Despite all, we keep catching the worst of the worst,” Elena Marsh said. Crime may fall because of rain.'.encode()
WRITE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.POINTER(c.c_char), c.c_size_t)
MESSAGE = c.CFUNCTYPE(None, c.c_void_p, c.c_int, c.c_char_p)
CANCELLED = c.CFUNCTYPE(c.c_int, c.c_void_p)
PROGRESS = c.CFUNCTYPE(None, c.c_void_p, c.c_uint64, c.c_uint64, c.c_uint64, c.c_uint64)


class Config(c.Structure):
    _fields_ = [('size', c.c_uint32), ('lexicon_count', c.c_uint32), ('lexicon', c.POINTER(c.c_char_p)), ('lexicon_dir', c.c_char_p)]


class Cue(c.Structure):
    _fields_ = [(n, c.c_uint32) for n in ('size', 'start', 'end', 'sentence')] + [('weight', c.c_int32), ('scored', c.c_uint8), ('negated', c.c_uint8)] + \
               [(n, c.c_char_p) for n in ('dimension', 'category', 'voice', 'speaker', 'direction', 'lexicon', 'entry')]


class Score(c.Structure):
    _fields_ = [(n, c.c_uint32) for n in ('size', 'n', 'own_n', 'headline_n')] + [(n, c.c_int64) for n in ('weight', 'pos', 'neg')] + \
               [(n, c.c_double) for n in ('rate', 'own_rate', 'balance', 'logit')]


class Sink(c.Structure):
    _fields_ = [('size', c.c_uint32), ('width', c.c_uint32), ('colour', c.c_int32), ('user', c.c_void_p), ('write', WRITE), ('message', MESSAGE),
                ('cancelled', CANCELLED), ('progress', PROGRESS)]


PTR, OUT, SIZE = c.c_void_p, c.POINTER(c.c_void_p), c.POINTER(c.c_size_t)
SIGNATURES = {
    'fsc_version': (c.c_char_p,), 'fsc_free': (None, PTR), 'fsc_err_new': (PTR,), 'fsc_err_free': (None, PTR), 'fsc_err_code': (c.c_int, PTR),
    'fsc_err_message': (c.c_char_p, PTR), 'fsc_err_clear': (None, PTR), 'fsc_ctx_new': (c.c_int, OUT, c.POINTER(Config), PTR), 'fsc_ctx_free': (None, PTR),
    'fsc_ctx_run': (c.c_char_p, PTR), 'fsc_ctx_dimension': (c.c_char_p, PTR, c.c_size_t), 'fsc_ctx_note': (c.c_char_p, PTR, c.c_size_t), 'fsc_session_new': (c.c_int, OUT, PTR, PTR),
    'fsc_session_free': (None, PTR), 'fsc_doc_from_text': (c.c_int, OUT, PTR, c.c_char_p, c.c_size_t, c.c_char_p, c.c_size_t, PTR),
    'fsc_doc_from_html': (c.c_int, OUT, PTR, c.c_char_p, c.c_size_t, c.c_char_p, PTR), 'fsc_doc_free': (None, PTR), 'fsc_doc_status': (c.c_char_p, PTR),
    'fsc_doc_text': (c.c_void_p, PTR, SIZE), 'fsc_doc_field': (c.c_char_p, PTR, c.c_char_p), 'fsc_doc_words': (c.c_uint32, PTR),
    'fsc_doc_words_at': (c.POINTER(c.c_uint32), PTR, SIZE), 'fsc_doc_sentences_at': (c.POINTER(c.c_uint32), PTR, SIZE), 'fsc_doc_cue_count': (c.c_size_t, PTR),
    'fsc_doc_cue': (c.c_int, PTR, c.c_size_t, c.POINTER(Cue), PTR), 'fsc_doc_score': (c.c_int, PTR, c.c_char_p, c.POINTER(Score), PTR),
    'fsc_doc_json': (c.c_int, PTR, OUT, SIZE, PTR), 'fsc_diff_json': (c.c_int, PTR, PTR, OUT, SIZE, PTR),
    'fsc_run': (c.c_int, PTR, c.c_int, c.POINTER(c.c_char_p), c.POINTER(Sink), PTR), 'fsc_help': (PTR, c.c_char_p), 'fsc_man': (PTR,),
    'fsc_completion': (PTR, c.c_char_p),
}
for name, (result, *args) in SIGNATURES.items():
    f = getattr(LIB, name)
    f.restype, f.argtypes = result, args


def made(f, *args):
    out, err = c.c_void_p(), LIB.fsc_err_new()
    status = f(c.byref(out), *args, err)
    need(status == 0, LIB.fsc_err_message(err))
    LIB.fsc_err_free(err)
    return out


def taken(ptr, length=None):
    text = c.string_at(ptr) if length is None else c.string_at(ptr, length)
    LIB.fsc_free(ptr)
    return text.decode()


CTX = made(LIB.fsc_ctx_new, None)
SESSION = made(LIB.fsc_session_new, CTX)


def document(text=TEXT, title=None):
    return made(LIB.fsc_doc_from_text, SESSION, text, len(text), title, len(title or b''))


def to_json(doc):
    out, n = c.c_void_p(), c.c_size_t()
    equal(LIB.fsc_doc_json(doc, c.byref(out), c.byref(n), None), 0)
    return json.loads(taken(out, n.value))


def every_function():
    """the test knows every function of the header and of the manifest"""
    header = set(re.findall(r'^FSC_API [^;]*?\b(fsc_\w+)\(', open(os.path.join(ROOT, 'src/framescope.h')).read(), re.M))
    manifest = set(open(os.path.join(ROOT, 'tests/lint/symbols.txt')).read().split())
    equal(header, set(SIGNATURES), 'header')
    equal(manifest, header, 'manifest')


def scores():
    """a text scores the same through the library and through the command"""
    doc = document(title=b'Crime plunges')
    mine = to_json(doc)
    out = P.jsonl('annotate', '--from', 'jsonl', '-', stdin=json.dumps({'title': 'Crime plunges', 'text': TEXT.decode()}).encode())[0]
    equal(mine['scores'], out['scores'])
    equal(mine['cues'], out['cues'])
    s = Score(size=c.sizeof(Score))
    equal(LIB.fsc_doc_score(doc, b'causality', c.byref(s), None), 0)
    equal((s.n, round(s.rate, 4)), (mine['scores']['causality']['n'], mine['scores']['causality']['rate']))
    need(LIB.fsc_doc_score(doc, b'nonsense', c.byref(s), None) < 0, 'an unknown dimension is accepted')
    LIB.fsc_doc_free(doc)


def getters():
    """text, words, sentences, cues, fields"""
    doc, n = document(), c.c_size_t()
    equal(c.string_at(LIB.fsc_doc_text(doc, c.byref(n)), n.value), TEXT)
    equal(LIB.fsc_doc_status(doc), b'ok')
    words = LIB.fsc_doc_words_at(doc, c.byref(n))
    equal((n.value, TEXT[words[0]:words[1]]), (LIB.fsc_doc_words(doc), b'Despite'))
    sentences = LIB.fsc_doc_sentences_at(doc, c.byref(n))
    equal((n.value, TEXT[sentences[2]:sentences[3]]), (2, b'Crime may fall because of rain.'))
    want, got, err = to_json(doc)['cues'], [], LIB.fsc_err_new()
    for i in range(LIB.fsc_doc_cue_count(doc)):
        cue = Cue(size=c.sizeof(Cue))
        equal(LIB.fsc_doc_cue(doc, i, c.byref(cue), err), 0)
        got.append((TEXT[cue.start:cue.end].decode(), cue.dimension.decode(), cue.voice.decode(), (cue.speaker or b'').decode() or None, cue.weight / 1000))
    equal(got, [(x['text'], x['dimension'], x['voice'], x['speaker'], x['weight']) for x in want])
    need(LIB.fsc_doc_cue(doc, 9999, c.byref(Cue(size=c.sizeof(Cue))), err) < 0 and LIB.fsc_err_code(err) < 0 and LIB.fsc_err_message(err), 'index')
    LIB.fsc_err_clear(err)
    equal(LIB.fsc_err_code(err), 0)
    LIB.fsc_err_free(err)
    LIB.fsc_doc_free(doc)


def pages():
    """a page: title and text; a bad one has a status"""
    page = b'<html><head><title>Crime fell - Site</title></head><body><article><h1>Crime fell</h1><p>' + TEXT + b'</p><p>' + TEXT + b'</p></article></body></html>'
    doc = made(LIB.fsc_doc_from_html, SESSION, page, len(page), b'https://x.example/a')
    equal((LIB.fsc_doc_field(doc, b'title'), LIB.fsc_doc_field(doc, b'nonsense')), (b'Crime fell', None))
    LIB.fsc_doc_free(doc)
    doc = made(LIB.fsc_doc_from_html, SESSION, b'', 0, None)
    equal(LIB.fsc_doc_status(doc), b'empty')
    s = Score(size=c.sizeof(Score))
    equal(LIB.fsc_doc_score(doc, b'causality', c.byref(s), None), 0)
    need(math.isnan(s.rate), 'an empty page has a rate')
    LIB.fsc_doc_free(doc)


def diffs():
    """two versions compared"""
    a, b, out, n = document(b'Crime plunges despite rhetoric'), document(b'Crime dropped sharply'), c.c_void_p(), c.c_size_t()
    equal(LIB.fsc_diff_json(a, b, c.byref(out), c.byref(n), None), 0)
    d = json.loads(taken(out, n.value))
    need('concession-dropped' in d['types'] and d['ops'], f"{d['types']}")
    LIB.fsc_doc_free(a)
    LIB.fsc_doc_free(b)


def jobs():
    """fsc_run writes to a sink and returns the exit code"""
    got, said = [], []
    sink = Sink(size=c.sizeof(Sink), write=WRITE(lambda u, p, n: got.append(c.string_at(p, n)) or 0), message=MESSAGE(lambda u, level, t: said.append(t)))
    words = [b'score', b'--format', b'csv', P.put('x.jsonl', json.dumps({'id': 'a', 'text': TEXT.decode()}) + '\n{bad\n').encode()]
    argv = (c.c_char_p * len(words))(*words)
    equal(LIB.fsc_run(CTX, len(words), argv, c.byref(sink), None), 0)
    equal(len(b''.join(got).splitlines()), 3)
    need(any(b'bad-json' in s for s in said), f'{said}')
    err = LIB.fsc_err_new()
    equal(LIB.fsc_run(CTX, 1, (c.c_char_p * 1)(b'nonsense'), c.byref(sink), err), 2)
    need(b'nonsense' in LIB.fsc_err_message(err), 'message')
    LIB.fsc_err_free(err)


def texts():
    """version, help, man, completion, run digest, dimensions; lexicons chosen by config"""
    need(LIB.fsc_version() in P.run('--version').stdout, 'version')
    need('score' in taken(LIB.fsc_help(None)) and '--long' in taken(LIB.fsc_help(b'score')) and LIB.fsc_help(b'nonsense') is None, 'help')
    need(taken(LIB.fsc_man()).startswith('.TH') and 'complete' in taken(LIB.fsc_completion(b'bash')), 'man')
    equal(len(LIB.fsc_ctx_run(CTX)), 16)
    need(LIB.fsc_ctx_dimension(CTX, 0) and LIB.fsc_ctx_dimension(CTX, 999) is None, 'dimensions')
    config = Config(size=c.sizeof(Config), lexicon_count=1, lexicon=(c.c_char_p * 1)(b'causality'))
    ctx = made(LIB.fsc_ctx_new, c.byref(config))
    equal((LIB.fsc_ctx_dimension(ctx, 0), LIB.fsc_ctx_dimension(ctx, 1)), (b'causality', None))
    LIB.fsc_ctx_free(ctx)
    dic = P.put('own.dic', '%\n1\tgood\n%\nfine 1\n:)\t1\n')
    config = Config(size=c.sizeof(Config), lexicon_count=1, lexicon=(c.c_char_p * 1)(dic.encode()))
    ctx = made(LIB.fsc_ctx_new, c.byref(config))
    need(LIB.fsc_ctx_note(ctx, 0).endswith(b'own.dic:4: blanks for tabs: the term is "fine"') and b'own.dic:5: ' in LIB.fsc_ctx_note(ctx, 1), 'notes')
    need(LIB.fsc_ctx_note(ctx, 2) is None, 'notes end')
    LIB.fsc_ctx_free(ctx)


def header_compiles():
    """framescope.h alone compiles in a C program that links the library"""
    src = P.put('use.c', '#include "framescope.h"\nint main(void) { return fsc_version()[0] == 0; }\n')
    out = os.path.join(P.dir, 'use')
    subprocess.run(['cc', '-std=c11', '-Wall', '-Wextra', '-Wpedantic', '-Werror', '-I', os.path.join(ROOT, 'src'), src, '-o', out, os.path.abspath(sys.argv[2]),
                    '-Wl,-rpath,' + os.path.dirname(os.path.abspath(sys.argv[2]))], check=True)
    equal(subprocess.run([out], env={'LD_LIBRARY_PATH': os.path.dirname(os.path.abspath(sys.argv[2]))}).returncode, 0)


main([every_function, scores, getters, pages, diffs, jobs, texts, header_compiles])
