import type { LogOutputChannel } from 'vscode';
import type { SentReport } from '../../app/outcomes/sentReport';
import { clip } from '../../core/phrases';

/** One line a send, of facts that hold no secret: no header, no body. */
export function logReport(log: LogOutputChannel, { report }: SentReport): void {
  const facts = [
    `${report.file}${report.index > 0 ? `#${report.index}` : ''} → ${report.environment}`,
    report.origin,
    report.outcome,
    report.status === undefined ? undefined : `HTTP ${report.status}`,
    report.problems.length > 0 ? report.problems.map(({ code }) => clip(code)).join(', ') : undefined,
    report.requestId === undefined ? undefined : `request ${clip(report.requestId)}`,
    report.durationMs === undefined ? undefined : `${report.durationMs} ms`,
  ];
  const line = facts
    .filter((fact) => fact !== undefined)
    .join(' · ')
    // What a server names cannot begin a line of its own.
    .replace(/\p{Cc}+/gu, ' ');
  if (report.outcome === 'created') log.info(line);
  else log.warn(line);
}

/** For what a command starts and does not wait for, such as a notification with buttons: a bug in it is logged. */
export function inBackground(log: LogOutputChannel, work: Thenable<unknown>): void {
  work.then(undefined, (error: unknown) => {
    log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
}
