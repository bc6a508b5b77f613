import { TreeItem, TreeItemCollapsibleState, workspace, type Uri } from 'vscode';
import type { LastOutcome } from '../../app/reports/lastOutcomes';
import { requestWithIndex, type RequestDocument, type RequestNode } from '../../core/document/document';
import { nodeAt } from '../../core/document/pointer';
import { clip } from '../../core/problems/clip';
import { fileNameOf } from '../fileName';
import { iconOf, leadingOutcome, outcomeWords } from './outcomeIcons';

/** A request file in the tree; also what its menus give to commands. */
export class FileNode {
  constructor(
    readonly uri: Uri,
    /** Of a batch: how many requests it has. */
    readonly batchSize: number | undefined,
    readonly outcomes: readonly LastOutcome[],
  ) {}
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

interface ElementFacts {
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

export type RequestsNode = FileNode | ElementNode | MoreNode;

/** As many requests of a batch as a person looks through. */
const MOST_ELEMENTS = 100;

export function elementsOf(
  { uri, outcomes }: FileNode,
  document: RequestDocument,
): (ElementNode | MoreNode)[] {
  const count = document.root?.type === 'array' ? (document.root.children?.length ?? 0) : 0;
  const listed = Math.min(count, MOST_ELEMENTS);
  const elements = Array.from({ length: listed }, (_, index) => {
    const facts = factsOf(document, requestWithIndex(document, index));
    return new ElementNode(uri, index, facts, outcomeOf(facts, index, outcomes));
  });
  return count > listed ? [...elements, new MoreNode(uri, count - listed)] : elements;
}

/** A request that was moved in its batch is known by its external_id. */
function outcomeOf(
  { externalId }: ElementFacts,
  index: number,
  outcomes: readonly LastOutcome[],
): LastOutcome | undefined {
  const same = externalId === '' ? undefined : outcomes.find((one) => one.externalId === externalId);
  const there = outcomes.find((one) => one.index === index);
  return same ?? (there?.externalId === undefined ? there : undefined);
}

function factsOf(document: RequestDocument, request: RequestNode | undefined): ElementFacts {
  const text = (name: string) => {
    const node = request && nodeAt(document.root, `${request.pointer}/${name}`);
    return node?.type === 'string' ? clip(String(node.value)) : '';
  };
  return {
    externalId: text('external_id'),
    amount: [text('amount'), text('currency_code')].filter((part) => part !== '').join(' '),
  };
}

export function treeItemOf(node: RequestsNode, now: Date): TreeItem {
  if (node instanceof FileNode) return fileItem(node, now);
  return node instanceof ElementNode ? elementItem(node, now) : moreItem(node);
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

function moreItem({ uri, count }: MoreNode): TreeItem {
  const item = new TreeItem(`${count} more`);
  item.id = `${uri.toString()}#more`;
  item.tooltip = 'Open the file to see all of them';
  item.command = { title: 'Open', command: 'vscode.open', arguments: [uri] };
  return item;
}
