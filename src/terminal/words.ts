import type { Environment } from '../core/environments/environment';
import { keyVariable } from '../core/environments/keyVariable';
import type { Report, ReportedProblem } from '../core/report/report';

type Words = Partial<Pick<ReportedProblem, 'message' | 'guidance'>>;
type Facts = Pick<Report, 'environment' | 'status' | 'error' | 'problems'>;

/** The same report, with the words of those problems that are mended in another way here than in the editor. */
export function inTerminalWords<R extends Facts>(report: R): R {
  const problems = report.problems.map((problem) => ({ ...problem, ...wordsFor(problem, report) }));
  return { ...report, problems };
}

function wordsFor(problem: ReportedProblem, { environment, status, error }: Facts): Words {
  const aboutKey = environment !== 'sandbox' && (status === 401 || status === 403);
  // An envelope's code is the server's to choose: it may be one of ours by accident.
  if (error || problem.code.startsWith('http-')) {
    return aboutKey
      ? { guidance: refused(problem, environment) }
      : { guidance: problem.guidance.map(inTerminal) };
  }
  const own = Object.hasOwn(WORDS, problem.code) ? WORDS[problem.code]?.(problem, environment) : undefined;
  return { guidance: problem.guidance.map(inTerminal), ...own };
}

/** Guidance that stands with several problems. */
const LINES: ReadonlyMap<string, string> = new Map([
  ['Check the base URL.', 'Check --base-url.'],
  ['Check the proxy settings.', 'Check whether a proxy is needed: the CLI uses none.'],
  [
    'Check the base URL and the proxy settings.',
    'Check --base-url, and whether a proxy is needed: the CLI uses none.',
  ],
  [
    'Check the base URL, the network and the proxy settings.',
    'Check --base-url and the network, and whether a proxy is needed: the CLI uses none.',
  ],
]);

const inTerminal = (line: string) => LINES.get(line) ?? line;

const WORDS: Readonly<Record<string, (problem: ReportedProblem, environment: Environment) => Words>> = {
  'key-absent': ({ guidance }, environment) => ({
    guidance: [`Put the key into the environment variable ${variable(environment)}.`, ...guidance.slice(1)],
  }),
  'key-unreadable': (_, environment) => ({
    message: `${variable(environment)} does not hold a key that can be sent. Nothing was sent.`,
    guidance: [
      'A key is one line of visible ASCII characters: look for line breaks, control characters and typographic quotes.',
    ],
  }),
  'url-unsafe': () => ({ guidance: ['Correct --base-url.'] }),
  'placeholder-unknown': () => ({
    guidance: [
      'Use $uuid, $timestamp, $isoTimestamp or $randomInt MIN MAX, or give a name of your own with --var NAME=VALUE.',
    ],
  }),
  redirect: ({ guidance }) => ({
    guidance: ['Check --base-url: the API itself documents no redirect.', ...guidance.slice(1)],
  }),
  timeout: ({ guidance }) => ({
    guidance: [...guidance.slice(0, 1), 'To wait longer, use --timeout SECONDS.'],
  }),
};

/** All that helps against a blocked account is said by the report itself. */
function refused({ code, guidance }: ReportedProblem, environment: Environment): readonly string[] {
  const blocked = ['OWNER_BLOCKED', 'MERCHANT_BLOCKED', 'MERCHANT_NOT_ACTIVE'].includes(code);
  const first = blocked ? guidance.slice(0, 1) : [`Check the key in ${variable(environment)}.`];
  return [...first, 'Check that --env and --base-url are those that the key belongs to.'];
}

function variable(environment: Environment): string {
  return environment === 'sandbox' ? '' : keyVariable(environment);
}
