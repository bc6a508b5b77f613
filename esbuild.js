// Builds dist/extension.js, dist/cli.js, the sandbox that both load, and the scripts of webviews below dist/webview. `--production` minifies, `--watch` rebuilds on change.
// `--outdir=FOLDER` builds elsewhere. Any build error ends the process with a non-zero exit code.
const esbuild = require('esbuild');
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { licensesOf } = require('./scripts/licenses');

const {
  values: { production, watch, outdir },
} = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    outdir: { type: 'string', default: 'dist' },
  },
});

/**
 * VS Code applies its proxy and certificate settings to the modules that an extension requires as
 * `http` and `https`; the same modules under their `node:` names are left alone.
 */
const requireBuiltinsByBareName = {
  name: 'require-builtins-by-bare-name',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({
      path: path.slice('node:'.length),
      external: true,
    }));
  },
};

/** The sandbox is a file of its own: most sessions never start it, and what activation reads stays small. */
const loadSandboxWhenNeeded = {
  name: 'load-sandbox-when-needed',
  setup(build) {
    build.onResolve({ filter: /\/sandbox\/server$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './sandbox.js', external: true } : undefined,
    );
  },
};

/** Prints the lines that the problem matcher in .vscode/tasks.json waits for. */
const reportToProblemMatcher = {
  name: 'report-to-problem-matcher',
  setup(build) {
    build.onStart(() => console.log('[watch] build started'));
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log('[watch] build finished');
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: production,
  sourcesContent: false,
  // The licences are in a file of their own.
  legalComments: 'none',
  metafile: production,
  // fdir makes itself a require of this, which is empty in CommonJS.
  define: { 'import.meta.url': '__filename' },
  logLevel: watch ? 'silent' : 'info',
};

/** @type {import('esbuild').BuildOptions[]} */
const builds = [
  {
    ...common,
    entryPoints: { extension: 'src/extension.ts', cli: 'src/cli.ts', sandbox: 'src/sandbox/server.ts' },
    outdir,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    // jsonc-parser's CommonJS build resolves its parts at run time, which no bundler can follow.
    mainFields: ['module', 'main'],
    sourcemap: production ? false : 'linked',
    // For a Node without streams of the web, which no VS Code that is supported has.
    alias: { 'web-streams-polyfill/dist/ponyfill.es2018.js': 'node:stream/web' },
    plugins: [requireBuiltinsByBareName, loadSandboxWhenNeeded, ...(watch ? [reportToProblemMatcher] : [])],
  },
  {
    ...common,
    entryPoints: { endpoint: 'src/webview/endpoint/main.ts', response: 'src/webview/response/main.ts' },
    outdir: `${outdir}/webview`,
    platform: 'browser',
    format: 'iife',
    // The Chromium of the oldest VS Code that is supported.
    target: 'chrome128',
    // A webview may load nothing but what it names.
    sourcemap: production ? false : 'inline',
    plugins: watch ? [reportToProblemMatcher] : [],
  },
];

async function main() {
  const metafiles = [];
  for (const options of builds) {
    if (watch) await (await esbuild.context(options)).watch();
    else metafiles.push((await esbuild.build(options)).metafile);
  }
  if (production) {
    writeFileSync(path.join(outdir, 'THIRD-PARTY-LICENSES.txt'), licensesOf(metafiles, process.cwd()));
  }
}

main().catch((error) => {
  if (!Array.isArray(error?.errors)) console.error(error);
  process.exit(1);
});
