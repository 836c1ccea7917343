#!/usr/bin/env python3
"""Check a host agent against the recorded behaviour of AWS's own agent (see README.md). Must run as root.

  check.py --cmd 'CMD' [-j N] [CASE...]                       CMD takes codedeploy-local's arguments
  check.py --agent-start 'CMD' --agent-stop 'CMD' --mode poll  a polling agent; {config} is its configuration file
"""
import argparse, base64, concurrent.futures, copy, difflib, grp, hashlib, io, json, os, pwd, re, shlex, shutil
import signal, stat, subprocess, sys, tarfile, tempfile, time, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.environ.get('ORACLE_CASES', os.path.join(HERE, 'cases'))
OLD = 1577836800            # mtimes before 2020 are recorded (they were set by the bundle)
ENVS = ['LIFECYCLE_EVENT', 'DEPLOYMENT_ID', 'APPLICATION_NAME', 'DEPLOYMENT_GROUP_NAME', 'DEPLOYMENT_GROUP_ID',
        'BUNDLE_BUCKET', 'BUNDLE_KEY', 'BUNDLE_VERSION', 'BUNDLE_ETAG', 'BUNDLE_COMMIT']
REPORT = r'''#!/bin/sh
# called by bundle scripts: appends one record of what the script can see
{
  printf 'label=%s\n' "$1"
  for v in ''' + ' '.join(ENVS) + r'''; do
    eval "if [ \"\${$v+x}\" ]; then printf 'env.%s=%s\n' $v \"\$$v\"; fi"
  done
  printf 'cwd=%s\nuser=%s\ngroup=%s\numask=%s\nhome=%s\n' "$(pwd)" "$(id -un)" "$(id -gn)" "$(umask)" "$HOME"
  printf '%s\n' '--'
} >> '@PROBE@/trace'
'''

def b(s):
    return s.encode('utf-8', 'surrogateescape') if isinstance(s, str) else s

class Sandbox:
    def __init__(self):
        os.makedirs('/tmp/cdo', exist_ok=True)
        os.chmod('/tmp/cdo', 0o755)
        self.base = tempfile.mkdtemp(prefix='', dir='/tmp/cdo')
        os.chmod(self.base, 0o755)
        self.host = self.base + '/host'; self.agent = self.base + '/agent'; self.log = self.base + '/log'
        self.bundles = self.base + '/bundles'; self.probe = self.base + '/probe'; self.cwd = self.base + '/cwd'
        for d in (self.host, self.log, self.bundles, self.probe, self.cwd):
            os.mkdir(d, 0o755)
        with open(self.probe + '/trace', 'w'): pass
        os.chmod(self.probe + '/trace', 0o666)
        with open(self.probe + '/report', 'w') as f: f.write(REPORT.replace('@PROBE@', self.probe))
        os.chmod(self.probe + '/report', 0o755)
        self.ids = {}
        self.known = {'host', 'agent', 'log', 'bundles', 'probe', 'cwd', 'agent.yml'}

    def subst(self, s):
        """{{ROOT}} etc. -> real paths, in text that goes to the agent"""
        for k, v in (('{{ROOT}}', self.host), ('{{REPORT}}', self.probe + '/report'), ('{{PROBE}}', self.probe),
                     ('{{AGENT_ROOT}}', self.agent), ('{{BASE}}', self.base)):
            s = s.replace(k, v) if isinstance(s, str) else s.replace(k.encode(), v.encode())
        return s

    def norm(self, s):
        """real paths, ids, timestamps -> placeholders, in text that came from the agent"""
        s = s.replace(self.host, '{{ROOT}}').replace(self.agent, '{{AGENT_ROOT}}').replace(self.bundles, '{{BUNDLES}}')
        s = s.replace(self.cwd, '{{CWD}}').replace(self.probe, '{{PROBE}}').replace(self.base, '{{BASE}}')
        s = s.replace(self.base[1:], '{{BASE}}'.replace('{{', '{{-')).replace('/opt/codedeploy-agent/bin/codedeploy-local', '{{CLI}}')
        for real, ph in self.ids.items(): s = s.replace(real, ph)
        s = re.sub(r'\bd-[A-Z0-9]{9}-local\b', '{{D?}}', s)
        s = re.sub(r'\bpid \d+ exit\b', 'pid {{PID}} exit', s)
        return s

    def destroy(self):
        subprocess.run(['chmod', '-R', 'u+rwx', self.base], stderr=subprocess.DEVNULL)
        shutil.rmtree(self.base, ignore_errors=True)

# ---------------------------------------------------------------- building

def entry_bytes(sb, e):
    if 'base64' in e: return sb.subst(base64.b64decode(e['base64']))
    if 'repeat' in e: return b(e.get('content', '')) * e['repeat']
    return b(sb.subst(e.get('content', '')))

def put(sb, top, e):
    """one file/dir/symlink under directory `top`"""
    p = os.path.join(b(top), b(sb.subst(e['path'])))
    if e.get('delete'):
        if os.path.isdir(p) and not os.path.islink(p): shutil.rmtree(p)
        elif os.path.lexists(p): os.unlink(p)
        return
    os.makedirs(os.path.dirname(p), exist_ok=True)
    if 'symlink' in e:
        if os.path.lexists(p): os.unlink(p)
        os.symlink(b(sb.subst(e['symlink'])), p)
    elif 'hardlink' in e:
        os.link(os.path.join(b(top), b(e['hardlink'])), p)
    elif e.get('fifo'):
        os.mkfifo(p)
    elif e.get('dir'):
        os.makedirs(p, exist_ok=True); os.chmod(p, int(e.get('mode', '0755'), 8))
    else:
        if 'content' in e or 'base64' in e or not os.path.exists(p):
            with open(p, 'wb') as f: f.write(entry_bytes(sb, e))
            os.chmod(p, int(e.get('mode', '0644'), 8))
        elif 'mode' in e:
            os.chmod(p, int(e['mode'], 8))
    if 'owner' in e or 'group' in e:
        os.chown(p, pwd.getpwnam(e['owner']).pw_uid if 'owner' in e else -1,
                 grp.getgrnam(e['group']).gr_gid if 'group' in e else -1, follow_symlinks=False)
        if 'mode' in e and 'symlink' not in e: os.chmod(p, int(e['mode'], 8))
    if 'mtime' in e: os.utime(p, (e['mtime'], e['mtime']), follow_symlinks=False)

def bundle_entries(bd):
    out = []
    if bd.get('appspec') is not None or bd.get('appspec_base64') is not None:
        e = {'path': bd.get('appspec_name', 'appspec.yml')}
        if 'appspec_base64' in bd: e['base64'] = bd['appspec_base64']
        else: e['content'] = bd['appspec']
        if 'appspec_mode' in bd: e['mode'] = bd['appspec_mode']
        out.append(e)
    return out + bd.get('files', [])

def build_bundle(sb, n, bd):
    typ = bd.get('type', 'directory')
    entries = bundle_entries(bd)
    prefix = bd.get('prefix', '')
    if typ == 'directory':
        top = '%s/b%d' % (sb.bundles, n); os.mkdir(top)
        for e in entries: put(sb, top, e)
        for e in entries:   # directory modes last
            if e.get('dir') and 'mode' in e: os.chmod(os.path.join(top, e['path']), int(e['mode'], 8))
        return top, typ
    path = '%s/b%d.%s' % (sb.bundles, n, typ)
    if 'raw_base64' in bd:
        with open(path, 'wb') as f: f.write(base64.b64decode(bd['raw_base64']))
        return path, typ
    really = bd.get('really', typ)      # the actual container format when it differs from the declared type
    if really in ('tar', 'tgz'):
        t = tarfile.open(path, 'w:gz' if really == 'tgz' else 'w', format=tarfile.GNU_FORMAT)
        for e in entries:
            ti = tarfile.TarInfo(sb.subst(prefix + e['path'])); data = b''
            ti.mtime = e.get('mtime', bd.get('mtime', 1500000000)); ti.uid = e.get('uid', 0); ti.gid = e.get('gid', 0)
            ti.uname = e.get('uname', ''); ti.gname = e.get('gname', '')
            if 'symlink' in e: ti.type = tarfile.SYMTYPE; ti.linkname = sb.subst(e['symlink']); ti.mode = 0o777
            elif 'hardlink' in e: ti.type = tarfile.LNKTYPE; ti.linkname = prefix + e['hardlink']
            elif e.get('fifo'): ti.type = tarfile.FIFOTYPE
            elif e.get('dir'): ti.type = tarfile.DIRTYPE; ti.mode = int(e.get('mode', '0755'), 8)
            else: data = entry_bytes(sb, e); ti.size = len(data); ti.mode = int(e.get('mode', '0644'), 8)
            t.addfile(ti, io.BytesIO(data))
        t.close()
    else:
        with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
            for e in entries:
                name = sb.subst(prefix + e['path'])
                zi = zipfile.ZipInfo(name + ('/' if e.get('dir') else ''), (2017, 7, 14, 2, 40, 0))
                zi.compress_type = zipfile.ZIP_STORED if bd.get('store') else zipfile.ZIP_DEFLATED; zi.create_system = e.get('create_system', 3); data = b''
                if 'symlink' in e: zi.external_attr = (stat.S_IFLNK | 0o777) << 16; data = b(sb.subst(e['symlink']))
                elif e.get('dir'): zi.external_attr = ((stat.S_IFDIR | int(e.get('mode', '0755'), 8)) << 16) | 0x10
                else: data = entry_bytes(sb, e); zi.external_attr = (stat.S_IFREG | int(e.get('mode', '0644'), 8)) << 16
                if zi.create_system != 3: zi.external_attr = 0
                z.writestr(zi, data)
    if 'replace_base64' in bd:
        with open(path, 'rb') as f: d = f.read()
        for a, c in bd['replace_base64']:
            assert base64.b64decode(a) in d; d = d.replace(base64.b64decode(a), base64.b64decode(c))
        with open(path, 'wb') as f: f.write(d)
    if 'truncate' in bd:
        with open(path, 'r+b') as f: f.truncate(bd['truncate'])
    if 'append_base64' in bd:
        with open(path, 'ab') as f: f.write(base64.b64decode(bd['append_base64']))
    if 'prepend_base64' in bd:
        with open(path, 'rb') as f: d = f.read()
        with open(path, 'wb') as f: f.write(base64.b64decode(bd['prepend_base64']) + d)
    return path, typ

# ---------------------------------------------------------------- observing

def name_of(fn, n, attr):
    try: return getattr(fn(n), attr)
    except KeyError: return str(n)

def describe(sb, p, rel):
    st = os.lstat(p)
    d = {'path': sb.norm(rel.decode('utf-8', 'backslashreplace'))}
    m = st.st_mode
    d['type'] = 'symlink' if stat.S_ISLNK(m) else 'dir' if stat.S_ISDIR(m) else 'file' if stat.S_ISREG(m) else 'fifo' if stat.S_ISFIFO(m) else 'other'
    if d['type'] != 'symlink': d['mode'] = '%04o' % (m & 0o7777)
    d['owner'] = name_of(pwd.getpwuid, st.st_uid, 'pw_name'); d['group'] = name_of(grp.getgrgid, st.st_gid, 'gr_name')
    if d['type'] == 'symlink': d['target'] = sb.norm(os.readlink(p).decode('utf-8', 'backslashreplace'))
    if d['type'] == 'file':
        data = open(p, 'rb').read()
        d['size'] = len(data)
        if sb.base.encode() in data:
            data = sb.norm(data.decode('utf-8', 'surrogateescape')).encode('utf-8', 'surrogateescape'); d['size'] = len(data); d['normalised'] = True
        d['sha256'] = hashlib.sha256(data).hexdigest()
        if len(data) <= 60:
            try: d['text'] = data.decode('utf-8')
            except UnicodeDecodeError: pass
    if st.st_mtime < OLD: d['mtime'] = int(st.st_mtime)
    try: xs = os.listxattr(p, follow_symlinks=False)
    except OSError: xs = []
    if any(x.startswith('system.posix_acl') for x in xs):
        d['acl'] = subprocess.run(['getfacl', '-cpE', p], capture_output=True).stdout.decode().split()
    return d

def tree(sb, top, skip=()):
    out = []
    top = b(top)
    if not os.path.lexists(top): return None
    for dp, dns, fns in os.walk(top):
        for n in dns + fns:
            p = os.path.join(dp, n); rel = os.path.relpath(p, top)
            if rel.split(b'/')[0] in skip: continue
            out.append(describe(sb, p, rel))
    out.sort(key=lambda d: d['path'])
    return out

def parse_trace(sb, pos):
    with open(sb.probe + '/trace', 'rb') as f:
        f.seek(pos); raw = f.read(); end = f.tell()
    recs = []
    for chunk in raw.decode('utf-8', 'backslashreplace').split('--\n'):
        if not chunk.strip(): continue
        r = {'env': {}}
        for line in chunk.splitlines():
            k, _, v = line.partition('=')
            v = sb.norm(v)
            if k.startswith('env.'): r['env'][k[4:]] = v
            else: r[k] = v
        recs.append(r)
    return recs, end

PERMS = ('chmod', 'chown', 'setfacl', 'semanage')
def canon_instructions(obj):
    """copy/mkdir sorted by target (directory walks follow file-system order), permission commands stable-sorted by file"""
    ins = obj.get('instructions', [])
    a = sorted([i for i in ins if i.get('type') not in PERMS], key=lambda i: i.get('destination') or i.get('directory') or '')
    c = sorted([i for i in ins if i.get('type') in PERMS], key=lambda i: i.get('file') or '')
    return a + c

def read(p):
    try:
        with open(p, 'rb') as f: return f.read().decode('utf-8', 'backslashreplace')
    except FileNotFoundError: return None

TS = re.compile(r'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?=\[std|Script - |LifecycleEvent - )')
def script_log(sb, text):
    if text is None: return None
    out = []
    for l in text.split('\n'):
        l = TS.sub('{{TS}} ', sb.norm(l))
        out.append(l if len(l) <= 400 else '%s...(%d chars, sha256 %s)' % (l[:80], len(l), hashlib.sha256(l.encode('utf-8', 'surrogateescape')).hexdigest()[:16]))
    if out and out[-1] == '': out.pop()
    if len(out) > 60:
        h = hashlib.sha256('\n'.join(out).encode()).hexdigest()[:16]
        out = out[:10] + ['...(%d lines in all, sha256 of all %s)...' % (len(out), h)] + out[-10:]
    return out

def shorten(s):
    return s if len(s) <= 3000 else s[:400] + '...(%d chars, sha256 %s)...' % (len(s), hashlib.sha256(s.encode('utf-8', 'surrogateescape')).hexdigest()[:16]) + s[-400:]

AGENT_ERRORS = re.compile(r'AppSpecValidationException|ScriptError$|^RuntimeError$|^ArgumentError$|InvalidCommandNameFailure|ValidationError')

def parse_stderr(sb, err):
    """the uncaught exception, if any: 'file:line:in `x': message (Class)'"""
    keep, skip = [], False
    for l in err.split('\n'):          # drop reports of threads that died (they do not end the program)
        if l.startswith('#<Thread:'): skip = True; continue
        if skip and not l.startswith('\t'):
            if re.search(r"^\S+:\d+:in `", l): continue
            skip = False
        if not skip: keep.append(l)
    m = re.search(r"^\S+:\d+:in `[^\n]*?': (.*?) ?\(([A-Z][A-Za-z0-9_:]+)\)$", '\n'.join(keep), re.S | re.M)
    if not m: return None
    return {'class': m.group(2), 'message': sb.norm(m.group(1))[:1500]}

def run_step(sb, n, step, cmd, case, timeout=120):
    opts = step.get('options', {})
    for e in step.get('host_before', []): put(sb, sb.host, e)
    loc, typ = build_bundle(sb, n, step['bundle'])
    if step.get('missing_bundle'): os.unlink(loc) if os.path.isfile(loc) else shutil.rmtree(loc)
    args = ['--bundle-location', sb.subst(opts.get('bundle_location', loc)), '--type', opts.get('type_override', typ), '--agent-configuration-file', sb.base + '/agent.yml']
    for o, f in (('file_exists_behavior', '--file-exists-behavior'), ('deployment_group_id', '--deployment-group'),
                 ('deployment_group_name', '--deployment-group-name'), ('application_name', '--application-name'),
                 ('appspec_filename', '--appspec-filename')):
        if o in opts: args += [f, opts[o]]
    if 'events' in opts: args += ['--events', ','.join(opts['events'])]
    args += opts.get('extra_args', [])
    tap = sb.probe + '/tap%d' % n
    env = {'PATH': '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'HOME': '/root', 'LANG': 'C.UTF-8', 'TZ': 'UTC', 'CDO_TAP_FILE': tap,
           'SHELL': '/bin/sh'}
    if case.get('agent_classes') == 'all': env['CDO_LOAD_PLUGIN'] = '1'
    for k in ('JAVA_HOME', 'JAVA_OPTS', 'JAVA_TOOL_OPTIONS'):
        if k in os.environ: env[k] = os.environ[k]
    pos = os.path.getsize(sb.probe + '/trace')
    before_groups = {g: set(os.listdir(sb.agent + '/' + g)) for g in os.listdir(sb.agent) if os.path.isdir(sb.agent + '/' + g)} if os.path.isdir(sb.agent) else {}
    outf = open(sb.probe + '/out', 'w+b'); errf = open(sb.probe + '/err', 'w+b')
    t0 = time.time()
    # a sacrificial parent: with a bad :max_revisions: the agent sends TERM to its parent process
    wrap = ['/bin/sh', '-c', 'trap "echo TERM >> %s/parent_term" TERM; "$@"; exit $?' % sb.probe, 'sh']
    if os.path.exists(sb.probe + '/parent_term'): os.unlink(sb.probe + '/parent_term')
    p = subprocess.Popen(wrap + cmd + args, cwd=sb.cwd, env=env, stdin=subprocess.DEVNULL, stdout=outf, stderr=errf, start_new_session=True, umask=0o022)
    try: rc = p.wait(timeout)
    except subprocess.TimeoutExpired:
        os.killpg(p.pid, signal.SIGKILL); p.wait(); rc = 'TIMEOUT'
    took = time.time() - t0
    out = open(sb.probe + '/out', 'rb').read().decode('utf-8', 'backslashreplace')
    err = open(sb.probe + '/err', 'rb').read().decode('utf-8', 'backslashreplace')
    m = re.search(r'Starting to execute deployment from within folder (\S.*)/(\S+)', out)
    group = opts.get('deployment_group_id', 'default-local-deployment-group')
    did = m.group(2) if m else None
    if did: sb.ids[did] = '{{D%d}}' % n
    if step.get('wait_after'): time.sleep(step['wait_after'])
    g = {'stderr_tail': err[-600:], 'exit_status': rc, **({'parent_got_term': True} if os.path.exists(sb.probe + '/parent_term') else {}), 'deployment_id_pattern': bool(did and re.fullmatch(r'd-[A-Z0-9]{9}-local', did))}
    g['stdout'] = [sb.norm(x) for x in out.splitlines()]
    if len(g['stdout']) > 12: g['stdout'] = g['stdout'][:6] + ['...(%d lines)' % len(g['stdout'])] + g['stdout'][-3:]
    ex = parse_stderr(sb, err)
    if ex:
        ex['message'] = shorten(ex['message'])
        g['uncaught'] = ex
    cmds = []
    for line in (read(tap) or '').splitlines():
        r = json.loads(line)
        r.pop('seconds', None)
        if r.get('total_timeout') is None: r.pop('total_timeout', None)
        if 'noop_error' in r: r['noop_error']['message'] = shorten(sb.norm(r['noop_error']['message']))
        d = r.get('diagnostics')
        if d:
            for k in ('message', 'log', 'script_name'):
                if isinstance(d.get(k), str): d[k] = shorten(sb.norm(d[k]))
            r['message_portable'] = bool(AGENT_ERRORS.search(r.get('error_class', '')))
        cmds.append(r)
    g['commands'] = cmds
    g['trace'], _ = parse_trace(sb, pos)
    g['host_tree'] = tree(sb, sb.host)
    ct = tree(sb, sb.cwd)
    if ct: g['cwd_tree'] = ct
    ar = sb.agent
    dep = '%s/%s/%s' % (ar, group, did) if did else None
    g['scripts_log'] = script_log(sb, read(dep + '/logs/scripts.log')) if dep else None
    inst = {}
    idir = ar + '/deployment-instructions'
    if os.path.isdir(idir):
        for f in sorted(os.listdir(idir)):
            t = sb.norm(read(idir + '/' + f)); key = sb.norm(f)
            if f.endswith('-install.json'):
                try: inst[key] = canon_instructions(json.loads(t))
                except ValueError: inst[key] = t
            elif f.endswith('-cleanup'):
                inst[key] = sorted(t.split('\n')[:-1]) if t.endswith('\n') or not t else {'unterminated': t}
            else: inst[key] = t
    g['instructions'] = inst
    g['deployment_group_dirs'] = {}
    if os.path.isdir(ar):
        for gd in sorted(os.listdir(ar)):
            if os.path.isdir(ar + '/' + gd) and gd not in ('deployment-instructions', 'deployment-logs', 'ongoing-deployment'):
                g['deployment_group_dirs'][gd] = {sb.norm(x): sorted(sb.norm(y) for y in os.listdir(ar + '/' + gd + '/' + x) if y not in BESIDES) if os.path.isdir(ar + '/' + gd + '/' + x) else 'file' for x in sorted(os.listdir(ar + '/' + gd), key=lambda x: sb.norm(x))}
    if dep and os.path.isdir(dep):
        g['archive_tree'] = tree(sb, dep + '/deployment-archive')
    esc = sorted(x for x in os.listdir(sb.base) if x not in sb.known)
    if esc: g['escaped_files'] = esc
    if step.get('record_seconds'): g['seconds_at_least'] = int(took); g['seconds_at_most'] = int(took) + 3
    dl = read(ar + '/deployment-logs/codedeploy-agent-deployments.log')
    if dl is not None and step.get('record_deployments_log'):
        g['deployments_log'] = [re.sub(r'\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\]', '[{{TS}}]', re.sub(r'^# Logfile created on .*', '# Logfile created on {{DATE}}', sb.norm(x))) for x in dl.splitlines()][:60]
    return g

AGENT = {'start': None, 'stop': None}
BESIDES = set()

def run_case(cid, cmd):
    case = json.load(open(os.path.join(CASES, cid, 'case.json')))
    if case.get('mode') == 'poll':
        import poll
        return poll.run_case(case, AGENT['start'], AGENT['stop'])
    sb = Sandbox()
    try:
        cfg = {'log_aws_wire': False, 'log_dir': sb.log, 'pid_dir': sb.base + '/pid', 'program_name': 'codedeploy-agent', 'root_dir': sb.agent,
               'verbose': True, 'wait_between_runs': 1, 'max_revisions': 5, 'on_premises_config_file': sb.base + '/nonexistent.yml'}
        cfg.update(case.get('agent_config', {}))
        with open(sb.base + '/agent.yml', 'w') as f:
            f.write('---\n' + ''.join(':%s: %s\n' % (k, json.dumps(v)) for k, v in cfg.items() if v is not None))
        steps = []
        for i, st in enumerate(case['steps'], 1): steps.append(run_step(sb, i, st, cmd, case))
        return {'steps': steps}
    finally:
        sb.destroy()

# ---------------------------------------------------------------- comparing

def comparable(g, level):
    g = copy.deepcopy(g)
    for s in g['steps']:
        unstable = {}
        if level != 'self':
            # an implementation in another language need not say Ruby's words: keep class of failure only
            if 'request_headers' in s: s['request_headers'].pop('authorization', None)
            if 'requests_besides_polls' in s: s['requests_besides_polls'] = [x for x in s['requests_besides_polls'] if not x.startswith('GET / ')]
            s.pop('largest_gap_between_polls_seconds', None)
            s.pop('uncaught', None); s.pop('seconds_at_least', None); s.pop('seconds_at_most', None)
            for c in s['commands']:
                c.pop('error_class', None)
                ne = c.pop('noop_error', None)
                if ne is not None: c['noop_error'] = True
                if c.get('status') == 'Failed' and c.pop('message_portable', None) is False:
                    d = c.get('diagnostics') or {}
                    c['diagnostics'] = {'error_code': d.get('error_code'), 'script_name': d.get('script_name')}
        else:
            s.pop('largest_gap_between_polls_seconds', None)
            s.pop('seconds_at_least', None); s.pop('seconds_at_most', None)
    return g

def diff(a, c):
    A = json.dumps(a, indent=1, sort_keys=True, ensure_ascii=False).splitlines(); C = json.dumps(c, indent=1, sort_keys=True, ensure_ascii=False).splitlines()
    return list(difflib.unified_diff(A, C, 'golden', 'actual', lineterm='', n=2))

def dump(g):
    j = lambda x: json.dumps(x, ensure_ascii=False)
    out = ['{"steps": [']
    for si, s in enumerate(g['steps']):
        items = []
        for k, v in s.items():
            if isinstance(v, list) and v: items.append('  %s: [\n%s\n  ]' % (j(k), ',\n'.join('   ' + j(x) for x in v)))
            elif isinstance(v, dict) and v: items.append('  %s: {\n%s\n  }' % (j(k), ',\n'.join('   %s: %s' % (j(a), j(b_) if not isinstance(b_, list) or not b_ else '[\n%s\n   ]' % ',\n'.join('    ' + j(x) for x in b_)) for a, b_ in v.items())))
            else: items.append('  %s: %s' % (j(k), j(v)))
        out.append(' {\n' + ',\n'.join(items) + '\n }' + (',' if si + 1 < len(g['steps']) else ''))
    out.append(']}')
    t = '\n'.join(out) + '\n'
    assert json.loads(t) == json.loads(json.dumps(g))
    return t

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('cases', nargs='*')
    ap.add_argument('-j', type=int, default=2)
    ap.add_argument('--cmd')
    ap.add_argument('--agent-start', help="check: command that starts the polling agent, {config} is its configuration file")
    ap.add_argument('--agent-stop')
    ap.add_argument('--mode', choices=['local', 'poll', 'all'], default='all')
    ap.add_argument('--json', help='write {case: passed} to this file')
    ap.add_argument('--quiet', action='store_true', help='names and verdicts only')
    ap.add_argument('--no-tap', action='store_true', help='check: ignore the per-command records (CMD does not write $CDO_TAP_FILE)')
    ap.add_argument('--besides', default='', help='comma separated names that may lie in the directory of a deployment besides what was recorded')
    ap.add_argument('--ignore', default='', help='check: comma separated step fields to leave out, e.g. stdout,archive_tree')
    ap.add_argument('--max-diff', type=int, default=40)
    ap.add_argument('--golden', default='golden.json', help='compare with this file of each case; cases without it are left out')
    ap.add_argument('--record', help='write what happened to this file of each case')
    a = ap.parse_intermixed_args()
    ids = sorted(os.listdir(CASES))
    if a.cases: ids = [i for i in ids if any(i == x or i.startswith(x + '-') or x in i for x in a.cases)]
    if a.mode != 'all': ids = [i for i in ids if json.load(open(os.path.join(CASES, i, 'case.json'))).get('mode', 'local') == a.mode]
    if not a.record: ids = [i for i in ids if os.path.exists(os.path.join(CASES, i, a.golden))]
    BESIDES.update(filter(None, a.besides.split(',')))
    if a.agent_start: AGENT['start'] = a.agent_start
    if a.agent_stop: AGENT['stop'] = a.agent_stop
    cmd = shlex.split(a.cmd) if a.cmd else None
    if cmd and os.path.sep in cmd[0]: cmd[0] = os.path.abspath(cmd[0])     # cases run in a directory of their own
    if not cmd and not a.agent_start: ap.error('--cmd or --agent-start is needed')
    def runnable(i):
        return a.agent_start if json.load(open(os.path.join(CASES, i, 'case.json'))).get('mode') == 'poll' else cmd
    ids = [i for i in ids if runnable(i)]
    bad = ok = 0; verdict = {}
    with concurrent.futures.ThreadPoolExecutor(a.j) as ex:
        futs = {i: ex.submit(run_case, i, cmd) for i in ids}
        for i in ids:
            try: g = futs[i].result()
            except Exception as e:
                print('ERROR', i, repr(e)); verdict[i] = False; bad += 1; continue
            if a.record:
                for s in g['steps']: s.pop('stderr_tail', '')
                with open(os.path.join(CASES, i, a.record), 'w') as f: f.write(dump(g))
                ok += 1; continue
            gp = os.path.join(CASES, i, a.golden)
            lv = 'other'
            errs = [s.pop('stderr_tail', '') for s in g['steps']]
            A = comparable(json.load(open(gp)), lv); C = comparable(json.loads(json.dumps(g)), lv)
            for s in A['steps'] + C['steps']:
                if a.no_tap and 'acknowledgements' not in json.dumps(s.get('commands', '')): s.pop('commands', None)
                for k in filter(None, a.ignore.split(',')): s.pop(k, None)
            d = diff(A, C)
            if d:
                bad += 1; verdict[i] = False; print('FAIL', i, 'exit', [s.get('exit_status') for s in A['steps']], '->', [s.get('exit_status') for s in C['steps']])
                if not a.quiet and any(errs): print('   stderr: ' + ' | '.join(e.strip().splitlines()[-1] for e in errs if e.strip())[:300])
                a.quiet or print('\n'.join('   ' + x for x in d[:a.max_diff]))
            else: ok += 1; verdict[i] = True; a.quiet or print('ok  ', i)
    if a.json: json.dump(verdict, open(a.json, 'w'), indent=1)
    print('%d passed, %d failed' % (ok, bad))
    if not ids: print('no case matches', file=sys.stderr)
    sys.exit(1 if bad else 0 if ids else 2)

if __name__ == '__main__':
    sys.modules['check'] = sys.modules['__main__']
    main()
