"""What the Python tests share: TAP output and running the program. Standard library only."""
import json, os, subprocess, sys, tempfile, traceback

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Skip(Exception):
    pass


def main(tests, argv=None):
    """Runs functions, prints a TAP line each; exit status 1 when one failed."""
    bad = 0
    for n, f in enumerate(tests, 1):
        name = (f.__doc__ or f.__name__).strip().splitlines()[0]
        try:
            f()
            print(f'ok {n} - {name}', flush=True)
        except Skip as e:
            print(f'ok {n} - {name} # SKIP {e}', flush=True)
        except Exception as e:
            bad += 1
            print(f'not ok {n} - {name}', flush=True)
            for line in (traceback.format_exc() if not isinstance(e, AssertionError) else f'{e}\n{traceback.format_exc(limit=-1)}').splitlines():
                print(f'# {line}'[:600], flush=True)
    print(f'1..{len(tests)}')
    sys.exit(1 if bad else 0)


def need(cond, why):
    if not cond:
        raise AssertionError(why)


def equal(got, want, what=''):
    if got != want:
        raise AssertionError(f'{what}: got {got!r}, wanted {want!r}')


class Program:
    """The command under test, with a folder of its own for files."""

    def __init__(self, path):
        self.path = os.path.abspath(path)
        self.dir = tempfile.mkdtemp(prefix='fsc-test.')
        self.slow = float(os.environ.get('TEST_SLOW', '1'))  # factor under sanitizers

    def run(self, *args, stdin=b'', ok=(0,), timeout=60, env=None):
        p = subprocess.run([self.path, *map(str, args)], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           timeout=timeout * self.slow, cwd=self.dir, env=env)
        if ok is not None and p.returncode not in ok:
            raise AssertionError(f"{' '.join(map(str, args))}: exit {p.returncode}, wanted {ok}: {p.stderr.decode('utf-8', 'replace')[-400:]}")
        return p

    def put(self, name, data):
        path = os.path.join(self.dir, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return path

    def jsonl(self, *args, **kw):
        return [json.loads(line) for line in self.run(*args, **kw).stdout.decode().splitlines()]
