import path from 'node:path';

/** The folder that holds package.json. */
export const PROJECT = path.resolve(__dirname, '../..');

/** Downloads and user data of the VS Codes that tests and `npm start` run. Ignored by git. */
export const CACHE = path.join(PROJECT, '.vscode-test');

/** What a run leaves behind for people to look at. Ignored by git. */
export const OUT = path.join(PROJECT, 'out');

export const SCREENSHOTS = path.join(OUT, 'screenshots');

/** The package that `npm run package` makes. */
export const VSIX = path.join(PROJECT, 'dist/eccaex-explorer.vsix');

/** The workspace that tests open a copy of. */
export const FIXTURE_WORKSPACE = path.join(PROJECT, 'test/fixtures/workspace');
