import { checkHandler, type CheckResult } from '../app/webhooks/checkHandler';
import { obstacleWords } from '../app/webhooks/make';
import { WebhookSecrets } from '../app/webhooks/secrets';
import { webhookSecretVariable } from '../core/environments/environment';
import { HANDLER_CHECKS } from '../core/webhook/handlerChecks';
import { UsageError } from './commands';
import { confirmed } from './consent';
import { harmless, jsonLine } from './harmless';
import type { Output } from './output';
import type { CheckCommand } from './webhookArguments';
import type { World } from './world';

/** `eccaex check`. Resolves to the exit code: 0 where no check failed. */
export async function check(command: CheckCommand, world: World, output: Output): Promise<number> {
  const { target, environment, scheme, json, junit } = command;
  const { forwarder, hmac, timer } = await world.openWebhooks();
  const { keys, clock, random } = world.checkPorts;
  const signing = await new WebhookSecrets(keys).forSigning(environment);
  if (!signing.ok) {
    const source =
      environment === 'sandbox' ? '' : `Set ${webhookSecretVariable(environment)} to the secret.`;
    throw new UsageError(obstacleWords(signing.obstacle, environment, source), 'check');
  }
  if (environment !== 'sandbox' && !target.isLocal && !command.yes)
    await confirmed(
      `Send ${HANDLER_CHECKS.length} kinds of events signed with the real secret of ${environment} to ${harmless(target.origin)}, which is not this machine?`,
      'check',
      world,
      output,
    );

  const results: CheckResult[] = [];
  await checkHandler(
    {
      url: target.url,
      stateUrl: command.stateUrl?.url,
      externalId: command.externalId,
      scheme,
      secret: signing.secret,
      hmac,
    },
    { forwarder, clock, timer, newId: () => random.uuid() },
    world.interrupted,
    (result) => {
      results.push(result);
      for (const line of json ? [lineOf(result)] : wordsOf(result, output)) output.result(line);
    },
  );
  const failed = results.filter(({ passed }) => passed === false).length;
  const skipped = results.filter(({ passed }) => passed === null).length;
  if (!json) {
    const passed = results.length - failed - skipped;
    output.result(
      `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} not checked: give --state-url to check what HTTP does not show`}.`,
    );
  }
  if (junit !== undefined)
    await world.writeText(junit, junitOf(results), 'replace').catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      throw new UsageError(harmless(`Cannot write ${junit}: ${detail}.`), 'check');
    });
  return failed === 0 && !world.interrupted.aborted ? 0 : 1;
}

function lineOf({ check: { name, rule }, passed, expected, got }: CheckResult): string {
  return jsonLine({ name, rule, passed, expected, got });
}

function wordsOf({ check: row, passed, expected, got }: CheckResult, { colors }: Output): readonly string[] {
  if (passed === null) return [`${colors.dim('-')} ${row.name}: ${harmless(got)}`];
  if (passed) return [`${colors.green('✓')} ${row.name}: ${harmless(got)}`];
  return [
    `${colors.red('✗')} ${colors.bold(row.name)}: ${harmless(got)}`,
    `    sent      ${row.sends}`,
    `    expected  ${harmless(expected)} (${row.rule === 'vendor' ? 'documented by the vendor' : 'good practice'})`,
    `    why       ${row.why}`,
  ];
}

/** JUnit's XML, as CI systems read it. */
export function junitOf(results: readonly CheckResult[]): string {
  const failed = results.filter(({ passed }) => passed === false).length;
  const skipped = results.filter(({ passed }) => passed === null).length;
  const seconds = (ms: number) => (ms / 1000).toFixed(3);
  const cases = results.map(({ check: row, passed, expected, got, durationMs }) => {
    const start = `    <testcase classname="eccaex.webhook.${row.rule}" name="${row.name}" time="${seconds(durationMs)}"`;
    if (passed === null) return `${start}><skipped message="${xml(got)}"/></testcase>`;
    if (passed) return `${start}/>`;
    const text = xml(`Sent: ${row.sends}\nExpected: ${expected}\nGot: ${got}\nWhy: ${row.why}`);
    return `${start}><failure message="${xml(`expected ${expected}, got ${got}`)}">${text}</failure></testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="EccaEx webhook handler" tests="${results.length}" failures="${failed}" skipped="${skipped}" errors="0">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function xml(text: string): string {
  return harmless(text.replaceAll('\n', '\u{1}'))
    .replaceAll('\\u0001', '\n')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('\n', '&#10;');
}
