import assert from 'node:assert/strict';
import { problemsOfNow } from '../../../../src/app/outcomes/problemsOfNow';
import { parseDocument } from '../../../../src/core/document/document';
import { codeOf } from '../../../../src/core/problems/problem';
import { CONTEXT } from '../../../support/documentProblems';
import { answer, refused } from '../../../support/ports';
import { batch, request } from '../../../support/requests';
import { A, Sending } from '../../../support/sendingWorld';

describe('the problems of a text as it stands now', () => {
  let sending: Sending;
  beforeEach(() => (sending = new Sending()));

  /** `/amount field-type` for what the text shows, `dev /amount V` for what a send said. */
  async function now(
    sentText: string,
    respond: Sending['world']['respond'],
    text: string,
  ): Promise<string[]> {
    sending.world.texts.set(A, sentText);
    sending.world.respond = respond;
    const { reports } = await sending.send();
    return problemsOfNow(parseDocument(text), { ...CONTEXT, environment: 'staging' }, reports).map(
      ({ problem, environment, sent }) =>
        `${sent ? `${environment} ` : ''}${problem.pointer} ${codeOf(problem)}`,
    );
  }
  const low: Sending['world']['respond'] = () => refused(422, 'V', 'amount is too low');

  it('are those of the text and those of the last send, each in its environment', async () => {
    assert.deepEqual(await now(request(), low, request({ fail_url: '5' })), [
      'dev /amount V',
      '/fail_url field-type',
    ]);
  });

  it('come worst first', async () => {
    const text = request({ zzz: '1', currency_code: '""' });
    assert.deepEqual(await now(request(), low, text), [
      'dev /amount V',
      '/currency_code field-empty',
      '/zzz field-unknown',
    ]);
  });

  it('are without what was said of a text that has changed', async () => {
    assert.deepEqual(await now(request(), low, request({ amount: '"2000.00"' })), []);
    assert.deepEqual(await now(request(), low, ''), [' json-syntax']);
  });

  it('follow the requests of a batch', async () => {
    const before = batch({}, { amount: '"5"' });
    assert.deepEqual(await now(before, low, `[${before.slice(before.indexOf('}') + 2)}`), [
      'dev /0/amount V',
    ]);
  });

  it('do not suppose that URLs are missing where the API is sure of it', async () => {
    const text = batch({ fail_url: undefined }, { fail_url: undefined, external_id: '"x"' });
    const sure: Sending['world']['respond'] = ({ body = '' }) =>
      body.includes('"x"') ? refused(422, 'MISSING_REQUIRED_URLS') : answer(502, '');
    assert.deepEqual((await now(text, sure, text)).sort(), [
      '/0 urls-missing',
      'dev /0 http-502',
      'dev /1 MISSING_REQUIRED_URLS',
    ]);
  });
});
