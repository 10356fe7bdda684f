"""A real Slurm on loopback: a controller and two nodes run the array of a plan; a node dies with its tasks; the merge is the bytes of one run.
Needs root and Debian's slurmctld, slurmd, slurm-client and munge; without them it is skipped and says so. About two minutes: make check-cluster."""
import atexit, json, os, random, re, shutil, signal, socket, subprocess, sys, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from tap import Program, Skip, equal, main, need

P = Program(sys.argv[1])
B = os.path.join(P.dir, 'slurm')
SHARDS = 20
started = []

CONF = """ClusterName=loop
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port0}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={b}/munge.sock,cred_expire=5
CryptoType=crypto/munge
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
JobCompType=jobcomp/filetxt
JobCompLoc={b}/log/jobcomp.log
StateSaveLocation={b}/state
SlurmdSpoolDir={b}/spool.%n
SlurmctldPidFile={b}/slurmctld.pid
SlurmdPidFile={b}/slurmd.%n.pid
SlurmctldLogFile={b}/log/slurmctld.log
SlurmdLogFile={b}/log/slurmd.%n.log
ReturnToService=2
MinJobAge=60
SlurmctldTimeout=10
SlurmdTimeout=5
SlurmdParameters=config_overrides
NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={port1} CPUs=1 RealMemory=4096 State=UNKNOWN
NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port={port2} CPUs=1 RealMemory=4096 State=UNKNOWN
PartitionName=main Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
"""


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def call(*args, check=True):
    p = subprocess.run(args, cwd=P.dir, capture_output=True, text=True, timeout=60)
    if check and p.returncode:
        raise AssertionError(f"{' '.join(args)}: exit {p.returncode}: {p.stderr}")
    return p.stdout


def pid_of(name):
    try:
        with open(os.path.join(B, name)) as f:
            return int(f.read())
    except (OSError, ValueError):
        return 0


def kill(pid, how=signal.SIGTERM):
    try:
        if pid:
            os.kill(pid, how)
    except ProcessLookupError:
        pass


def stop():
    """ends what was started here, by its pid"""
    for name in ('slurmd.n1.pid', 'slurmd.n2.pid', 'slurmctld.pid', 'munged.pid'):
        kill(pid_of(name))
    time.sleep(0.5)
    shutil.rmtree(P.dir, True)


def start():
    missing = [t for t in ('munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'sinfo') if not shutil.which(t, path=os.environ['PATH'] + ':/usr/sbin:/sbin')]
    if missing:
        raise Skip(f"not installed: {' '.join(missing)} (apt-get install slurmctld slurmd slurm-client munge)")
    if os.geteuid() != 0:
        raise Skip('slurmd needs root')
    os.environ['PATH'] += ':/usr/sbin:/sbin'
    for d in ('', 'state', 'spool.n1', 'spool.n2', 'log'):
        os.makedirs(os.path.join(B, d), exist_ok=True)
    atexit.register(stop)
    os.chmod(P.dir, 0o755)
    key = os.path.join(B, 'munge.key')
    with open(key, 'wb') as f:
        f.write(os.urandom(128))
    os.chmod(key, 0o600)
    with open(os.path.join(B, 'slurm.conf'), 'w') as f:
        f.write(CONF.format(b=B, host=socket.gethostname().split('.')[0], port0=free_port(), port1=free_port(), port2=free_port()))
    os.environ['SLURM_CONF'] = os.path.join(B, 'slurm.conf')
    try:
        call('munged', '--force', '--num-threads=2', f'--socket={B}/munge.sock', f'--key-file={key}', f'--pid-file={B}/munged.pid', f'--log-file={B}/log/munged.log',
             f'--seed-file={B}/munge.seed')
        call('slurmctld', '-c', '-i')
        for n in ('n1', 'n2'):
            call('slurmd', '-N', n)
    except (AssertionError, subprocess.TimeoutExpired) as e:
        raise Skip(f'Slurm does not start here: {e}')
    for _ in range(100):
        if call('sinfo', '-h', '-N', '-o', '%N %t', check=False).split().count('idle') == 2:
            started.append(True)
            return
        time.sleep(0.2)
    raise Skip('the nodes do not come up: ' + call('sinfo', '-N', '-l', check=False).replace('\n', ' '))


def children(pid):
    out = []
    for p in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open(f'/proc/{p}/stat') as f:
                if int(f.read().rsplit(')', 1)[1].split()[1]) == pid:
                    out += [int(p), *children(int(p))]
        except OSError:
            pass
    return out


def step_daemons(jobs):
    """processes that carry the tasks: slurmstepd: [JOB.batch]"""
    found = []
    for p in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open(f'/proc/{p}/cmdline') as f:
                m = re.match(r'slurmstepd: \[(\d+)\.', f.read())
        except OSError:
            continue
        if m and m.group(1) in jobs:
            found.append(int(p))
    return found


def wait_for(job, seconds=240):
    until = time.time() + seconds
    while time.time() < until:
        if not call('squeue', '-h', '-j', job, check=False).strip():
            return
        time.sleep(0.5)
    raise AssertionError('the array did not end: ' + call('squeue', check=False))


def plan():
    rnd = random.Random(3)
    words = 'crime fell sharply because of rain , despite claims that it may rise ; “ the worst of the worst ” he insisted'.split()
    P.put('posts.jsonl', ''.join(json.dumps({'id': f'd{k}', 'text': ' '.join(rnd.choices(words, k=60))}) + '\n' for k in range(4000)))
    P.run('score', 'posts.jsonl', '-o', 'want')
    P.run('plan', '--shards', SHARDS, '-o', 'job', '--', 'score', 'posts.jsonl')
    # a task that lasts a second, so that a node can die in one
    slow = P.put('slow.sh', f'#!/bin/sh\nsleep 1\nexec {P.path} "$@"\n')
    os.chmod(slow, 0o755)
    os.environ['FRAMESCOPE'] = slow


def same():
    with open(os.path.join(P.dir, 'merged'), 'rb') as a, open(os.path.join(P.dir, 'want'), 'rb') as b:
        need(a.read() == b.read(), 'the merge has other bytes than one run')


def up():
    """a controller and two nodes on loopback are up"""
    start()


def node_dies():
    """an array of 20 shards, one node killed with its tasks: merged, the bytes of one run"""
    if not started:
        raise Skip('no Slurm')
    plan()
    job = call('sbatch', '--parsable', 'job/slurm.sh').strip()
    for _ in range(200):
        if len([n for n in os.listdir(os.path.join(P.dir, 'job')) if n.endswith('.run.json')]) >= 4:
            break
        time.sleep(0.2)
    steps = []
    for _ in range(200):
        victims = call('squeue', '-h', '-w', 'n1', '-t', 'R', '-o', '%A').split()
        steps = step_daemons(victims)
        if steps:
            break
        time.sleep(0.1)
    need(steps, 'no task runs on n1: ' + call('squeue', check=False))
    kill(pid_of('slurmd.n1.pid'), signal.SIGKILL)
    for step in steps:
        for p in [*children(step), step]:
            kill(p, signal.SIGKILL)
    stderr = P.run('merge', 'job', '-o', 'merged', ok=(4,)).stderr.decode()
    need('missing or not whole' in stderr, stderr)
    wait_for(job)
    P.run('merge', 'job', '-o', 'merged')
    same()
    with open(os.path.join(B, 'log', 'slurmctld.log')) as f:
        need('requeue' in f.read().lower(), 'no task was requeued: the node died too late')


def as_told():
    """a lost part is run again with the array list that merge names"""
    if not started:
        raise Skip('no Slurm')
    need(os.path.exists(os.path.join(P.dir, 'merged')), 'the first array did not end well')
    for k in (7, 12, 13):
        os.remove(os.path.join(P.dir, f'job/part-{k:04}.csv'))
    os.remove(os.path.join(P.dir, 'merged'))
    stderr = P.run('merge', 'job', '-o', 'merged', ok=(4,)).stderr.decode()
    told = re.search(r'\(sbatch (--array=\S+) (\S+)\)', stderr)
    equal(told and told.group(1), '--array=7,12-13', stderr)
    wait_for(call('sbatch', '--parsable', told.group(1), told.group(2)).strip())
    P.run('merge', 'job', '-o', 'merged')
    same()


main([up, node_dies, as_told])
