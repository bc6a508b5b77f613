import { isAuthenticationError } from '../contract/errors';
import type { SentProblem } from '../problems/problem';
import { actions } from './actions';
import type { ActionFix, ActionFixId } from './fix';
import type { Environment } from '../environments/environment';

/** What mends a problem that a call of an endpoint ran into, where nothing was to be created; best first. */
export function readFixes(problem: SentProblem, context: { readonly environment: Environment }): ActionFix[] {
  return actions(context, ...idsOf(problem));
}

const ABOUT_THE_KEY: readonly ActionFixId[] = [
  'eccaex.setApiKey',
  'eccaex.selectEnvironment',
  'open-key-page',
];

function idsOf(problem: SentProblem): readonly ActionFixId[] {
  switch (problem.kind) {
    case 'key-absent':
      return ABOUT_THE_KEY;
    case 'key-unreadable':
      return ['call-again', 'eccaex.setApiKey'];
    case 'key-other-origin':
      return ['eccaex.setApiKey', 'open-base-url-setting', 'eccaex.selectEnvironment'];
    case 'url-unsafe':
    case 'redirect':
      return ['open-base-url-setting', 'eccaex.selectEnvironment'];
    case 'untrusted-workspace':
      return ['trust-workspace'];
    case 'envelope':
    case 'http-status': {
      const { status } = problem.arguments;
      const isKey =
        status === 401 ||
        status === 403 ||
        (problem.kind === 'envelope' && isAuthenticationError(problem.arguments.code));
      return isKey ? [...ABOUT_THE_KEY, 'call-again'] : ['call-again', 'open-base-url-setting'];
    }
    case 'timeout':
      return ['call-again', 'open-timeout-setting'];
    default:
      return ['call-again', 'open-base-url-setting'];
  }
}
