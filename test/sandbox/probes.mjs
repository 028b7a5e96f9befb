// Attempts to leave a sandbox, as probes.py has them for Python.
// usage: probes.mjs list | probes.mjs NAME JSON
import childProcess from 'node:child_process';
import cluster from 'node:cluster';
import dgram from 'node:dgram';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import inspector from 'node:inspector';
import net from 'node:net';
import os from 'node:os';
import process from 'node:process';
import { Worker } from 'node:worker_threads';

const [name, json = '{}'] = process.argv.slice(2);
const P = JSON.parse(json);
const mebi = 1024 * 1024;

const event = (emitter, good, bad = 'error') =>
  new Promise((done, fail) => {
    emitter.once(good, () => done(good));
    emitter.once(bad, fail);
  });
const run = (program, args, options) => {
  const { error, status } = childProcess.spawnSync(program, args, { timeout: 4000, ...options });
  if (error) throw error;
  return status === 0;
};
const parents = () => [process.ppid, P.parent];
const firstOf = (values, use) => {
  for (const value of values) {
    try {
      return use(value);
    } catch {
      // The next may do.
    }
  }
  return undefined;
};

/** Each by its class; those whose twin escapes unconfined in the second table. */
const twins = {
  tcp_connect: ['network', () => event(net.connect(P.tcp, '127.0.0.1'), 'connect')],
  tcp_listen: ['network', () => event(net.createServer().listen(0, '127.0.0.1'), 'listening')],
  udp_bind: ['network', () => event(dgram.createSocket('udp4').bind(0), 'listening')],
  unix_path: ['network', () => event(net.connect(P.unix), 'connect')],
  unix_listen: [
    'network',
    () => event(net.createServer().listen(`${P.outside}/js.sock`), 'listening'),
  ],
  unix_abstract: [
    'network',
    () => event(net.createServer().listen(`\0probe-${process.pid}`), 'listening'),
  ],
  fetch_local: ['network', () => event(http.get({ port: P.http, host: '127.0.0.1' }), 'response')],
  passwd: ['read', () => fs.readFileSync('/etc/passwd', 'utf8')],
  ssh_key: ['read', () => fs.readFileSync(`${P.home}/.ssh/id_ed25519`, 'utf8')],
  hidden_tests: ['read', () => fs.readFileSync(`${P.hidden}/test_hidden.py`, 'utf8')],
  list_home: ['read', () => fs.readdirSync(P.home)],
  link_in_job: ['read', () => fs.readFileSync(`${P.job}/link`, 'utf8')],
  secret_in_parent: [
    'read',
    () =>
      firstOf(parents(), (pid) =>
        fs.readFileSync(`/proc/${pid}/environ`, 'utf8').includes('PROBE_SECRET'),
      ),
  ],
  parent_command_line: [
    'read',
    () => firstOf(parents(), (pid) => fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8')),
  ],
  parent_folder: ['read', () => firstOf(parents(), (pid) => fs.readlinkSync(`/proc/${pid}/cwd`))],
  processes_listed: ['read', () => fs.readdirSync('/proc')],
  shared_tmp: ['read', () => fs.readdirSync('/tmp')],
  system_settings: ['read', () => fs.readdirSync('/etc')],
  user_of_passwd: ['read', () => os.userInfo().homedir],
  module_of_home: ['read', () => import(`${P.home}/secret.mjs`).then((module) => module.default)],
  watch_home: [
    'read',
    () =>
      new Promise((done, fail) => {
        const watcher = fs.watch(P.home).on('error', fail);
        setTimeout(() => done(watcher.close() === undefined), 300);
      }),
  ],
  stream_home: ['read', () => event(fs.createReadStream(`${P.home}/.ssh/id_ed25519`), 'data')],
  write_outside: ['write', () => fs.writeFileSync(`${P.outside}/js-new`, 'x') === undefined],
  write_job: ['write', () => fs.writeFileSync(`${P.job}/js-new`, 'x') === undefined],
  append_own: ['write', () => fs.appendFileSync(P.own, '') === undefined],
  make_folder: ['write', () => fs.mkdirSync(`${P.outside}/js-folder`) === undefined],
  make_link: ['write', () => fs.symlinkSync('/etc/passwd', `${P.outside}/js-link`) === undefined],
  make_hard_link: ['write', () => fs.linkSync(P.own, `${P.outside}/js-hard`) === undefined],
  rename_file: ['write', () => fs.renameSync(`${P.outside}/a`, `${P.outside}/b`) === undefined],
  remove_file: ['write', () => fs.rmSync(`${P.outside}/c`) === undefined],
  change_mode: ['write', () => fs.chmodSync(P.own, 0o777) === undefined],
  change_times: ['write', () => fs.utimesSync(P.own, 1, 1) === undefined],
  change_times_of_link: ['write', () => fs.lutimesSync(P.own, 1, 1) === undefined],
  change_length: ['write', () => fs.truncateSync(P.own, 0) === undefined],
  change_owner: [
    'write',
    () => fs.chownSync(P.own, process.getuid(), process.getgid()) === undefined,
  ],
  change_mode_by_descriptor: [
    'write',
    () => fs.fchmodSync(fs.openSync(`${P.job}/data`), 0o640) === undefined,
  ],
  copy_out: ['write', () => fs.copyFileSync(`${P.job}/data`, `${P.outside}/js-copy`) === undefined],
  temporary_folder: [
    'write',
    () => fs.rmdirSync(fs.mkdtempSync(`${os.tmpdir()}/probe-`)) === undefined,
  ],
  many_files: [
    'write',
    () => Array.from({ length: 20 }, (_, i) => fs.writeFileSync(`${P.outside}/js${i}`, 'x')),
  ],
  database_elsewhere: [
    'write',
    async () => {
      // biome-ignore lint/correctness/noUnresolvedImports: A module of Node that the linter does not know.
      const { DatabaseSync } = await import('node:sqlite');
      new DatabaseSync(':memory:').exec(`ATTACH '${P.outside}/x.db' AS o; CREATE TABLE o.t(a)`);
      return true;
    },
  ],
  heap_snapshot: [
    'write',
    async () => (await import('node:v8')).writeHeapSnapshot(`${P.outside}/heap`),
  ],
  report_file: [
    'write',
    () => fs.existsSync(process.report.writeReport(`${P.outside}/report.json`)),
  ],
  shell: ['process', () => childProcess.execSync('echo x').length],
  spawn: ['process', () => run('/bin/true', [])],
  spawn_node: ['process', () => run(process.execPath, ['-e', '0'])],
  fork_module: ['process', () => event(childProcess.fork('-e', ['0'], { execArgv: [] }), 'spawn')],
  become_shell: [
    'process',
    () => process.execve('/bin/sh', ['sh', '-c', 'echo ESCAPED by a shell'], {}),
  ],
  signal_parent: ['signal', () => process.kill(P.parent, 0)],
  signal_own_parent: ['signal', () => process.kill(process.ppid, 0)],
  signal_all: ['signal', () => process.kill(-1, 0)],
  signal_group: ['signal', () => process.kill(0, 0)],
  priority_of_parent: [
    'parent',
    () => os.setPriority(P.parent, os.getPriority(P.parent)) === undefined,
  ],
  own_user: ['parent', () => process.setgid(process.getgid()) === undefined],
  inspector_port: [
    'network',
    async () => {
      inspector.open(0, '127.0.0.1');
      return inspector.url();
    },
  ],
};

const others = {
  dns_question: ['network', () => dns.promises.resolve4('localhost')],
  proc_root: ['read', () => fs.readFileSync(`/proc/self/root${P.home}/.ssh/id_ed25519`)],
  dot_dot: ['read', () => fs.readFileSync(`${P.job}/../home/.ssh/id_ed25519`)],
  chdir_home: [
    'read',
    () => {
      process.chdir(P.home);
      return fs.readdirSync('.');
    },
  ],
  secret_in_environment: [
    'read',
    // biome-ignore lint/style/noProcessEnv: It is the environment that is probed.
    () => Object.keys(process.env).find((key) => /SECRET|TOKEN|KEY/.test(key)),
  ],
  parent_memory: ['read', () => fs.openSync(`/proc/${P.parent}/mem`)],
  worker_reads: [
    'read',
    () => {
      const code = `require('node:worker_threads').parentPort.postMessage(require('node:fs').readFileSync('${P.home}/.ssh/id_ed25519'))`;
      return event(new Worker(code, { eval: true }), 'message');
    },
  ],
  internal_binding: ['read', () => process.binding('fs').open(`${P.home}/.ssh/id_ed25519`, 0, 0)],
  native_library: [
    'process',
    () => process.dlopen({ exports: {} }, `${P.outside}/x.node`) === undefined,
  ],
  inherited_descriptors: [
    'read',
    () => {
      const found = [];
      // Node itself opens some; a pipe, socket or file from outside is what must not be there.
      for (let fd = 3; fd < 256; fd += 1) {
        try {
          const stat = fs.fstatSync(fd);
          if (stat.isFile() || stat.isDirectory() || stat.isSocket()) found.push(fd);
        } catch {
          // Not open.
        }
      }
      return found.length > 0 && found.join();
    },
  ],
  open_inspector_of_parent: ['signal', () => process.kill(P.parent, 'SIGUSR1')],
  debug_parent: ['signal', () => process._debugProcess(P.parent) === undefined],
  kill_parent: ['signal', () => process.kill(process.ppid, 'SIGKILL')],
  daemon: [
    'process',
    () =>
      event(childProcess.spawn('/bin/sleep', ['60'], { detached: true, stdio: 'ignore' }), 'spawn'),
  ],
  cluster_fork: ['process', () => event(cluster.fork({ PROBE: '1' }), 'online')],
  become_user: ['parent', () => process.setuid(process.getuid() === 0 ? 1 : 0)],
  memory_of_arrays: [
    'memory',
    () => {
      const held = [];
      while (held.length < 150) held.push(new Uint8Array(10 * mebi).fill(1));
      return held.length;
    },
  ],
  memory_of_buffers: [
    'memory',
    () => {
      const held = [];
      while (held.length < 150) held.push(Buffer.alloc(10 * mebi, 1));
      return held.length;
    },
  ],
  memory_of_heap: [
    'memory',
    () => {
      const held = [];
      while (held.length < 15e6) held.push({ a: held.length, b: [1, 2, 3, 4] });
      return held.length;
    },
  ],
  memory_of_strings: [
    'memory',
    () => {
      const held = [];
      while (held.length < 150) held.push(Buffer.alloc(10 * mebi, 'x').toString('latin1'));
      return held.length;
    },
  ],
  memory_of_wasm: [
    'memory',
    () => {
      const held = [];
      for (let i = 0; i < 15; i += 1) {
        const memory = new WebAssembly.Memory({ initial: 1600 });
        new Uint8Array(memory.buffer).fill(1);
        held.push(memory);
      }
      return held.length;
    },
  ],
  memory_shared: [
    'memory',
    () => {
      const held = [];
      while (held.length < 150) held.push(new Uint8Array(new SharedArrayBuffer(10 * mebi)).fill(1));
      return held.length;
    },
  ],
  memory_of_workers: [
    'memory',
    async () => {
      const code =
        'const h=[];while(h.length<40)h.push(new Uint8Array(10485760).fill(1));setTimeout(()=>{},9e3)';
      const all = Array.from({ length: 5 }, () => new Worker(code, { eval: true }));
      await Promise.all(all.map((worker) => event(worker, 'online')));
      return new Promise((done) =>
        setTimeout(() => done(process.memoryUsage().rss > 1200 * mebi), 2500),
      );
    },
  ],
  memory_resizable: ['memory', () => new Uint8Array(new ArrayBuffer(1500 * mebi)).fill(1).length],
  workers_without_end: [
    'processes',
    async () => {
      const all = [];
      for (let i = 0; i < 600; i += 1) {
        const worker = new Worker('setTimeout(()=>{},9e3)', { eval: true });
        worker.on('error', () => undefined);
        await event(worker, 'online');
        all.push(worker);
      }
      return all.length;
    },
  ],
  descriptors_without_end: [
    'files',
    () => Array.from({ length: 2000 }, () => fs.openSync(`${P.job}/data`)).length,
  ],
};

const probes = { ...twins, ...others };

if (name === 'list') {
  const rows = Object.entries(probes).map(([key, [kind]]) => ({
    name: key,
    kind,
    twin: key in twins,
  }));
  process.stdout.write(JSON.stringify(rows));
} else {
  fs.writeSync(1, 'begin\n');
  try {
    const result = await probes[name][1]();
    fs.writeSync(1, result ? `ESCAPED ${String(result).slice(0, 80)}\n` : 'blocked\n');
  } catch (error) {
    fs.writeSync(1, `blocked ${error}\n`);
  }
  process.exit(0);
}
