/** `41.7 ms`, `1.53 s`, `30.0 s` */
export function duration(ms: number): string {
  if (ms < 1000) return `${Number(ms.toFixed(1))} ms`;
  const seconds = ms / 1000;
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

/** `312 B`, `1.5 KB`, `10.0 MB`: a KB is 1,024 B. */
export function byteSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1024) return `${kilobytes.toFixed(1)} KB`;
  return `${(kilobytes / 1024).toFixed(1)} MB`;
}

/** `1 key`, `2,000 keys` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
