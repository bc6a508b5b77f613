import assert from 'node:assert/strict';
import { firstToSee, leftOver, withoutInvoice } from '../../../../src/app/outcomes/whatNext';
import type { SentReport } from '../../../../src/app/outcomes/sentReport';
import { created, refused } from '../../../support/ports';
import { batch } from '../../../support/requests';
import { A, Sending } from '../../../support/sendingWorld';

const placesOf = (sent: readonly SentReport[] | undefined) => sent?.map(({ report }) => report.index);

describe('after several sends', () => {
  let sending: Sending;
  beforeEach(() => {
    sending = new Sending();
    sending.world.concurrent = 1;
  });

  /** Sends a batch of five, the first of which is invalid. */
  async function send(respond: (id: string) => ReturnType<typeof created>): Promise<readonly SentReport[]> {
    const { world } = sending;
    world.texts.set(A, batch({ amount: '"1,5"' }, {}, {}, {}, {}));
    world.respond = ({ body = '' }) => respond((JSON.parse(body) as { external_id: string }).external_id);
    return (await sending.send()).reports;
  }

  const refusedFrom = (first: string) => (id: string) =>
    id < first ? created() : refused(403, 'API_KEY_INVALID');

  it('the refusal that stopped the others is to be seen first', async () => {
    const sent = await send((id) =>
      id === 'order-1' ? refused(422, 'V') : id === 'order-3' ? refused(403, 'API_KEY_INVALID') : created(),
    );
    assert.equal(firstToSee(sent)?.report.index, 3);
  });

  it('then what was refused, and what has no answer, before what was never sent', async () => {
    const last = async (respond: Parameters<typeof send>[0]) => firstToSee(await send(respond))?.report.index;
    assert.equal(await last((id) => (id === 'order-4' ? refused(422, 'V') : created())), 4);
    assert.equal(await last((id) => (id === 'order-2' ? { kind: 'timeout' } : created())), 2);
    assert.equal(await last(() => ({ kind: 'never-left', detail: '' })), 1);
    assert.equal(await last(() => created()), 0);
    sending.world.texts.set(A, batch({}, {}));
    assert.equal(firstToSee((await sending.send()).reports), undefined);
  });

  it('what never left can be sent, and what was refused; nothing that may have an invoice', async () => {
    assert.deepEqual(placesOf(withoutInvoice(await send(refusedFrom('order-2')))), [2, 3, 4]);
    const mixed = await send((id) => {
      if (id === 'order-1') return { kind: 'timeout' };
      if (id === 'order-2') return refused(422, 'V');
      return id === 'order-3'
        ? { kind: 'never-left', detail: '' }
        : { kind: 'answer', status: 200, location: undefined, body: 'x' };
    });
    assert.deepEqual(placesOf(withoutInvoice(mixed)), [2, 3]);
  });

  it('a file is not sent as a whole again where it brought an invoice', async () => {
    const sent = await send(refusedFrom('order-2'));
    assert.deepEqual(placesOf(leftOver(sent)), [2, 3, 4]);
    assert.equal(leftOver(await send(refusedFrom('order-0'))), undefined);
    assert.deepEqual(placesOf(leftOver(await send(() => created()))), []);
  });
});
