import { workspace } from 'vscode';
import { isRequestDocument } from '../shell/requestDocuments';
import type { Services } from '../shell/services';

/** Calls the listener once, with the first request that is open or was sent. */
export function onFirstRequest(
  { outcomes }: Pick<Services, 'outcomes'>,
  listener: () => void,
): { dispose(): void } {
  const watching: { dispose(): unknown }[] = [];
  const stop = () => {
    for (const one of watching.splice(0)) one.dispose();
  };
  const came = () => {
    if (watching.length === 0) return;
    stop();
    listener();
  };
  const look = () => {
    if (workspace.textDocuments.some(isRequestDocument)) came();
  };
  watching.push(
    outcomes.onDidChange(({ kind }) => {
      if (kind === 'reported') came();
    }),
    workspace.onDidOpenTextDocument(look),
    workspace.onDidChangeConfiguration(look),
  );
  look();
  return { dispose: stop };
}

/** Something that is made when it is first asked for, and from then on is the same. What fails is tried again. */
export function whenNeeded<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
}
