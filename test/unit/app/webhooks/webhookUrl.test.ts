import assert from 'node:assert/strict';
import { parseDocument } from '../../../../src/core/document/document';
import { validate } from '../../../../src/core/validate/validate';
import { batch, request } from '../../../support/requests';
import { A, Sending } from '../../../support/sendingWorld';

const TEXT = request({ callback_url: '"{{$webhookUrl}}"' });
const URL_OF_LISTENER = 'http://127.0.0.1:4780/';

describe('{{$webhookUrl}}', () => {
  it('stands for the address of the listener, which a send asks for once, and nothing else does', async () => {
    const sending = new Sending();
    const { world } = sending;
    world.webhookAddress = URL_OF_LISTENER;
    const one = { callback_url: '"{{$webhookUrl}}"' };
    world.texts.set(A, batch(one, one));
    const reports = await sending.reports();
    assert.deepEqual(
      reports.map(({ outcome }) => outcome),
      ['created', 'created'],
    );
    for (const { body = '' } of world.requests)
      assert.equal((JSON.parse(body) as { callback_url: string }).callback_url, URL_OF_LISTENER);
    assert.equal(world.events.filter((event) => event === 'webhook url dev').length, 1);
  });

  it('also where escapes hide it', async () => {
    const sending = new Sending();
    sending.world.webhookAddress = URL_OF_LISTENER;
    sending.world.texts.set(A, request({ callback_url: '"{{\\u0024webhookUrl}}"' }));
    await sending.send();
    assert.ok(sending.world.requests[0]?.body?.includes(`"callback_url": "${URL_OF_LISTENER}"`));
  });

  it('is not asked for where no request has it', async () => {
    const sending = new Sending();
    await sending.send();
    assert.ok(!sending.world.events.includes('webhook url dev'));
  });

  it('is a problem at its place where it stands for nothing, and nothing is sent', async () => {
    const document = parseDocument(TEXT);
    const [problem, ...others] = validate(document, { environment: 'dev', variables: {} });
    assert.ok(problem && others.length === 0);
    const { offset, length } = problem.span;
    assert.deepEqual(
      [problem.kind, problem.pointer, TEXT.slice(offset, offset + length)],
      ['webhook-url-absent', '/callback_url', '{{$webhookUrl}}'],
    );
    const sending = new Sending();
    sending.world.texts.set(A, TEXT);
    const [report] = await sending.reports();
    assert.deepEqual([report?.outcome, sending.world.requests.length], ['invalid', 0]);
  });

  it('is a problem where the listener does not start, and nothing is sent', async () => {
    const sending = new Sending();
    const { world } = sending;
    world.webhookAddress = URL_OF_LISTENER;
    world.texts.set(A, TEXT);
    Object.assign(world, { webhookUrl: () => Promise.resolve(undefined) });
    const [report] = await sending.reports();
    assert.deepEqual(
      [report?.outcome, report?.problems[0]?.code, world.requests.length],
      ['invalid', 'webhook-url-absent', 0],
    );
  });

  it('takes no parameters', () => {
    const text = request({ callback_url: '"{{$webhookUrl 1}}"' });
    const [problem] = validate(parseDocument(text), {
      environment: 'sandbox',
      variables: {},
      webhookUrl: 'x',
    });
    assert.equal(problem?.kind, 'placeholder-format');
  });
});
