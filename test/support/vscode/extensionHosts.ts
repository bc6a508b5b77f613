import { runOrThrow } from '../processes';

/** The process ids of the extension hosts below this process. */
async function extensionHosts(): Promise<number[]> {
  const list = await runOrThrow('ps', ['-e', '-o', 'pid=,ppid=,args=']);
  const processes = list.split('\n').flatMap((line) => {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }];
  });
  const isOurs = (pid: number): boolean => {
    if (pid === process.pid) return true;
    const found = processes.find((one) => one.pid === pid);
    return found !== undefined && found.pid > 1 && isOurs(found.parent);
  };
  return processes
    .filter(({ pid, args }) => args.includes('--type=extensionHost') && isOurs(pid))
    .map(({ pid }) => pid);
}

/** Ends them as a crash does. */
export async function killExtensionHosts(): Promise<void> {
  for (const pid of await extensionHosts()) process.kill(pid, 'SIGKILL');
}
