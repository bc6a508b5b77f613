import assert from 'node:assert/strict';
import { checkFiles } from '../../../../src/app/sending/checkFiles';
import type { SendItem } from '../../../../src/app/requests/drafts';
import { KEY, World } from '../../../support/ports';
import { batch, request } from '../../../support/requests';
import { A, B } from '../../../support/sendingWorld';

const OTHER = 'test_fedcba9876543210';

describe('checking files', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.giveKey('staging', OTHER);
    world.stored.delete('prod');
    world.texts.set(A, request());
  });

  const check = async (...items: SendItem[]) => {
    const { checks } = await checkFiles(items, 'dev', world);
    return checks.map(({ report: { index, outcome, problems } }) =>
      [index, outcome, ...problems.map(({ code }) => code)].join(' '),
    );
  };

  it('tells valid requests from those with errors, and sends nothing', async () => {
    world.texts.set(B, batch({}, { amount: '5' }, { amount: '"0"' }));
    assert.deepEqual(await check({ uri: A }, { uri: B }), [
      '0 valid',
      '0 valid',
      '1 invalid field-type',
      '2 valid amount-zero',
    ]);
    assert.deepEqual(world.requests, []);
  });

  it('looks for the keys of all environments', async () => {
    world.texts.set(A, request({ purpose: `"${OTHER} ${KEY}"` }));
    assert.deepEqual(await check({ uri: A }), ['0 invalid key-in-file key-in-file']);
    const { checks } = await checkFiles([{ uri: A }], 'dev', world);
    assert.deepEqual(
      checks[0]?.report.problems.map(({ message }) => /for (\w+)\./.exec(message)?.[1]),
      ['staging', 'dev'],
    );
  });

  it('tells of a key at the element that holds it', async () => {
    world.texts.set(A, batch({}, { customer_id: `"${KEY}"` }, {}, { purpose: `"${KEY} ${OTHER}"` }));
    assert.deepEqual(await check({ uri: A }), [
      '0 valid',
      '1 invalid key-in-file',
      '2 valid',
      '3 invalid key-in-file key-in-file',
    ]);
    world.texts.set(A, `[null, ${request()}, "${KEY}"]`);
    assert.deepEqual(await check({ uri: A }), [
      '0 invalid root-type',
      '1 valid',
      '2 invalid key-in-file root-type',
    ]);
    world.texts.set(A, `["${KEY}", ${request()}]`);
    assert.deepEqual(await check({ uri: A }), ['0 invalid key-in-file root-type', '1 valid']);
  });

  it('tells of every key of a text that is wrong as a whole', async () => {
    world.texts.set(A, `${batch({}, { purpose: `"${KEY}"` })} // ${OTHER}`);
    assert.deepEqual(await check({ uri: A }), ['0 invalid key-in-file key-in-file json-comment']);
  });

  it('finds a key that hides in an escape or in a variable', async () => {
    const escaped = `\\u00${KEY.charCodeAt(0).toString(16)}${KEY.slice(1)}`;
    const text = batch({ purpose: `"a ${escaped}"` }, { hidden: '1' }, { purpose: '"{{secret}}"' }, {});
    world.texts.set(A, text.replace('"hidden"', `"${escaped}"`));
    world.variables = { secret: `=${KEY}` };
    assert.deepEqual(await check({ uri: A }), [
      '0 invalid key-in-file',
      '1 invalid key-in-file field-unknown',
      '2 invalid key-in-file',
      '3 valid',
    ]);
  });

  it('reports files that cannot be read', async () => {
    assert.deepEqual((await checkFiles([{ uri: B }], 'dev', world)).unreadable, [
      { uri: B, detail: 'no such file' },
    ]);
  });

  it('looks through a batch of 5,000 once', async function () {
    this.timeout(0);
    world.texts.set(A, batch(...Array.from({ length: 5_000 }, () => ({ purpose: `"${KEY}"` }))));
    assert.equal(
      (await check({ uri: A })).filter((one) => one.endsWith('invalid key-in-file')).length,
      5_000,
    );
  });
});
