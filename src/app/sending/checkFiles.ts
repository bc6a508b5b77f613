import type { Environment } from '../../core/environments/environment';
import type { Report } from '../../core/report/report';
import {
  isSendable,
  readDrafts,
  type SendItem,
  type UnreadableFile,
  requestContext,
} from '../requests/drafts';
import { keysToFind, withLeaks } from '../requests/leaks';
import type { SendPorts } from '../ports';
import { Reporter } from './reporter';

/** What the check of one request gives: a report of a send that stopped short of sending. */
export interface Check {
  readonly uri: string;
  readonly report: Omit<Report, 'outcome'> & { readonly outcome: 'valid' | 'invalid' };
}

/** In the order of the files, and of the requests in each. */
export interface CheckResult {
  readonly checks: readonly Check[];
  readonly unreadable: readonly UnreadableFile[];
}

/** Checks the requests of files as a send to `environment` would, and looks for the keys of all environments in them. */
export async function checkFiles(
  items: readonly SendItem[],
  environment: Environment,
  ports: Pick<SendPorts, 'files' | 'keys' | 'settings' | 'random' | 'clock'>,
): Promise<CheckResult> {
  const context = requestContext(environment, ports);
  const stored = await ports.keys.readAll();
  const keys = keysToFind(stored, environment);
  const reporter = new Reporter(context, stored, ports.clock);
  const { drafts, unreadable } = await readDrafts(items, ports.files, context);
  const checks = withLeaks(drafts, keys, context.variables).map((draft) => {
    const outcome = isSendable(draft) ? ('valid' as const) : ('invalid' as const);
    return { uri: draft.uri, report: { ...reporter.invalid(draft).report, outcome } };
  });
  return { checks, unreadable };
}
