import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareDecimals, isDecimal } from '../../../src/core/decimal';

describe('decimal strings', () => {
  const rows: readonly (readonly [a: string, order: '<' | '=' | '>' | '?', b: string])[] = [
    ['1500.00', '=', '1500'],
    ['0.10', '<', '0.2'],
    ['0.1', '=', '00.10'],
    ['9', '<', '10'],
    ['9007199254740993', '>', '9007199254740992'],
    ['0.30000000000000004', '>', '0.3'],
    ['299.99', '<', '300.00'],
    ['-1', '<', '0'],
    ['-10', '<', '-9.99'],
    ['-0', '=', '0.00'],
    ['+5', '=', '5'],
    ['1e3', '?', '1000'],
    ['1,5', '?', '1'],
    ['.5', '?', '1'],
    ['5.', '?', '1'],
    ['', '?', '0'],
    [' 1', '?', '1'],
    ['١', '?', '1'],
    ['9'.repeat(101), '?', '1'],
    ['NaN', '?', 'Infinity'],
  ];
  for (const [a, order, b] of rows) {
    it(`${a.slice(0, 20)} ${order} ${b}`, () => {
      const signs = { '<': -1, '=': 0, '>': 1, '?': undefined };
      const sign = (value: number | undefined) => value && Math.sign(value);
      assert.equal(sign(compareDecimals(a, b)), signs[order]);
      const back = signs[order];
      assert.equal(sign(compareDecimals(b, a)), back && -back);
      if (order !== '?') assert.ok(isDecimal(a) && isDecimal(b));
    });
  }

  it('compare as the integers that they are, in hundredths', () => {
    const cents = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
    const written = (value: bigint) => {
      const digits = String(value < 0n ? -value : value).padStart(3, '0');
      return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
    };
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const order = compareDecimals(written(a), written(b)) ?? assert.fail();
        assert.equal(Math.sign(order), a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
});
