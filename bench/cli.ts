import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../src/sandbox/server';
import { PROJECT } from '../test/support/paths';
import { run, runOrThrow } from '../test/support/processes';
import { removeFolder, temporaryFolder } from '../test/support/temporaryFolder';
import type { Benchmark } from './benchmark';
import { compare, type Row, type Side } from './comparison';
import { peerFile } from './peers';
import { invoice } from './requests';

const KEY = 'sandbox_active';

/** One file is read, sent and answered: a whole process, from its start to its end. */
export const benchmark: Benchmark = async ({ pick }) => {
  await runOrThrow(process.execPath, ['esbuild.js', '--production'], { cwd: PROJECT });
  const folder = await temporaryFolder('bench-cli');
  const sandbox = await startSandbox();
  try {
    const ours = await cli(sandbox, folder);
    const rows: Row[] = [];
    const send = async (theirs: Side, times: number, rounds: number) =>
      rows.push(
        await compare({ what: 'send one file, whole process', ours, theirs, aim: { times }, rounds }),
      );
    await send(bareScript(sandbox, folder), 1.25, pick(21, 3));
    await send(await httpYac(sandbox, folder), 0.35, pick(9, 2));
    await send(await newman(sandbox, folder), 0.35, pick(9, 2));
    await send(await bruno(sandbox, folder), 0.35, pick(5, 1));
    return rows;
  } finally {
    await sandbox.stop();
    await removeFolder(folder);
  }
};

/** A command that creates one invoice, as the server says. */
function creating(sandbox: Sandbox, name: string, args: () => Promise<readonly string[]>, cwd: string): Side {
  return {
    name,
    run: async () => {
      const before = sandbox.stats().created;
      const all = await args();
      const begin = performance.now();
      const { code, output } = await run(process.execPath, all, {
        cwd,
        env: { ...process.env, ECCAEX_API_KEY_DEV: KEY, NO_COLOR: '1' },
      });
      const cost = performance.now() - begin;
      assert.equal(code, 0, `${name}: ${output}`);
      assert.equal(sandbox.stats().created, before + 1, `${name} created no invoice: ${output}`);
      return cost;
    },
  };
}

async function cli(sandbox: Sandbox, folder: string): Promise<Side> {
  const file = path.join(folder, 'order.invoice.json');
  await writeFile(file, invoice('{{$uuid}}'));
  const args = [
    path.join(PROJECT, 'dist/cli.js'),
    'send',
    file,
    '--env',
    'dev',
    '--base-url',
    sandbox.baseUrl,
  ];
  return creating(sandbox, 'eccaex', () => Promise.resolve(args), folder);
}

/** What a developer writes in ten lines: reads, parses, sends with node-fetch, parses. */
function bareScript(sandbox: Sandbox, folder: string): Side {
  const script = path.join(PROJECT, 'bench/peers/bare.mjs');
  const file = path.join(folder, 'bare.json');
  const args = async () => {
    await writeFile(file, invoice(randomUUID()));
    return [script, file, sandbox.baseUrl];
  };
  return creating(sandbox, 'a bare script with node-fetch', args, PROJECT);
}

async function httpYac(sandbox: Sandbox, folder: string): Promise<Side> {
  const file = path.join(folder, 'order.http');
  const head = `POST ${sandbox.baseUrl}/create-invoice\nContent-Type: application/json\nX-Api-Key: ${KEY}\n`;
  await writeFile(file, `${head}\n${invoice('{{$uuid}}')}\n`);
  const command = await peerFile('httpyac', 'bin/httpyac.js');
  return creating(sandbox, 'httpYac', () => Promise.resolve([command, 'send', file, '--all']), folder);
}

async function newman(sandbox: Sandbox, folder: string): Promise<Side> {
  const file = path.join(folder, 'order.postman_collection.json');
  const request = {
    method: 'POST',
    url: `${sandbox.baseUrl}/create-invoice`,
    header: [
      { key: 'Content-Type', value: 'application/json' },
      { key: 'X-Api-Key', value: KEY },
    ],
    body: { mode: 'raw', raw: invoice('{{$guid}}') },
  };
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  await writeFile(
    file,
    JSON.stringify({ info: { name: 'bench', schema }, item: [{ name: 'order', request }] }),
  );
  const command = await peerFile('newman', 'bin/newman.js');
  return creating(sandbox, 'newman', () => Promise.resolve([command, 'run', file]), folder);
}

async function bruno(sandbox: Sandbox, folder: string): Promise<Side> {
  const collection = path.join(folder, 'bruno');
  await mkdir(collection);
  await writeFile(
    path.join(collection, 'bruno.json'),
    JSON.stringify({ version: '1', name: 'bench', type: 'collection' }),
  );
  const headers = `headers {\n  Content-Type: application/json\n  X-Api-Key: ${KEY}\n}`;
  const body = invoice('{{$guid}}').replace(/^/gm, '  ');
  await writeFile(
    path.join(collection, 'order.bru'),
    `meta {\n  name: order\n  type: http\n  seq: 1\n}\n\npost {\n  url: ${sandbox.baseUrl}/create-invoice\n  body: json\n  auth: none\n}\n\n${headers}\n\nbody:json {\n${body}\n}\n`,
  );
  const command = await peerFile('@usebruno/cli', 'bin/bru.js');
  return creating(sandbox, 'Bruno’s CLI', () => Promise.resolve([command, 'run', 'order.bru']), collection);
}
