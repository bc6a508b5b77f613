// Runs VS Code's server, as code-server does it, on a port of 127.0.0.1. It is given its options as JSON, reports
// `{ port }` over the channel to the process that started it, and ends when that process does.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @type {import('./served').ServerOptions} */
const { vscode, dataFolder, temporaryFolder, preferredPort, forTests, workspaceTrust } = JSON.parse(
  process.argv[2],
);

// VS Code's server reads process.argv by itself.
process.argv.splice(2);

// With a parent's process id set, the server is handed over instead of listening by itself.
process.env.CODE_SERVER_PARENT_PID = String(process.pid);
const { loadCodeWithNls } = await import(pathToFileURL(path.join(vscode, 'out/server-main.js')).href);
delete process.env.CODE_SERVER_PARENT_PID;

const userData = path.join(dataFolder, 'user-data');
const { createServer } = await loadCodeWithNls();
const server = await createServer(null, {
  _: [],
  'accept-server-license-terms': true,
  'app-name': 'VS Code',
  auth: 'none',
  compatibility: '1.64',
  'without-connection-token': true,
  'server-data-dir': path.join(dataFolder, 'server'),
  'user-data-dir': userData,
  'extensions-dir': path.join(dataFolder, 'extensions'),
  'disable-telemetry': true,
  'disable-experiments': true,
  'disable-update-check': true,
  'disable-getting-started-override': true,
  'disable-workspace-trust': !workspaceTrust,
  // Only with this does the workbench load an extension and its tests from where the page's address says.
  // It hides notification toasts too.
  'enable-smoke-test-driver': forTests,
});

/** The server's half of the key that encrypts SecretStorage; the other half is in the browser's profile. */
function secretKeyHalf() {
  const file = path.join(userData, 'serve-web-key-half');
  if (!existsSync(file)) {
    mkdirSync(userData, { recursive: true });
    writeFileSync(file, randomBytes(32), { mode: 0o600 });
  }
  return readFileSync(file);
}

/**
 * The package on npm lacks the web worker builds of the built-in extensions, which run in the Node extension host
 * here. The workbench asks for them all the same and reports what it does not get.
 */
function isMissingWebBuild(pathname) {
  const [, file] = /\/static\/(extensions\/.+\/dist\/browser\/.+\.js)$/.exec(pathname) ?? [];
  return file !== undefined && !existsSync(path.join(vscode, path.normalize(file)));
}

/** Where the workbench sends people who open an address of the server's own machine: `/proxy/PORT/PATH`. */
function forwarded({ pathname, search }) {
  const [, port, rest] = /^\/proxy\/(\d+)(\/.*)$/.exec(pathname) ?? [];
  // The browser is on the same machine, and needs nobody in between.
  return port === undefined ? undefined : `http://127.0.0.1:${port}${rest}${search}`;
}

const listener = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1');
  const { pathname } = url;
  const elsewhere = forwarded(url);
  if (request.method === 'POST' && pathname === '/mint-key') {
    response.end(secretKeyHalf());
  } else if (elsewhere !== undefined) {
    response.writeHead(307, { location: elsewhere }).end();
  } else if (isMissingWebBuild(pathname)) {
    response.setHeader('content-type', 'text/javascript').end('exports.activate = () => {};');
  } else {
    server.handleRequest(request, response);
  }
});
listener.on('upgrade', (request, socket) => server.handleUpgrade(request, socket));

listener.on('error', (error) => {
  if (error.code !== 'EADDRINUSE' || preferredPort === 0) throw error;
  listener.listen(0, '127.0.0.1');
});
listener.on('listening', () => process.send({ port: listener.address().port }));
listener.listen(preferredPort, '127.0.0.1');

function end() {
  server.dispose();
  // Nobody else is left to do it when the process that started this one is gone.
  rmSync(temporaryFolder, { recursive: true, force: true });
  process.exit(0);
}
process.on('SIGTERM', end);
process.on('disconnect', end);
