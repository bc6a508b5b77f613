import assert from 'node:assert/strict';
import { literalKeysIn } from '../../../../src/core/leaks/literals';
import { CLIENTS } from '../../../support/notations/clients';
import { CODE } from '../../../support/notations/code';
import { CONFIGURATION } from '../../../support/notations/configuration';
import { EVERYDAY } from '../../../support/notations/everyday';
import { FILES } from '../../../support/notations/files';
import { HARMLESS } from '../../../support/notations/harmless';
import { LANGUAGES } from '../../../support/notations/languages';
import { MENTIONS } from '../../../support/notations/mentions';
import { REFERENCES } from '../../../support/notations/references';
import { SHELLS } from '../../../support/notations/shells';
import { SILENT } from '../../../support/notations/silent';

/** Keys of the kinds that APIs hand out. */
const KEYS = ['pk9Zt4Lw7Qe2Xv6Bn1Rm8Kd3', 'sk_live_9f3ac27be1d04856', '7c9e6679-7425-40de-944b-e07fc1f90ae7'];

describe('a key is found where people write it', () => {
  for (const [where, source] of [
    ...CODE,
    ...CONFIGURATION,
    ...CLIENTS,
    ...EVERYDAY,
    ...SHELLS,
    ...LANGUAGES,
    ...FILES,
  ]) {
    it(where, () => {
      for (const key of KEYS) {
        const text = source.replace('§', key);
        assert.deepEqual(
          literalKeysIn(text).map(({ offset, length }) => text.slice(offset, offset + length)),
          [key],
          text,
        );
      }
    });
  }
});

describe('nothing is taken for a key where there is none', () => {
  for (const [what, text] of [...SILENT, ...HARMLESS, ...REFERENCES, ...MENTIONS]) {
    it(what, () => {
      const found = literalKeysIn(text).map(({ offset, length }) => text.slice(offset, offset + length));
      assert.deepEqual(found, [], text);
    });
  }
});
