import { Uri, window } from 'vscode';
import type { Environment } from '../../core/environments/environment';
import { toRange, fileNameOf } from '../shell/convert';
import { notify } from '../shell/notify';
import { findRequestFiles } from '../shell/requestDocuments';
import type { Services } from '../shell/services';

/** A few files tell what a workspace is for. */
const MOST_CHECKED = 100;

/** Tells where prod is chosen in a workspace whose requests lead to the user's own machine or network. */
export async function cautionOfOwnNetwork(services: Services, before: Environment): Promise<void> {
  const uris = (await findRequestFiles()).slice(0, MOST_CHECKED).map((uri) => uri.toString());
  const { checks } = await services.check(
    uris.map((uri) => ({ uri })),
    'prod',
  );
  const found = checks.flatMap(({ uri, report }) => {
    const problem = report.problems.find(({ code }) => code === 'url-unreachable');
    return problem ? [{ uri, problem }] : [];
  });
  const [first] = found;
  if (!first || services.environment.get() !== 'prod') return;
  const others = new Set(found.map(({ uri }) => uri)).size - 1;
  const files = `${fileNameOf(first.uri)}${others > 0 ? ` and ${others} more` : ''}`;
  const show = 'Show';
  const back = `Back to ${before}`;
  const choice = await notify.warn(
    `prod is active, and URLs of ${files} lead to your own machine or network, which the vendor cannot reach: it looks like a test.`,
    show,
    back,
  );
  if (choice === show)
    await window.showTextDocument(Uri.parse(first.uri), { selection: toRange(first.problem.range) });
  if (choice === back) await services.environment.set(before);
}
