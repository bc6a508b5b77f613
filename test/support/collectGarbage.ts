import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Frees at once what nothing refers to. What was looked at in this turn of the event loop may count as referred to. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  // The buffers of the first collection are freed beside it, and all of them are by the next.
  collect();
}
