import assert from 'node:assert/strict';
import { shownAnswer } from '../../../src/ui/response/shownAnswer';
import type { ShownProblem } from '../../../src/webview/response/protocol';
import { answer, created, refused } from '../../support/ports';
import { request } from '../../support/requests';
import { A, Sending } from '../../support/sendingWorld';

type Offers = Pick<ShownProblem, 'fixes' | 'isEdited'>;

const NO_FIXES: Offers = { fixes: [], isEdited: false };

describe('what there is to see of a send', () => {
  let sending: Sending;
  beforeEach(() => {
    sending = new Sending();
    sending.world.course = {
      timings: { waiting: 12, total: 12.3 },
      added: [],
      received: { status: 201, headers: [{ name: 'X-A', value: 'b' }], size: 7, isUtf8: true },
    };
  });

  const shown = async (offers: () => Offers = () => NO_FIXES) => {
    const [sent] = (await sending.send()).reports;
    assert.ok(sent);
    return shownAnswer(sent, 'id-1', 'this machine', undefined, offers);
  };

  it('is the invoice, and how it came, without the bodies', async () => {
    const invoice = {
      amount: '1500.00',
      currency: 'UAH',
      status: 'pending',
      external_id: 'order-1',
      customer_id: 7,
    };
    sending.world.respond = () => created(invoice);
    const { exchange, ...others } = await shown();
    assert.deepEqual(others, {
      id: 'id-1',
      outcome: 'created',
      headline: 'Invoice created',
      environment: 'dev',
      host: 'api.example',
      at: '2026-01-02T03:04:05.678Z',
      status: 'HTTP 201 Created',
      problems: [],
      moreProblems: 0,
      invoice: {
        amount: '1500.00',
        currency: 'UAH',
        status: 'pending',
        ids: [
          ['invoice_id', 'i-1'],
          ['external_id', 'order-1'],
          ['customer_id', '7'],
        ],
        paymentLink: 'https://pay.example/i-1',
        isPayable: false,
        isWebLink: true,
      },
    });
    assert.deepEqual(
      [exchange?.request.body, exchange?.response?.body, exchange?.response?.size],
      [undefined, undefined, 7],
    );
  });

  it('is no link where it does not lead to the web', async () => {
    sending.world.respond = () => created({ payment_link: 'javascript:1', amount: { a: 1 } });
    const { invoice } = await shown();
    assert.deepEqual([invoice?.isWebLink, invoice?.amount], [false, '']);
  });

  it('is each problem with its fixes', async () => {
    sending.world.respond = () => refused(403, 'API_KEY_INVALID');
    const fix = { id: 'eccaex.setApiKey', title: 'Set it' };
    const { headline, code, problems, status } = await shown(() => ({ fixes: [fix], isEdited: true }));
    assert.deepEqual([headline, code, status], ['Rejected by dev', 'API_KEY_INVALID', 'HTTP 403 Forbidden']);
    assert.deepEqual(
      problems.map(({ severity, code: kind, fixes, isEdited }) => [severity, kind, fixes, isEdited]),
      [['error', 'API_KEY_INVALID', [fix], true]],
    );
    assert.ok((problems[0]?.guidance.length ?? 0) > 0);
  });

  it('is the first of very many problems', async () => {
    const wrong = Object.fromEntries(Array.from({ length: 50 }, (_, place) => [`unknown_${place}`, '1']));
    sending.world.texts.set(A, request({ ...wrong, amount: undefined }));
    const { problems, moreProblems, headline, exchange, host } = await shown();
    assert.deepEqual([problems.length, moreProblems], [20, 31]);
    assert.deepEqual(
      [headline, exchange, host],
      ['Not sent: 1 error in the file', undefined, 'this machine'],
    );
  });

  const headlines: Readonly<Record<string, () => void>> = {
    'No complete response': () => (sending.world.respond = () => ({ kind: 'timeout' })),
    'Unexpected response': () => (sending.world.respond = () => answer(502, '<html>')),
    'Not sent': () => (sending.world.trusted = false),
  };
  for (const [headline, arrange] of Object.entries(headlines)) {
    it(`says: ${headline}`, async () => {
      arrange();
      assert.equal((await shown()).headline, headline);
    });
  }
});
