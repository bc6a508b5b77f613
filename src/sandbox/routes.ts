import { type Answer, guessedError } from './answers';
import { listCurrencies, listPaymentMethods } from './catalogue';
import { createInvoice } from './createInvoice';
import { documentedError } from './documentedErrors';
import { keyRefusal } from './keys';
import { homePage, noSuchPaymentPage, paymentPage } from './pages';
import { apiKey, type ApiRequest, type Reply, type World } from './request';
import { getWithdrawal, listWithdrawals } from './withdrawals';

interface Route {
  method: 'GET' | 'POST';
  path: RegExp;
  /** Pages for people need no key. */
  open?: true;
  /** `named` is what the path's group has caught. */
  reply: (request: ApiRequest, world: World, named: string) => Reply;
}

const ROUTES: readonly Route[] = [
  { method: 'POST', path: /^\/api\/v1\/create-invoice$/, reply: createInvoice },
  read(/^\/api\/v1\/payment-methods$/, listPaymentMethods),
  read(/^\/api\/v1\/currencies$/, listCurrencies),
  read(/^\/api\/v1\/withdrawals$/, listWithdrawals),
  read(/^\/api\/v1\/withdrawals\/([^/]+)$/, (_request, uuid) => getWithdrawal(uuid)),
  { method: 'GET', path: /^\/$/, open: true, reply: (_, { origin }) => ({ right: () => homePage(origin) }) },
  {
    method: 'GET',
    path: /^\/pay\/([^/]+)$/,
    open: true,
    reply: (_, { merchant }, id) => {
      const invoice = merchant.invoice(id);
      return { right: () => (invoice === undefined ? noSuchPaymentPage() : paymentPage(invoice)) };
    },
  },
];

/** An endpoint that only reads. Its query can ask for a fault; a `HEAD` has no body that could go wrong. */
function read(path: RegExp, answer: (request: ApiRequest, named: string) => Answer): Route {
  return {
    method: 'GET',
    path,
    reply: (request, _world, named) => {
      const fault = request.method === 'GET' ? request.query.get('fault') : null;
      const right = () => answer(request, named);
      return fault === null ? { right } : { fault, right };
    },
  };
}

/**
 * Finds what a request is answered with: path, method, key, in this order. The errors about the key are
 * documented; those about path and method are guesses.
 */
export function route(request: ApiRequest, world: World): Reply {
  const found = ROUTES.find(({ path }) => path.test(request.path));
  if (found === undefined) {
    return { right: () => guessedError(404, 'NOT_FOUND', 'There is nothing at this path') };
  }
  const allowed = found.method === 'GET' ? ['GET', 'HEAD', 'OPTIONS'] : [found.method, 'OPTIONS'];
  const headers = { Allow: allowed.join(', ') };
  if (!allowed.includes(request.method)) {
    const message = `This endpoint takes ${found.method} only`;
    return { right: () => guessedError(405, 'METHOD_NOT_ALLOWED', message, undefined, headers) };
  }
  // No CORS headers here or anywhere: no web page has business with this server.
  if (request.method === 'OPTIONS') return { right: () => ({ status: 200, headers, body: '' }) };
  const refusal = found.open ? undefined : keyRefusal(apiKey(request));
  if (refusal !== undefined) return { right: () => documentedError(refusal) };
  return found.reply(request, world, found.path.exec(request.path)?.[1] ?? '');
}
