import promises, { type FileHandle } from 'node:fs/promises';

type Action = (...given: never[]) => unknown;

/** Of Node's files, what those have in common that are open. */
async function openFiles(): Promise<FileHandle> {
  const probe = await promises.open(process.execPath);
  await probe.close();
  return Object.getPrototypeOf(probe) as FileHandle;
}

/** Has a disk fail to bring to the platter what files hold, until it is released. */
export async function failToSync(): Promise<{ release(): void }> {
  const handles = (await openFiles()) as unknown as { datasync: Action };
  const { datasync } = handles;
  handles.datasync = () => Promise.reject(Object.assign(new Error('not synced'), { code: 'EIO' }));
  return { release: () => void (handles.datasync = datasync) };
}

/** Lets this process change files so many times, and has every change after that fail: the disk stays as a crash would leave it. */
export async function breakOffAfter(changes: number): Promise<{ count(): number; release(): void }> {
  let count = 0;
  const undo: (() => void)[] = [];
  const wrap = <Owner extends object>(
    owner: Owner,
    name: keyof Owner,
    isChange: (given: unknown[]) => boolean,
  ) => {
    const action = owner[name] as Action;
    (owner as Record<keyof Owner, Action>)[name] = function (this: unknown, ...given: never[]) {
      if (isChange(given) && ++count > changes)
        return Promise.reject(Object.assign(new Error('broken off'), { code: 'EIO' }));
      return action.apply(this, given);
    };
    undo.push(() => ((owner as Record<keyof Owner, Action>)[name] = action));
  };
  const handles = await openFiles();
  for (const name of ['rename', 'rm', 'rmdir', 'mkdir', 'writeFile'] as const)
    wrap(promises, name, () => true);
  wrap(promises, 'open', ([, flags = 'r']) => flags !== 'r');
  for (const name of ['write', 'appendFile'] as const) wrap(handles, name, () => true);
  return { count: () => count, release: () => undo.forEach((one) => one()) };
}
