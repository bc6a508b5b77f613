import assert from 'node:assert/strict';
import { eventOf, isOutcome, OUTCOME_NAMES, OUTCOMES } from '../../../../src/core/webhook/outcomes';

const INVOICE = { orderId: 'f47ac10b', externalId: 'order-1', amount: '1500.00', currency: 'UAH' };
const AT = 1_795_000_000;

describe('what a payment comes to', () => {
  for (const outcome of OUTCOME_NAMES) {
    it(`${outcome}: identified by order, status and time, with values or a reason as documented`, () => {
      const event = eventOf(outcome, { ...INVOICE, rateUsd: '41.35' }, AT + 0.9);
      const { status, methodChosen } = OUTCOMES[outcome];
      assert.equal(event.event_id, `f47ac10b:${status}:${AT}`);
      assert.deepEqual([event.order_id, event.external_id, event.status], ['f47ac10b', 'order-1', status]);
      assert.equal(event.rate_usd, methodChosen ? '41.35' : null);
      assert.equal(event.sub_status !== null, methodChosen);
      assert.equal(event.reason === null, methodChosen);
      assert.equal(event.is_adjusted, outcome === 'success-adjusted');
    });
  }

  it('has every documented terminal status, and the seven names of the contract', () => {
    assert.deepEqual(OUTCOME_NAMES, [
      'success',
      'success-adjusted',
      'fail',
      'expired',
      'expired-before-method',
      'canceled',
      'canceled-before-method',
    ]);
    assert.ok(isOutcome('success-adjusted'));
    assert.ok(!isOutcome('constructor') && !isOutcome('pending') && !isOutcome(1));
  });

  it('says what was paid where that is another amount, and nothing of it else', () => {
    assert.equal(eventOf('success-adjusted', INVOICE, AT, '1400.50').adjusted_amount, '1400.50');
    assert.equal(eventOf('success', INVOICE, AT, '1400.50').adjusted_amount, null);
  });

  for (const [amount, paid] of [
    ['1500.00', '1350.00'],
    ['0.05', '0.04'],
    ['705', '634'],
    ['9007199254740993.00', '8106479329266893.70'],
    ['much', 'much'],
    ['1'.repeat(200_000), '1'.repeat(200_000)],
  ] as const) {
    it(`takes ${paid.slice(0, 30)} for the adjusted amount of ${amount.slice(0, 30)}`, () => {
      assert.equal(eventOf('success-adjusted', { ...INVOICE, amount }, AT).adjusted_amount, paid);
    });
  }
});
