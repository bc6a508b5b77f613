import { TreeItem, TreeItemCollapsibleState, workspace, type Uri } from 'vscode';
import type { LastOutcome } from '../../app/outcomes/outcomes';
import { fileNameOf } from '../shell/convert';
import { REQUEST_FILE_ENDING } from '../shell/requestDocuments';
import { iconOf, leadingOutcome, outcomeWords } from '../shell/outcomeIcons';

/** A request file in the tree; also what its menus give to commands. VS Code knows a row by its node, so a file keeps its own. */
export class FileNode {
  /** Of a batch: how many requests it has. */
  batchSize: number | undefined;
  outcomes: readonly LastOutcome[] = [];

  constructor(readonly uri: Uri) {}
}

/** One request of a batch. */
export class ElementNode {
  constructor(
    readonly uri: Uri,
    readonly index: number,
    readonly facts: ElementFacts,
    readonly outcome: LastOutcome | undefined,
  ) {}
}

export interface ElementFacts {
  readonly externalId: string;
  /** `1500.00 UAH` */
  readonly amount: string;
}

/** The requests of a batch that are not listed. */
export class MoreNode {
  constructor(
    readonly uri: Uri,
    readonly count: number,
  ) {}
}

/** The request files that are not listed. */
export class MoreFilesNode {
  constructor(readonly count: number) {}
}

export type RequestsNode = FileNode | ElementNode | MoreNode | MoreFilesNode;

export function treeItemOf(node: RequestsNode, now: Date): TreeItem {
  if (node instanceof FileNode) return fileItem(node, now);
  if (node instanceof ElementNode) return elementItem(node, now);
  return node instanceof MoreNode ? moreItem(node) : moreFilesItem(node);
}

function fileItem({ uri, batchSize, outcomes }: FileNode, now: Date): TreeItem {
  const name = fileNameOf(uri.toString());
  const item = new TreeItem(
    name,
    batchSize === undefined ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed,
  );
  const path = workspace.asRelativePath(uri);
  const folder = path === name ? '' : path.slice(0, -name.length - 1);
  const left = batchSize === undefined || outcomes.length === 0 ? 0 : batchSize - outcomes.length;
  const words = [outcomeWords(outcomes, now), ...(left > 0 ? [`${left} not sent`] : [])].join(', ');
  item.id = uri.toString();
  item.description = [words, folder].filter((part) => part !== '').join(' · ');
  const leading = leadingOutcome(outcomes);
  // What was created of a batch in part is not all of it.
  item.iconPath = iconOf(left > 0 && leading === 'created' ? undefined : leading);
  item.tooltip = [path, words === '' ? 'Not sent yet' : `Last send: ${words}`].join('\n');
  item.contextValue = 'request file';
  item.command = { title: 'Open', command: 'vscode.open', arguments: [uri] };
  item.accessibilityInformation = { label: [name, words || 'not sent yet', folder].join(', ') };
  return item;
}

function elementItem({ uri, index, facts, outcome }: ElementNode, now: Date): TreeItem {
  const label = facts.externalId === '' ? `Request ${index + 1}` : facts.externalId;
  const item = new TreeItem(label);
  const words = outcome ? outcomeWords([outcome], now) : '';
  item.id = `${uri.toString()}#${index}`;
  item.description = [facts.amount, words].filter((part) => part !== '').join(' · ');
  item.iconPath = iconOf(outcome?.outcome);
  item.tooltip = [
    `Request ${index + 1} of the batch`,
    words === '' ? 'Not sent yet' : `Last send: ${words}`,
  ].join('\n');
  item.contextValue = 'request element';
  item.command = {
    title: 'Open',
    command: '_eccaex.openRequest',
    arguments: [{ uri: uri.toString(), index }],
  };
  item.accessibilityInformation = {
    label: [`Request ${index + 1}`, label, facts.amount, words || 'not sent yet'].join(', '),
  };
  return item;
}

function moreFilesItem({ count }: MoreFilesNode): TreeItem {
  const item = new TreeItem(`${count.toLocaleString('en')} more files`);
  item.id = 'more files';
  item.tooltip = 'Click to find one of them by its name';
  item.command = { title: 'Find', command: 'workbench.action.quickOpen', arguments: [REQUEST_FILE_ENDING] };
  return item;
}

function moreItem({ uri, count }: MoreNode): TreeItem {
  const item = new TreeItem(`${count} more`);
  item.id = `${uri.toString()}#more`;
  item.tooltip = 'Open the file to see all of them';
  item.command = { title: 'Open', command: 'vscode.open', arguments: [uri] };
  return item;
}
