import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../src/sandbox/server';
import { assertRefused, get, json } from './sandboxClient';

describe('the sandbox and lists', function () {
  this.timeout(20_000);
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.stop());

  describe('GET /payment-methods', () => {
    interface Method {
      currency: { code: string };
      logo_url: string | null;
    }
    const list = async (path: string) => {
      const answer = await get(sandbox, path);
      assert.equal(answer.status, 200);
      const { data, ...others } = json(answer) as { data: Method[] };
      assert.deepEqual(others, { successful: true });
      return data;
    };

    it('lists the documented members, with a logo and without', async () => {
      const data = await list('/payment-methods');
      for (const method of data) {
        assert.equal(
          Object.keys(method).join(' '),
          'name method_code min_sum max_sum logo_url payment_time currency ' +
            'max_commission client_commission merchant_commission',
        );
        assert.deepEqual(Object.keys(method.currency), ['code', 'name', 'symbol']);
      }
      assert.deepEqual(new Set(data.map(({ logo_url }) => logo_url === null)), new Set([true, false]));
    });

    it('takes the currency in any case', async () => {
      const upper = await list('/payment-methods?currency=UAH');
      assert.deepEqual(
        upper.map(({ currency }) => currency.code),
        ['UAH', 'UAH'],
      );
      assert.deepEqual(await list('/payment-methods?currency=uAh'), upper);
      assert.deepEqual(await list('/payment-methods?currency=XYZ'), []);
    });
  });

  it('GET /currencies lists the documented members', async () => {
    const answer = await get(sandbox, '/currencies');
    const { data, ...others } = json(answer) as { data: { rate: string }[] };
    assert.equal(answer.status, 200);
    assert.deepEqual(others, { successful: true });
    assert.ok(data.length > 1);
    for (const currency of data) {
      assert.equal(Object.keys(currency).join(' '), 'currency decimal symbol name rate');
      assert.match(currency.rate, /^\d+\.\d\d$/);
    }
  });

  describe('GET /withdrawals', () => {
    interface Item {
      withdraw_uuid: string;
      status: string;
      created_at: string;
    }
    const list = async (query: string) => {
      const answer = await get(sandbox, `/withdrawals${query}`);
      assert.equal(answer.status, 200);
      const { data, successful, ...page } = json(answer) as { data: Item[]; successful: true };
      assert.equal(successful, true);
      return { data, page };
    };

    it('gives 20 a page, newest first', async () => {
      const { data, page } = await list('');
      assert.deepEqual(page, { page: 1, per_page: 20, total: 45, total_pages: 3 });
      assert.equal(data.length, 20);
      const times = data.map(({ created_at }) => Date.parse(created_at));
      assert.deepEqual(
        times,
        [...times].sort((a, b) => b - a),
      );
    });

    it('gives every withdrawal once over the pages', async () => {
      const pages = await Promise.all([1, 2, 3, 4].map((page) => list(`?page=${page}`)));
      assert.deepEqual(
        pages.map(({ data }) => data.length),
        [20, 20, 5, 0],
      );
      const all = pages.flatMap(({ data }) => data);
      assert.equal(new Set(all.map(({ withdraw_uuid }) => withdraw_uuid)).size, 45);
      const oldestFirst = await list('?order=asc&per_page=500');
      assert.deepEqual(oldestFirst.data, all.reverse());
      assert.deepEqual(oldestFirst.page, { page: 1, per_page: 500, total: 45, total_pages: 1 });
    });

    for (const status of ['pending', 'success', 'failed', 'cancelled']) {
      it(`filters by ${status}`, async () => {
        const { data, page } = await list(`?status=${status}&per_page=500`);
        assert.ok(data.length > 5);
        assert.equal(data.length, page['total' as keyof typeof page]);
        assert.deepEqual(new Set(data.map((item) => item.status)), new Set([status]));
      });
    }

    it('has the documented members, and those that may be left out with some only', async () => {
      const { data } = await list('?per_page=500');
      const always =
        'withdraw_uuid withdrawal_method_id address amount network_fee amount_to_receive status created_at updated_at';
      const sometimes = 'address_memo substatus external_tx_id processed_at';
      for (const member of always.split(' '))
        assert.ok(
          data.every((item) => member in item),
          member,
        );
      for (const member of sometimes.split(' ')) {
        const having = data.filter((item) => member in item).length;
        assert.ok(having > 0 && having < data.length, member);
      }
      const known = new Set(`${always} ${sometimes}`.split(' '));
      assert.ok(data.flatMap((item) => Object.keys(item)).every((member) => known.has(member)));
    });

    for (const query of [
      'page=0',
      'page=x',
      'page=',
      'page=1.5',
      'page=99999999999',
      'per_page=0',
      'per_page=501',
      'status=canceled',
      'order=up',
    ]) {
      it(`refuses ${query}`, async () => {
        const answer = await get(sandbox, `/withdrawals?${query}`);
        const { details } = (json(answer) as { error: { details: object } }).error;
        assertRefused(answer, { status: 422, code: 'VALIDATION_ERROR', guess: true, details });
        assert.deepEqual(Object.keys(details), [query.split('=', 1)[0]]);
      });
    }

    it('gives one by its uuid', async () => {
      const { data } = await list('?per_page=1');
      const answer = await get(sandbox, `/withdrawals/${data[0]?.withdraw_uuid ?? ''}`);
      assert.equal(answer.status, 200);
      assert.deepEqual(json(answer), { successful: true, data: data[0] });
    });

    for (const uuid of ['00000000-0000-4000-8000-999999999999', 'nonsense', '%zz', '..%2f']) {
      it(`knows no withdrawal ${uuid}`, async () => {
        const answer = await get(sandbox, `/withdrawals/${uuid}`);
        assertRefused(answer, { status: 404, code: 'WITHDRAWAL_NOT_FOUND', guess: true });
      });
    }
  });
});
