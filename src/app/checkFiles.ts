import type { RequestDocument, RequestNode } from '../core/document/document';
import type { Environment } from '../core/environments/environment';
import type { OwnedKey } from '../core/leaks/keyFinder';
import type { DocumentProblem } from '../core/problems/problem';
import type { Report } from '../core/report/report';
import { keyInFile } from '../core/validate/keyInFile';
import { isSendable, readDrafts, type SendItem, type UnreadableFile } from './drafts';
import { perDocument } from './perDocument';
import type { SendPorts } from './ports';
import { Reporter } from './reporter';
import { storedKeys } from './storedKeys';

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
  const reporter = new Reporter(environment, ports);
  const { keys } = await storedKeys(ports.keys);
  const { drafts, unreadable } = await readDrafts(items, ports.files, reporter.context);
  const leaksOf = perDocument((document) => leaksByRequest(document, keys, reporter.context.variables));
  const checks = drafts.map((draft) => {
    const leaks = leaksOf(draft.document).get(draft.index) ?? [];
    const checked = { ...draft, problems: [...draft.problems, ...leaks] };
    const outcome = isSendable(checked) ? ('valid' as const) : ('invalid' as const);
    return { uri: draft.uri, report: { ...reporter.invalid(checked).report, outcome } };
  });
  return { checks, unreadable };
}

/** A key that stands in one request of a batch is told there alone; one outside of all requests, at the first. */
function leaksByRequest(
  document: RequestDocument,
  keys: readonly OwnedKey[],
  variables: Readonly<Record<string, string>>,
): Map<number, DocumentProblem[]> {
  const byRequest = new Map<number, DocumentProblem[]>();
  const leaks = keys
    .flatMap(({ environment, key }) => keyInFile(document, key, environment, variables))
    .sort((a, b) => a.span.offset - b.span.offset);
  const { requests } = document;
  let next = 0;
  for (const leak of leaks) {
    const { offset } = leak.span;
    while (offset >= endOf(requests[next])) next++;
    const holder = requests[next];
    const index = holder && offset >= holder.node.offset ? holder.index : 0;
    const own = byRequest.get(index);
    if (own) own.push(leak);
    else byRequest.set(index, [leak]);
  }
  return byRequest;
}

const endOf = (request: RequestNode | undefined) =>
  request ? request.node.offset + request.node.length : Infinity;
