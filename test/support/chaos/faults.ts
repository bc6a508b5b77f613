import fs from 'node:fs';
import promises, { type FileHandle } from 'node:fs/promises';
import { below, happens } from './chance';

/** What a disk does: `full` takes nothing or a part, `failing` breaks off now and then, `crowded` opens few files. */
export type DiskFault = 'none' | 'full' | 'failing' | 'crowded';

type Action = (...given: never[]) => unknown;

/** Of a hundred actions so many fail. */
const OFTEN = 30;

/** Has this process meet faults of the disk, at the functions of Node that the journal uses; gives what sets the fault. */
export async function disturbDisk(): Promise<(fault: DiskFault) => void> {
  let fault: DiskFault = 'none';
  const probe = await promises.open(process.execPath);
  const handles = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();

  const wrap = <Owner extends object>(owner: Owner, name: keyof Owner, errorOf: () => string | undefined) => {
    const action = owner[name] as Action;
    (owner as Record<keyof Owner, Action>)[name] = function (this: unknown, ...given: never[]) {
      const code = errorOf();
      return code === undefined ? action.apply(this, given) : Promise.reject(failure(code));
    };
  };
  const onDisk = () => (fault === 'failing' && happens(OFTEN) ? 'EIO' : undefined);
  const onGrowth = () => (fault === 'full' && happens(80) ? 'ENOSPC' : onDisk());
  const onOpening = () => (fault === 'crowded' && happens(OFTEN) ? 'EMFILE' : onGrowth());
  wrap(promises, 'open', onOpening);
  wrap(promises, 'readdir', () => (fault === 'crowded' ? onOpening() : onDisk()));
  for (const name of ['rename', 'rm', 'stat'] as const) wrap(promises, name, onDisk);
  for (const name of ['mkdir', 'writeFile'] as const) wrap(promises, name, onGrowth);
  for (const name of ['datasync', 'sync', 'read'] as const) wrap(handles, name, onDisk);
  wrap(handles, 'appendFile', onGrowth);

  const { write } = handles as unknown as { write: Action };
  (handles as { write: unknown }).write = function (this: FileHandle, bytes: Buffer) {
    const code = onGrowth();
    if (code === undefined) return write.call(this, ...([bytes] as never[]));
    // What there was room for is in the file.
    const part = bytes.subarray(0, below(bytes.length));
    return code === 'ENOSPC' ? write.call(this, ...([part] as never[])) : Promise.reject(failure(code));
  };

  // Streams open and read by these.
  for (const name of ['open', 'read'] as const) {
    const action = fs[name] as Action;
    (fs as { [key in typeof name]: unknown })[name] = (...given: never[]) => {
      const code = name === 'open' ? (fault === 'crowded' ? onOpening() : onDisk()) : onDisk();
      const callback = (given as unknown[]).at(-1);
      if (code === undefined || typeof callback !== 'function') return action(...given);
      process.nextTick(callback, failure(code));
      return undefined;
    };
  }
  return (next) => {
    fault = next;
  };
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: it was made to fail`), { code });
}
