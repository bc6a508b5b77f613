import type { PlacedLeak, ScanResult } from '../app/leaks/leakScanner';
import { DOCUMENTATION } from '../core/contract/documentation';
import { isUnsearched, limitsInWords } from '../core/leaks/limits';
import type { Severity } from '../core/problems/problem';

const LEVELS = { error: 'error', warning: 'warning', information: 'note' } as const satisfies Record<
  Severity,
  string
>;

const RULES: Readonly<Record<PlacedLeak['leak']['code'], string>> = {
  'key-in-file': 'A stored API key or webhook secret stands in a file.',
  'key-literal': 'An API key or webhook secret is written where a placeholder belongs.',
};

/** What a log is about: the folder that its URIs begin at, and the version of this program. */
export interface SarifOptions {
  /** The root of the repository, since code scanning counts from there; else the folder that was searched. */
  readonly base: string;
  readonly version: string;
}

/**
 * A search as a log of SARIF 2.1.0, without keys. Lines and columns are one-based and count UTF-16 code units. Source:
 * OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
 */
export function sarifLog(
  { files, tally, sought, redact }: ScanResult,
  { base, version }: SarifOptions,
): object {
  const ids = Object.keys(RULES);
  const location = (file: string) => ({ uri: uriOf(redact(file), base), uriBaseId: 'SRCROOT' });
  const results = files.flatMap(({ file, leaks }) =>
    leaks.map(({ leak: { code }, severity, message, guidance, range: { start, end } }) => ({
      ruleId: code,
      ruleIndex: ids.indexOf(code),
      level: LEVELS[severity],
      message: { text: [message, ...guidance].join('\n') },
      locations: [
        {
          physicalLocation: {
            artifactLocation: location(file),
            region: {
              startLine: start.line + 1,
              startColumn: start.character + 1,
              endLine: end.line + 1,
              endColumn: end.character + 1,
            },
          },
        },
      ],
    })),
  );
  const notes = tally.limited.map((one) => ({
    level: isUnsearched(one) ? 'error' : 'note',
    message: { text: limitsInWords([one], sought.length > 0, (file) => uriOf(redact(file), base)).join(' ') },
    locations: [{ physicalLocation: { artifactLocation: location(one.file) } }],
  }));
  const isComplete = tally.end === 'complete' && !tally.limited.some(isUnsearched);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'eccaex',
            version,
            rules: Object.entries(RULES).map(([id, text]) => ({
              id,
              shortDescription: { text },
              helpUri: DOCUMENTATION.authentication,
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: isComplete, toolExecutionNotifications: notes }],
        results,
      },
    ],
  };
}

/** A file's path from a folder as a relative URI. */
function uriOf(file: string, base: string): string {
  const below = file.startsWith(base) ? file.slice(base.length) : file;
  const path = below.replaceAll('\\', '/').replace(/^\/+/, '');
  return path.split('/').map(encodeURIComponent).join('/');
}
