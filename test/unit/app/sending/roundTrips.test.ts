import assert from 'node:assert/strict';
import type { FileReading, SendPorts } from '../../../../src/app/ports';
import { sendInvoices } from '../../../../src/app/sending/sendInvoices';
import { created, World } from '../../../support/ports';
import { request } from '../../../support/requests';
import { A } from '../../../support/sendingWorld';

describe('the round trips of a send', () => {
  let world: World;
  const { signal } = new AbortController();
  const portsWith = (own: Partial<SendPorts>): SendPorts => Object.assign(Object.create(world), own) as World;
  beforeEach(() => {
    world = new World();
    world.respond = () => created();
    world.texts.set(A, request());
  });

  it('read the key that is sent once, and all keys once', async () => {
    const asked: string[] = [];
    const { read, readAll } = world.keys;
    const keys = {
      ...world.keys,
      read: (environment: Parameters<typeof read>[0]) => {
        asked.push(environment);
        return read(environment);
      },
      readAll: () => {
        asked.push('all');
        return readAll();
      },
    };
    const { reports } = await sendInvoices([{ uri: A }], 'dev', portsWith({ keys }), { signal });
    assert.equal(reports[0]?.report.outcome, 'created');
    assert.deepEqual(asked.sort(), ['all', 'dev']);
  });

  it('do not wait for each other: files and keys are asked for before any is there', async () => {
    const files = Array.from({ length: 20 }, (_, place) => `file:///shop/${place}.invoice.json`);
    for (const [place, uri] of files.entries())
      world.texts.set(uri, request({ external_id: `"order-${place}"` }));
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const asked: string[] = [];
    const later = async <Value>(what: string, work: () => Promise<Value>): Promise<Value> => {
      asked.push(what);
      if (asked.length === files.length + 1) open();
      await gate;
      return work();
    };
    const ports = portsWith({
      files: { read: (uri: string): Promise<FileReading> => later(uri, () => world.files.read(uri)) },
      keys: { ...world.keys, readAll: () => later('keys', world.keys.readAll) },
    });
    const { reports } = await sendInvoices(
      files.map((uri) => ({ uri })),
      'sandbox',
      ports,
      { signal },
    );
    assert.deepEqual(
      reports.map(({ uri }) => uri),
      files,
    );
  });
});
