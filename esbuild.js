// Builds dist/extension.js and dist/cli.js. `--production` minifies, `--watch` rebuilds on change.
// Any build error ends the process with a non-zero exit code.
const esbuild = require('esbuild');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

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
const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // jsonc-parser's CommonJS build resolves its parts at run time, which no bundler can follow.
  mainFields: ['module', 'main'],
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: watch ? 'silent' : 'info',
  plugins: [requireBuiltinsByBareName, ...(watch ? [reportToProblemMatcher] : [])],
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  { ...shared, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { ...shared, entryPoints: ['src/cli.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
];

async function main() {
  if (watch) {
    for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
    return;
  }
  await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
}

main().catch((error) => {
  if (!Array.isArray(error?.errors)) console.error(error);
  process.exit(1);
});
