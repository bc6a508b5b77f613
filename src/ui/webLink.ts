import { Uri } from 'vscode';
import { isWebLink } from '../core/response/webLink';

/** The API decides what the link says: only the web is ever opened. */
export function webLink(link: unknown): Uri | undefined {
  return isWebLink(link) ? Uri.parse(link) : undefined;
}
