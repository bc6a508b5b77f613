import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Outcome, SendingAction, Simulated } from '../core/webhook/outcomes';
import { type SandboxClock, SYSTEM_CLOCK } from './clock';
import { exchange, type Service } from './exchange';
import { listen, refuseNotHttp } from './listen';
import { Merchant } from './merchant';
import { simulate } from './payments';
import { ReceivedLog, type ReceivedRequest } from './received';
import { type Delivery, type SenderOptions, WebhookSender } from './webhookSender';

export interface SandboxOptions extends Omit<SenderOptions, 'clock'> {
  /** 0, the default, takes any free port. */
  port?: number;
  /** How long `fault_slow` waits, in milliseconds. One minute by default. */
  slowMs?: number;
  /** Of payments and webhooks. */
  clock?: SandboxClock;
}

/** A running Merchant API of our own, on 127.0.0.1 alone. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** `http://127.0.0.1:PORT/api/v1` */
  readonly baseUrl: string;
  /** Since the start: invoices created, and requests whose headers came in whole. */
  stats(): { created: number; requests: number };
  /** Of the invoices created, oldest first; the newest 100,000 at most. */
  createdExternalIds(): string[];
  /** The requests that came in whole, oldest first; the newest 200 at most. */
  received(): ReceivedRequest[];
  /**
   * Ends the payment of a pending invoice as a customer would, and sends its webhook.
   *
   * @param paidAmount For `success-adjusted`.
   */
  simulate(invoiceId: string, outcome: Outcome, paidAmount?: string): Simulated;
  /** Does what a person asks of the webhook of an invoice. */
  control(invoiceId: string, action: SendingAction): void;
  /** The webhook of an invoice whose payment has ended. */
  delivery(invoiceId: string): Delivery | undefined;
  /** Sends webhooks, and sends them again. */
  readonly sender: WebhookSender;
  /** Ends every connection at once, answered or not. Can be called again. */
  stop(): Promise<void>;
}

/** Starts a sandbox. Rejects with an Error that people can read where it cannot listen on the port. */
export async function startSandbox({
  port = 0,
  slowMs = 60_000,
  clock = SYSTEM_CLOCK,
  ...sending
}: SandboxOptions = {}): Promise<Sandbox> {
  const sender = new WebhookSender({ clock, ...sending });
  const service: Service = {
    world: { merchant: new Merchant(), sender, origin: '' },
    received: new ReceivedLog(),
    slowMs,
  };
  const { world, received } = service;
  const sockets = new Set<Socket>();
  const answers = new Set<ServerResponse>();
  let requests = 0;

  // A request without a Host header gets the same refusal as one with a foreign host.
  const server = createServer({ requireHostHeader: false }, (req, res) => {
    requests += 1;
    answers.add(res);
    res.once('close', () => answers.delete(res));
    void exchange(req, res, service);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('clientError', (error, socket) => {
    const answering = Array.from(answers).some(({ req }) => req.socket === socket);
    refuseNotHttp(error, socket, answering);
  });

  await listen(server, port);
  // A connection that cannot be accepted (no file descriptors left) must not end the process.
  server.on('error', () => undefined);
  world.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin: world.origin,
    baseUrl: `${world.origin}/api/v1`,
    stats: () => ({ created: world.merchant.created, requests }),
    createdExternalIds: () => world.merchant.externalIds,
    received: () => received.list(),
    simulate: (invoiceId, outcome, paidAmount) => {
      const payment = world.merchant.payment(invoiceId);
      const refusal = payment ? simulate(payment, outcome, sender, paidAmount) : 'unknown-invoice';
      if (refusal !== undefined || !payment?.end) return { ok: false, refusal: refusal ?? 'unknown-invoice' };
      const { event, url } = payment.end.delivery;
      return { ok: true, eventId: event.event_id, origin: url.origin, isAllowed: sender.isAllowed(url) };
    },
    control: (invoiceId, action) => {
      const delivery = world.merchant.payment(invoiceId)?.end?.delivery;
      if (delivery) sender.act(delivery, action);
    },
    delivery: (invoiceId) => world.merchant.payment(invoiceId)?.end?.delivery,
    sender,
    stop: () =>
      new Promise((resolve) => {
        sender.stop();
        // Resolves on the error of a server that is stopped already, too.
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
