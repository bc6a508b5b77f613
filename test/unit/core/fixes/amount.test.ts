import assert from 'node:assert/strict';
import fc from 'fast-check';
import { amountOfNumber } from '../../../../src/core/fixes/editFixes';
import { fixAmount } from '../../../../src/core/fixes/valueFixes';

describe('a number as an amount', () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    '0': '0.00',
    '1500': '1500.00',
    '1500.5': '1500.50',
    '1500.50': '1500.50',
    '1500.500': '1500.50',
    '0.05': '0.05',
    '9007199254740993': '9007199254740993.00',
    '12345678901234567890.01': '12345678901234567890.01',
    '1.5e3': '1500.00',
    '1.505e2': '150.50',
    '1E+2': '100.00',
    '0.1e1': '1.00',
    '0.001e1': '0.01',
    '5e-1': '0.50',
    '15e-2': '0.15',
    '1500e-2': '15.00',
    '0e5': '0.00',
    '0e-999': '0.00',
    '1.005': undefined,
    '5e-3': undefined,
    '1.5e-2': undefined,
    '-1': undefined,
    '-0': undefined,
    '1e1000': undefined,
    NaN: undefined,
    '': undefined,
  };
  for (const [number, amount] of Object.entries(cases))
    it(`${number} is ${amount ?? 'none'}`, () => assert.equal(amountOfNumber(number), amount));

  it('has the value of the number, to the last digit', () => {
    const digits = fc.array(fc.nat(9), { minLength: 1, maxLength: 30 }).map((all) => all.join(''));
    fc.assert(
      fc.property(digits, digits, fc.integer({ min: -20, max: 20 }), (whole, fraction, exponent) => {
        const amount = amountOfNumber(`${whole}.${fraction}e${exponent}`);
        // Both sides as whole numbers: the number is `digits × 10^(exponent - fraction.length)`.
        const power = exponent - fraction.length + 2;
        const value = BigInt(whole + fraction);
        const scale = 10n ** BigInt(Math.abs(power));
        const hasCents = power >= 0 || value % scale === 0n;
        const cents = power >= 0 ? value * scale : value / scale;
        assert.equal(
          amount === undefined ? undefined : BigInt(amount.replace('.', '')),
          hasCents ? cents : undefined,
        );
        if (amount !== undefined) assert.match(amount, /^(0|[1-9]\d*)\.\d\d$/);
      }),
    );
  });
});

describe('an amount as a stranger may write it', () => {
  const SPAN = { offset: 0, length: 0 };
  const written = (value: string, currency?: string) =>
    fixAmount(value, SPAN, currency).map(({ title }) => title);

  for (const [value, expected] of [
    [' +1 500,5 ', 'Write "1500.50"'],
    ['EUR 20', 'Write "20.00"'],
    ['20EUR', 'Write "20.00"'],
    ['€+20', 'Write "20.00"'],
    ['1500.5000', 'Write "1500.50"'],
  ] as const)
    it(`${value} has one meaning`, () => assert.deepEqual(written(value, 'EUR'), [expected]));

  // With a pattern that backtracks, any of them takes longer than anybody waits.
  for (const unit of [' ', '0', '1 ', '000,', '.', '+', 'a', 'a ', '\u00a0'])
    it(`${JSON.stringify(unit)} a million times between two digits is read in one go`, () => {
      written(`1${unit.repeat(1_000_000)}1`);
      amountOfNumber(`1.${unit.repeat(1_000_000)}1`);
    });
});
