import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installPackage } from '../test/support/npm';
import { OUT } from '../test/support/paths';

/** What is compared with, at versions that do not change by themselves. Installed when it is first needed. */
const VERSIONS = {
  httpyac: '6.16.7',
  newman: '6.2.2',
  '@usebruno/cli': '4.1.0',
  'vscode-json-languageservice': '5.7.2',
  secretlint: '10.2.2',
} as const;

/** What a peer does its work with, where that is a package of its own. */
const WITH: Partial<Record<Peer, string>> = {
  secretlint: '@secretlint/secretlint-rule-pattern@10.2.2',
};

export type Peer = keyof typeof VERSIONS;

/** Each in a folder of its own: they do not agree on what they need. Ignored by git. */
const FOLDER = path.join(OUT, 'peers');

const folderOf = (peer: Peer) => path.join(FOLDER, `${peer.replace(/\W/g, '')}-${VERSIONS[peer]}`);

/** The folders of all peers, with all that they need. */
export async function peerFolders(): Promise<readonly string[]> {
  const peers = Object.keys(VERSIONS) as Peer[];
  for (const peer of peers) await peerFile(peer, 'package.json');
  return peers.map(folderOf);
}

/** The path of a file of a peer's package. */
export async function peerFile(peer: Peer, file: string): Promise<string> {
  const folder = folderOf(peer);
  const found = path.join(folder, 'node_modules', peer, file);
  try {
    await access(found);
  } catch {
    console.log(`Installing ${peer} ${VERSIONS[peer]} …`);
    await mkdir(folder, { recursive: true });
    // Without a package.json of its own, npm would look for one further up.
    await writeFile(path.join(folder, 'package.json'), '{}');
    await installPackage(folder, `${peer}@${VERSIONS[peer]}`, ...(WITH[peer] ? [WITH[peer]] : []));
  }
  return found;
}
