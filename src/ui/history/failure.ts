import { type LogOutputChannel } from 'vscode';
import { notify } from '../shell/notify';

/** Says that the journal cannot be written, and what that means: requests are sent all the same. */
export function tellThatNothingIsKept(log: LogOutputChannel): (reason: string) => void {
  return (reason) => {
    log.warn(`The history cannot be written: ${reason}`);
    void notify.warn(
      `The history cannot be written (${reason}). Requests are sent all the same, but what is sent now is not kept, and is not known after a crash.`,
    );
  };
}
