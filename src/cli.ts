#!/usr/bin/env node
import { lstatSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { version } from '../package.json';
import { commandLineSettings, EnvironmentKeys } from './adapters/commandLine';
import { diskFiles, uriOfPath } from './adapters/files/diskFiles';
import { fileTree } from './adapters/files/fileTree';
import { Git } from './adapters/git/git';
import { LocalSandbox } from './adapters/localServer/localSandbox';
import { systemClock, systemDigests, systemHmac, systemRandom, systemTimer } from './adapters/system';
import { noJournal } from './app/history/sendJournal';
import { main } from './terminal/main';
import type { OpenPorts, SendArguments, World } from './terminal/world';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    const number = constants.signals[signal];
    // Whoever asks a second time does not want to wait for what is under way.
    if (interruption.signal.aborted) process.exit(128 + number);
    interruption.abort(number);
  });
}

// Whoever reads the output may stop reading, as `head` does; what was begun is still finished.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    console.error(`eccaex: the output could not be written: ${message}`);
    process.once('exit', () => (process.exitCode = 3));
  });
}

const startSandbox: World['startSandbox'] = async (options) =>
  (await import('./sandbox/server')).startSandbox(options);

async function open(options: SendArguments): Promise<OpenPorts> {
  const { NodeFetchHttp } = await import('./adapters/http/nodeFetchHttp');
  const { baseUrl } = options;
  const settings = commandLineSettings(options, process.env);
  const http = new NodeFetchHttp();
  const sandbox = new LocalSandbox(
    baseUrl === undefined
      ? async () => (await import('./sandbox/server')).startSandbox()
      : () => Promise.resolve({ baseUrl, stop: () => Promise.resolve() }),
  );
  return {
    ports: {
      http,
      settings,
      sandbox,
      journal: noJournal,
      keys: new EnvironmentKeys(process.env, settings),
      clock: systemClock,
      random: systemRandom,
      webhookUrl: (environment) => Promise.resolve(settings.webhookUrl(environment)),
    },
    close: async () => {
      http.dispose();
      await sandbox.stop();
    },
  };
}

const settings = commandLineSettings({}, process.env);
const keys = new EnvironmentKeys(process.env, settings);
const world: World = {
  version,
  streams: process,
  variables: process.env,
  interrupted: interruption.signal,
  files: diskFiles,
  checkPorts: {
    settings,
    keys,
    random: systemRandom,
    clock: systemClock,
  },
  // Who typed the command line trusts what it runs on.
  scanPorts: { keys, tree: fileTree, git: new Git(), isTrusted: () => true },
  names: {
    exists: (path) => {
      try {
        return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
      } catch {
        // No file has a name that is too long.
        return false;
      }
    },
    inFolder: (path) => {
      try {
        return readdirSync(path);
      } catch {
        return [];
      }
    },
  },
  readBytes: (file) => readFile(file),
  writeText: (file, text, mode) => writeFile(file, text, { flag: mode === 'new' ? 'wx' : 'w' }),
  pathOf: (file) => resolve(file),
  uriOf: uriOfPath,
  open,
  openWebhooks: async () => {
    const [{ webhookListener }, { webhookForwarder }] = await Promise.all([
      import('./adapters/http/webhookListener'),
      import('./adapters/http/webhookForwarder'),
    ]);
    return {
      listener: webhookListener,
      forwarder: webhookForwarder,
      hmac: systemHmac,
      digests: systemDigests,
      timer: systemTimer,
    };
  },
  startSandbox,
};

void main(process.argv.slice(2), world).then((code) => (process.exitCode = code));
