import { documentedError } from '../core/contract/errors';
import { type Environment, keyVariable } from '../core/environments/environment';
import { ApiKey, KEY_FAULTS } from '../core/environments/apiKey';
import { NOT_SENT } from '../core/phrases';
import type { Report, ReportedProblem } from '../core/report/report';
import type { World } from './world';
import { STEPS } from '../core/sharedWords';

type Words = Partial<Pick<ReportedProblem, 'message' | 'guidance'>>;
type Facts = Pick<Report, 'environment' | 'status' | 'error' | 'problems'>;

/** The same report, with words of its own for each problem that is mended differently here than in the editor. */
export function inTerminalWords<R extends Facts>(report: R, variables: World['variables']): R {
  const problems = report.problems.map((problem) => ({
    ...problem,
    ...wordsFor(problem, report, variables),
  }));
  return { ...report, problems };
}

function wordsFor(
  problem: ReportedProblem,
  { environment, status, error }: Facts,
  variables: World['variables'],
): Words {
  const aboutKey = environment !== 'sandbox' && (status === 401 || status === 403);
  // An envelope's code is the server's to choose: it may be one of ours by accident.
  if (error || problem.code.startsWith('http-')) {
    return aboutKey
      ? { guidance: refused(problem, environment) }
      : { guidance: problem.guidance.map(inTerminal) };
  }
  const own = Object.hasOwn(WORDS, problem.code)
    ? WORDS[problem.code]?.(problem, environment, variables)
    : undefined;
  return { guidance: problem.guidance.map(inTerminal), ...own };
}

/** Guidance that stands with several problems. */
const LINES: ReadonlyMap<string, string> = new Map<string, string>([
  [STEPS.checkBaseUrl, 'Check --base-url.'],
  [STEPS.checkProxy, 'The CLI does not use a proxy: check whether you need one.'],
  [STEPS.checkBaseUrlAndProxy, 'Check --base-url. The CLI does not use a proxy: check whether you need one.'],
  [
    STEPS.checkNetwork,
    'Check --base-url and the network. The CLI does not use a proxy: check whether you need one.',
  ],
  [
    STEPS.writeValue,
    'Write the value, or a placeholder such as {{$uuid}} or {{name}} with --var name=VALUE.',
  ],
]);

const inTerminal = (line: string) => LINES.get(line) ?? line;

type OwnWords = (problem: ReportedProblem, environment: Environment, variables: World['variables']) => Words;

const WORDS: Readonly<Record<string, OwnWords>> = {
  'key-absent': ({ guidance }, environment) => ({
    guidance: [`Set the environment variable ${variable(environment)} to the key.`, ...guidance.slice(1)],
  }),
  'key-unreadable': (_, environment, variables) => {
    const key = ApiKey.entered(variables[variable(environment)] ?? '');
    return {
      message: `${variable(environment)} does not contain a usable key. ${NOT_SENT}`,
      guidance: typeof key === 'string' ? [KEY_FAULTS[key]] : [],
    };
  },
  'url-unsafe': () => ({ guidance: ['Correct --base-url.'] }),
  'webhook-url-absent': () => ({
    guidance: ['Set ECCAEX_WEBHOOK_URL to the URL at which the API reaches your webhook listener.'],
  }),
  'placeholder-unknown': () => ({
    guidance: [
      'Use $uuid, $timestamp, $isoTimestamp, $randomInt MIN MAX or $webhookUrl, or define your own with --var NAME=VALUE.',
    ],
  }),
  redirect: ({ guidance }) => ({
    guidance: ['Check --base-url: the API does not document redirects.', ...guidance.slice(1)],
  }),
  timeout: ({ guidance }) => ({
    guidance: [...guidance.slice(0, 1), 'To wait longer, use --timeout SECONDS.'],
  }),
};

/** All that helps against a blocked account is said by the report itself. */
function refused({ code, guidance }: ReportedProblem, environment: Environment): readonly string[] {
  const blocked = documentedError(code)?.about === 'account';
  const first = blocked ? guidance.slice(0, 1) : [`Check the key in ${variable(environment)}.`];
  return [...first, 'Check that the key belongs to this --env and --base-url.'];
}

function variable(environment: Environment): string {
  return environment === 'sandbox' ? '' : keyVariable(environment);
}
