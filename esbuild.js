// Builds dist/extension.js and dist/cli.js, each with what it loads when it needs it (dist/chunks, dist/cli), the sandbox
// that both load, and the scripts of webviews (dist/webview).
// `--production` minifies, `--watch` rebuilds on change.
// `--outdir=FOLDER` builds elsewhere. Any build error ends the process with a non-zero exit code.
const esbuild = require('esbuild');
const { mkdirSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { commonJsOf } = require('./scripts/commonJs');
const { leanDependencies } = require('./scripts/leanDependencies');
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

/** Of the oldest VS Code that is supported. */
const NODE = 'node20';

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

/** As one output names another. */
function relativeTo(file, other) {
  const relative = path.relative(path.dirname(file), other).replaceAll(path.sep, '/');
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** Writes what was split, and removes from the folder of its chunks what earlier builds have split. */
const writeAsCommonJs = (folder) => ({
  name: 'write-as-common-js',
  setup(build) {
    build.onEnd(({ errors, outputFiles, metafile }) => {
      if (errors.length > 0) return;
      const chunks = path.resolve(outdir, folder);
      mkdirSync(chunks, { recursive: true });
      for (const { path: file, text } of outputFiles) {
        const { imports } = metafile.outputs[path.relative('', file)];
        const dynamic = imports
          .filter(({ kind }) => kind === 'dynamic-import')
          .map(({ path: to, external }) => (external ? to : relativeTo(file, to)));
        writeFileSync(file, commonJsOf(text, new Set(dynamic)), {
          mode: text.startsWith('#!') ? 0o755 : 0o644,
        });
      }
      const written = new Set(outputFiles.map(({ path: file }) => file));
      for (const name of readdirSync(chunks)) {
        const file = path.join(chunks, name);
        if (!written.has(file)) rmSync(file);
      }
    });
  },
});

/** The sandbox is a file of its own: most sessions never start it. */
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

const watching = watch ? [reportToProblemMatcher] : [];

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: production,
  sourcesContent: false,
  // The licences are in a file of their own.
  legalComments: 'none',
  metafile: true,
  // fdir makes itself a require of this, which is empty in CommonJS.
  define: { 'import.meta.url': '__filename' },
  logLevel: watch ? 'silent' : 'info',
};

/** @type {import('esbuild').BuildOptions} */
const forNode = {
  ...common,
  outdir,
  platform: 'node',
  target: NODE,
  external: ['vscode'],
  // jsonc-parser's CommonJS build resolves its parts at run time, which no bundler can follow.
  mainFields: ['module', 'main'],
  // For a Node without streams of the web, which no VS Code that is supported has.
  alias: { 'web-streams-polyfill/dist/ponyfill.es2018.js': 'node:stream/web' },
};

/**
 * A program with what it loads when it needs it in a folder of chunks.
 *
 * @returns {import('esbuild').BuildOptions}
 */
const inChunks = (entryPoints, folder) => ({
  ...forNode,
  entryPoints,
  format: 'esm',
  splitting: true,
  chunkNames: `${folder}/[name]-[hash]`,
  write: false,
  sourcemap: production ? false : 'inline',
  plugins: [
    requireBuiltinsByBareName,
    leanDependencies,
    loadSandboxWhenNeeded,
    writeAsCommonJs(folder),
    ...watching,
  ],
});

/** @type {import('esbuild').BuildOptions[]} */
const builds = [
  inChunks({ extension: 'src/extension.ts' }, 'chunks'),
  inChunks({ cli: 'src/cli.ts' }, 'cli'),
  {
    ...forNode,
    entryPoints: { sandbox: 'src/sandbox/server.ts' },
    format: 'cjs',
    sourcemap: production ? false : 'linked',
    plugins: [requireBuiltinsByBareName, leanDependencies, ...watching],
  },
  {
    ...common,
    entryPoints: {
      endpoint: 'src/webview/endpoint/main.ts',
      response: 'src/webview/response/main.ts',
      webhook: 'src/webview/webhook/main.ts',
    },
    outdir: `${outdir}/webview`,
    platform: 'browser',
    format: 'iife',
    // The Chromium of the oldest VS Code that is supported.
    target: 'chrome128',
    // A webview may load nothing but what it names.
    sourcemap: production ? false : 'inline',
    plugins: watching,
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
  console.error(error);
  process.exit(1);
});
