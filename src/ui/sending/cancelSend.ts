import { window } from 'vscode';
import { flightLabel } from '../shell/flightLabel';
import type { Services } from '../shell/services';

/** Stops what is being sent; where that is several sends, a person says which. */
export async function cancelSend({ sender: { inFlight } }: Services): Promise<void> {
  const [only, ...others] = inFlight.list();
  if (!only) return;
  if (others.length === 0) {
    inFlight.cancel(only.id);
    return;
  }
  const all = { label: 'All of them', ids: [only, ...others].map(({ id }) => id) };
  const each = [only, ...others].map((flight) => ({ label: flightLabel(flight), ids: [flight.id] }));
  const picked = await window.showQuickPick([...each, all], { title: 'Cancel which send?' });
  for (const id of picked?.ids ?? []) inFlight.cancel(id);
}
