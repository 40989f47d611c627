import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { cpus, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// For tests. A real Slurm with one node, whose partition `urgent` takes the place of jobs in `short`, in a folder of its
// own: no systemd, no control groups, no accounting. Its daemons stay children of the test, so that they end with it.

export interface SlurmNode {
  /** What `SLURM_CONF` must name for Slurm's commands. */
  readonly configuration: string;
  readonly folder: string;
  stop(): Promise<void>;
}

/** Why no Slurm can be started here; undefined where one can. */
export function slurmIsMissing(): string | undefined {
  const missing = ['slurmctld', 'slurmd', 'sbatch', 'scontrol', 'munged'].filter(
    (program) => spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status !== 0,
  );
  if (missing.length > 0)
    return `${missing.join(', ')} are not installed (apt-get install slurmctld slurmd slurm-client munge)`;
  return spawnSync('id', ['-u'], { encoding: 'utf8' }).stdout.trim() === '0' ? undefined : 'slurmd takes root';
}

/** `surroundings` is the environment of the daemons and of what they run. */
export async function startSlurm(surroundings: NodeJS.ProcessEnv): Promise<SlurmNode> {
  const folder = await mkdtemp(join(tmpdir(), 'radiolect-slurm-'));
  await chmod(folder, 0o711);
  for (const name of ['controller', 'node', 'munge']) await mkdir(join(folder, name));
  const [controllerPort, nodePort] = [await freePort(), await freePort()];
  const host = hostname().split('.')[0];
  const socket = join(folder, 'munge/munge.sock');
  const configuration = join(folder, 'slurm.conf');
  await writeFile(
    configuration,
    `ClusterName=radiolect
SlurmctldHost=${host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
# A task that is put back waits as long as a credential lives: two minutes, unless told.
AuthInfo=socket=${socket},cred_expire=5
SlurmctldPort=${controllerPort}
SlurmdPort=${nodePort}
StateSaveLocation=${folder}/controller
SlurmdSpoolDir=${folder}/node
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=1
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1
DefMemPerCPU=500
MpiDefault=none
KillWait=2
ReturnToService=2
AccountingStorageType=accounting_storage/none
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${Math.min(cpus().length, 2)} RealMemory=4000 State=UNKNOWN
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
PartitionName=short Nodes=${host} Default=YES MaxTime=01:00:00 State=UP PriorityTier=1
PartitionName=urgent Nodes=${host} MaxTime=01:00:00 State=UP PriorityTier=10
`,
  );
  await writeFile(join(folder, 'munge/key'), randomBytes(1024), { mode: 0o400 });
  spawnSync('chown', ['-R', 'munge', join(folder, 'munge')]);
  const daemons: ChildProcess[] = [];
  const environment = { ...surroundings, SLURM_CONF: configuration };
  const daemon = (program: string, args: readonly string[]): void => {
    daemons.push(spawn(program, args, { env: environment, stdio: 'ignore' }));
  };
  const munge = ['socket', 'key-file', 'pid-file', 'log-file', 'seed-file'].map(
    (name) => `--${name}=${folder}/munge/${name === 'socket' ? 'munge.sock' : name.replace(/-file$/, '')}`,
  );
  daemon('setpriv', ['--reuid=munge', '--regid=munge', '--clear-groups', 'munged', '--foreground', ...munge]);
  const stop = async (): Promise<void> => {
    spawnSync('scancel', ['--user=root'], { env: environment, stdio: 'ignore' });
    for (const child of daemons.reverse()) {
      const gone = new Promise((done) => child.once('exit', done));
      if (child.exitCode === null && child.kill('SIGTERM')) await Promise.race([gone, pause(5000)]);
      child.kill('SIGKILL');
    }
    await endStrays(configuration);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  await until(() => spawnSync('munge', ['-n', '-S', socket], { stdio: 'ignore' }).status === 0);
  daemon('slurmctld', ['-D']);
  daemon('slurmd', ['-D']);
  const up = await until(
    () => spawnSync('sinfo', ['-h', '-o', '%T'], { env: environment, encoding: 'utf8' }).stdout.trim() === 'idle',
  );
  if (!up) {
    const log = await readFile(join(folder, 'slurmctld.log'), 'utf8').catch(() => '');
    await stop();
    throw new Error(`Slurm did not start:\n${log.slice(-2000)}`);
  }
  return { configuration, folder, stop };
}

/** Ends what jobs have left running: `scancel` does not reach them where the node is down. */
async function endStrays(configuration: string): Promise<void> {
  for (const id of await processesWith('environ', `SLURM_CONF=${configuration}`)) {
    if (id === process.pid) continue;
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It has ended in the meantime.
    }
  }
}

/** The processes that have this word on their command line, or this setting in the environment that they began with. */
export async function processesWith(where: 'cmdline' | 'environ', word: string): Promise<number[]> {
  const found: number[] = [];
  for (const id of await readdir('/proc')) {
    if (!/^\d+$/.test(id)) continue;
    const words = (await readFile(`/proc/${id}/${where}`, 'utf8').catch(() => '')).split('\0');
    if (words.includes(word)) found.push(Number(id));
  }
  return found;
}

/** Whether it came true within 20 seconds. */
async function until(is: () => boolean): Promise<boolean> {
  for (let tried = 0; tried < 200; tried++) {
    if (is()) return true;
    await pause(100);
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
