import type { SendPorts } from '../../src/app/ports';
import type { ReportStore } from '../../src/app/outcomes/reportStore';
import { sendInvoices } from '../../src/app/sending/sendInvoices';
import { Sender } from '../../src/app/sending/sender';

/** A sender as the extension puts it together. */
export function senderOf(ports: SendPorts, store: ReportStore): Sender {
  return new Sender(
    (items, environment, options) => sendInvoices(items, environment, ports, options),
    store,
    ports.clock,
  );
}
